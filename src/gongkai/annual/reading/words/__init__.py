"""What the running text says: who reports on which year, in which sections, and the figures in its sentences."""
