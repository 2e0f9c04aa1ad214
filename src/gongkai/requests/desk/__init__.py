"""The desk: what staff see of requests, in Wagtail's shell. Shows and asks; rules are in the actions and policies."""
