"""From a file to a report: file → document (lines and grids) → cells, narrative, identity."""
