def compare() -> None:
    """x
    y"""
