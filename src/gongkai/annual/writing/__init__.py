"""Reports written: the same paper in every format, read back and checked before it is handed over."""
