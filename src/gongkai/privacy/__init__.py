"""People's data kept apart: encrypted by field, found by blind index, masked where it is shown, checked where it enters."""
