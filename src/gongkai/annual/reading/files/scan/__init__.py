"""The parts of reading a scan: picture, upright, ruling, ink, recognition, figures, layout."""
