"""Logs that only grow: each entry is chained by its digest to the one before, so that a change shows."""
