"""The Regulation as code: working days, clock, procedure, outcomes, remedies, fees, duties."""
