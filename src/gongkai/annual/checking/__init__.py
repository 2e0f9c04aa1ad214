"""From reports to findings: each rule of the forms, and the texts."""
