"""How entries of the log are written on pages."""
