"""A request's time as people see it: stretches of one kind, the arithmetic of the period, a drawing to scale."""
