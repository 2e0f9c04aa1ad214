"""One class for each thing that can be done with a request. Web pages, commands and imports all call these."""
