"""Signing in: password, second factor, single sign-on, sessions; every sign-in logged."""
