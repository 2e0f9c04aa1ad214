"""What every page shares: the frame, the stylesheet, how days and states are written, large print, language."""
