"""The notices that are kept are those that the drafting tool draws from ``holidays``."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.law.notices import load
from gongkai.law.workdays import Calendar, calendar
from tools.working_days import notice, outlook


def test_drafts_of_every_year_have_the_days_that_are_kept():
    drafts = [load(notice(year), f"{year}.toml") for year in range(2004, 2027)]
    drafted = Calendar(drafts, calendar().outlook)
    first, last = date(2004, 1, 1), date(2026, 12, 24)
    days = [first + timedelta(day) for day in range((last - first).days + 1)]
    assert [day for day in days if drafted.is_working(day) != calendar().is_working(day)] == []


def test_the_years_without_a_notice_are_as_drawn():
    known = calendar().outlook.years
    drawn = outlook(min(known), max(known))
    for year, days in known.items():
        assert f"year = {year}\nrest = [{', '.join(map(str, days))}]" in drawn
