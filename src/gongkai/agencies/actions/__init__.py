"""What administrators do with agencies and people: each action checks who may, does it and writes it down, or does
nothing."""
