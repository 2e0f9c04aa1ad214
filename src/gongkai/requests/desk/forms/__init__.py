"""The forms with which staff act, each made from what its action says that it takes (actions.fields)."""
