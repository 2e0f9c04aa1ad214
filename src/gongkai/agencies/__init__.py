"""Who: the tree of agencies, their staff, their roles, and what each may do."""
