"""How reports, days and figures are named to people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gongkai.annual.finding import Number
from gongkai.annual.report import Report
from gongkai.annual.showing.words import say

CREATOR = "Gongkai"
"""By which name pages and workbooks say who made them."""


def report_name(report: Report, lang: str = "zh", *, short: bool = False) -> str:
    """The report's name as its title line gives it by rule: agency, year, what it is."""
    agency = report.agency or say("agency_unknown", lang)
    year = report.year if report.year is not None else say("year_unknown", lang)
    return say("report_name_short" if short else "report_name", lang, agency=agency, year=year)


def number(value: Number | str | None) -> str:
    """A figure with all its digits and never an exponent; words as they are."""
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def day(iso: str, lang: str = "zh") -> str:
    """``2024-01-20`` → 「2024年1月20日」 or ``20 January 2024``; anything else as it stands."""
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{found.year}年{found.month}月{found.day}日" if lang == "zh" else f"{found.day} {found:%B %Y}"
