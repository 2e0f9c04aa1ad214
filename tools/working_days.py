"""Drafts from the ``holidays`` package what the law room keeps of its own (docs/decisions/0006).

python -m tools.working_days 2027              a notice's file for that year, to be completed from the notice itself
python -m tools.working_days --outlook 2027 2036   the statutory days of years without a notice, for calendar.toml
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, timedelta

import holidays

ONE = timedelta(days=1)
SATURDAY = 5


def notice(year: int) -> str:
    """The draft of a year's notice: stretches off as the notices name them, weekend days worked."""
    theirs = holidays.country_holidays("CN", years=range(year - 1, year + 2), language="zh_CN")
    off = sorted(day for day in theirs if day.year == year)
    rest = []
    for part in _stretches(off, theirs):
        names = [theirs[day] for day in part if day in theirs]
        named = next((name for name in names if "（" not in name), names[0])
        rest.append(f'  {{ festival = "{named}", from = {part[0]}, to = {part[-1]} }},')
    work = ", ".join(str(day) for day in sorted(theirs.weekend_workdays) if day.year == year)
    head = f'title = "国务院办公厅关于{year}年部分节假日安排的通知"\nyear = {year}\n'
    return f'{head}document = ""  # 照通知填写\nconfirmed = false\nrest = [\n{chr(10).join(rest)}\n]\nwork = [{work}]\n'


def _stretches(off: Sequence[date], theirs: holidays.HolidayBase) -> list[list[date]]:
    """Days off with only days off between and around them, weekends among them."""
    found: list[list[date]] = []
    for day in off:
        if found and not any(theirs.is_working_day(day - ONE * back) for back in range(1, (day - found[-1][-1]).days)):
            found[-1].append(day)
        else:
            found.append([day])
    for part in found:
        while part[0].weekday() in (0, SATURDAY + 1) and not theirs.is_working_day(part[0] - ONE):
            part.insert(0, part[0] - ONE)
        while part[-1].weekday() in (SATURDAY - 1, SATURDAY) and not theirs.is_working_day(part[-1] + ONE):
            part.append(part[-1] + ONE)
    return found


def outlook(first: int, last: int) -> str:
    """The statutory days of years without a notice, with the working days that make up for weekends."""
    parts = []
    for year in range(first, last + 1):
        theirs = holidays.country_holidays("CN", years=year)
        days = ", ".join(str(day) for day in sorted(theirs) if day.year == year)
        parts.append(f"[[years]]\nyear = {year}\nrest = [{days}]\n")
    return "\n".join(parts)


if __name__ == "__main__":
    given = sys.argv[1:]
    asked = given[:1] == ["--outlook"]
    sys.stdout.write(outlook(int(given[1]), int(given[2])) if asked else notice(int(given[0])))
