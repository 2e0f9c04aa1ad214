"""People's data kept apart: encrypted by field, found by blind index, masked where shown, checked where it enters."""
