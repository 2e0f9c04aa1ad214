"""The parts of a fill-in form (填报表): its sheets, the formulas that check it while it is filled in, its file."""
