"""Every step that staff take works by the form of the desk: without a script, once, and with nothing typed lost."""
