"""People's data as lists and exports show it: enough to tell two rows apart, not enough to know the person."""

from __future__ import annotations

STAR = "＊"


def masked_name(name: str) -> str:
    """张＊＊: the first character only. For people; an organisation's name is shown as it is."""
    return name[:1] + STAR * (len(name) - 1)


def masked_number(number: str, head: int = 3, tail: int = 2) -> str:
    """An identity, credit or telephone number with its middle hidden."""
    if len(number) <= head + tail:
        return STAR * len(number)
    return number[:head] + "*" * (len(number) - head - tail) + number[-tail:]


def masked_address(address: str, shown: int = 6) -> str:
    """The first characters of an address: a district, no door."""
    return address[:shown] + "…" if len(address) > shown else address


def masked_email(email: str) -> str:
    """The first letter and the domain."""
    name, at, domain = email.partition("@")
    return f"{name[:1]}***{at}{domain}"
