"""Two lists that a supervisor keeps: whose reports a merged report holds, and when reports were published."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from gongkai.annual.report import Report
from gongkai.annual.showing.reasons import reason_of
from gongkai.cli.target import refuse

Days = str | Mapping[str, str]
"""One day (ISO) for the newest reports given, or days by the name of a file or an agency."""

_BETWEEN = re.compile(r"[,，;；\t]")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


def members(path: Path | None, merged: str | None, lang: str) -> tuple[str, ...]:
    """The agencies that the file names, one on a line. Ends the command where that cannot be read."""
    if path is None:
        return ()
    if merged is None:
        refuse("members_need_merged", lang)
    names = tuple(fields[0] for fields in _rows(path, lang) if fields[0])
    return names or refuse("list_empty", lang, file=path)


def published(told: str | None, lang: str) -> Days | None:
    """A day as it is written, or the file that lists days. Ends the command where it is neither."""
    if told is None:
        return None
    if day := _iso(told):
        return day
    if not os.path.isfile(told):
        refuse("no_day", lang, told=told)
    days: dict[str, str] = {}
    for number, (name, *rest) in enumerate(_rows(Path(told), lang), 1):
        found = next((day for field in rest if (day := _iso(field))), None)
        if found and name:
            days[name] = found
        elif number > 1:  # the first may be a heading
            refuse("no_day_in_line", lang, file=told, line=",".join((name, *rest)))
    return days or refuse("list_empty", lang, file=told)


def by_source(days: Days | None, reports: Iterable[Report]) -> dict[str, str]:
    """The day of each report by its file.

    A day told for an agency is that of the newest of its reports: the older ones were published before it.
    """
    from gongkai.annual.checking import agency

    reports = list(reports)
    if days is None or not reports:
        return {}
    if isinstance(days, str):
        return {report.source: days for report in _newest(reports)}
    one_name = agency.same_agency({*days, *(report.agency for report in reports if report.agency)})
    found: dict[str, str] = {}
    for name, day in days.items():
        own = [report for report in reports if report.agency and one_name[report.agency] == one_name[name]]
        found |= {report.source: day for report in _newest(own)}
    for report in reports:
        file = os.path.basename(report.source)
        for name in (os.path.splitext(file)[0], file, report.source):  # the last, exactest one holds
            if name in days:
                found[report.source] = days[name]
    return found


def _newest(reports: Sequence[Report]) -> list[Report]:
    last = max((report.year or 0 for report in reports), default=0)
    return [report for report in reports if report.year == last]


def _rows(path: Path, lang: str) -> list[list[str]]:
    """The lines of the file, each cut into its fields; empty ones and those after a # are left out."""
    from gongkai.annual.reading.document import Unreadable
    from gongkai.annual.reading.files.encoding import decode
    from gongkai.annual.reading.files.limits import TEXT_CHARACTERS

    try:
        with path.open("rb") as file:
            text = decode(file.read(TEXT_CHARACTERS))
    except OSError as error:
        refuse("cannot_read_list", lang, file=path, reason=reason_of(error, lang))
    except Unreadable as error:
        refuse("about_file", lang, file=path, message=error.message if lang == "zh" else error.message_en)
    lines = (line.strip().strip("\ufeff") for line in text.splitlines())
    return [[field.strip(' "') for field in _BETWEEN.split(line)] for line in lines if line and line[0] != "#"]


def _iso(text: str) -> str | None:
    match = _DAY.fullmatch(text.strip())
    try:
        return date(*(int(part) for part in match.groups())).isoformat() if match else None
    except ValueError:
        return None
