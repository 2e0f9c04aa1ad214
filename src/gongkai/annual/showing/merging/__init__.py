"""A merged report shown: text, JSON, HTML, XLSX; each cell with the agencies' figures that make it up."""
