"""What administrators see, in Wagtail's shell: agencies, people, holiday notices, the log."""
