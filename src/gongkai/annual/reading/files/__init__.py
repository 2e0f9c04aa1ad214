"""From bytes to lines and grids: what a file is, one reader for each kind, and the bounds they all keep."""
