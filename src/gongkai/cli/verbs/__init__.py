"""The commands, one file each, in the order in which the help lists them."""
