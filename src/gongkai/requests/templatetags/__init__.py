"""Template tags for the time of a request."""
