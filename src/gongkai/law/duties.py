"""What must be published, by which agency, within how long; the annual report; the columns of the catalogues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from gongkai.law.errors import NotCovered
from gongkai.law.provisions import Basis, DataLoader, Span, limits, open_data
from gongkai.law.words import Said, say
from gongkai.law.workdays import Calendar, Due

LEVELS = ("nation", "province", "city", "county", "township")
KINDS = ("government", "department")


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that agencies of these levels and kinds must publish of their own accord (arts 20, 21)."""

    key: str
    label: str
    label_en: str
    levels: tuple[str, ...]
    kinds: tuple[str, ...]
    span: Span
    basis: Basis


@dataclass(frozen=True, slots=True)
class SpecialLimit:
    """A limit that a law sets for information of one duty, instead of that of art. 26."""

    key: str
    label: str
    label_en: str
    duty: str
    value: int
    unit: str
    span: Span
    basis: Basis


@dataclass(frozen=True, slots=True)
class ReportDuty:
    """By which month and day of the next year agencies of these kinds publish their annual report (art. 49)."""

    key: str
    label: str
    label_en: str
    kinds: tuple[str, ...]
    month: int
    day: int
    span: Span
    basis: Basis


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the standard catalogues (国办发〔2019〕54号)."""

    key: str
    label: str
    label_en: str
    span: Span
    basis: Basis


@dataclass(frozen=True, slots=True)
class Field:
    """One of the 26 fields that have a standard catalogue, and the ministry that made it."""

    key: str
    label: str
    ministry: str


@dataclass(frozen=True, slots=True)
class Duties:
    """Everything of ``data/duties.toml``."""

    duties: tuple[Duty, ...]
    special_limits: tuple[SpecialLimit, ...]
    reports: tuple[ReportDuty, ...]
    columns: tuple[Column, ...]
    fields: tuple[Field, ...]


def duties_of(level: str, kind: str, on: date) -> Sequence[Duty]:
    """What an agency of that level and kind must publish on that day. Raises ValueError for a level or kind unknown."""
    if level not in LEVELS or kind not in KINDS:
        raise ValueError(f"unknown level or kind: {level}, {kind}")
    return [duty for duty in everything().duties if level in duty.levels and kind in duty.kinds and on in duty.span]


def publish_by(formed: date, calendar: Calendar, special: str = "") -> Due:
    """By when information made or changed on that day is published (art. 26), or by a special limit of that key.

    Raises NotCovered.
    """
    if not special:
        return calendar.add(formed, limits()["publication"].on(formed).value)
    for limit in everything().special_limits:
        if limit.key == special and formed in limit.span:
            add = calendar.add if limit.unit == "working_days" else calendar.add_calendar_days
            return add(formed, limit.value)
    said = say("no_rule", day=formed, thing=special)
    raise NotCovered(said.zh, said.en)


def report_by(kind: str, year: int) -> date:
    """By when an agency of that kind publishes its report of that year (art. 49). Raises NotCovered."""
    following = year + 1
    for duty in everything().reports:
        due = date(following, duty.month, duty.day)
        if kind in duty.kinds and due in duty.span:
            return due
    said = say("no_rule", day=date(following, 1, 1), thing=Said("年度报告", "annual reports"))
    raise NotCovered(said.zh, said.en)


@cache
def everything() -> Duties:
    """The duties as the package ships them. Raises BrokenFile."""
    loader, data = open_data("duties.toml")
    return load_duties(loader, data)


def load_duties(loader: DataLoader, data: Mapping[str, Any]) -> Duties:
    """The duties from the data of their file. Raises BrokenFile."""
    loader.take(data, "file", dict.fromkeys(("duties", "special_limits", "reports", "columns", "fields"), list), {})
    words = dict.fromkeys(("key", "label", "label_en"), str)
    dated = {**words, "from": date, **loader.BASIS}
    more = {"to": date, **loader.MORE}

    def taken(name: str, extra: Mapping[str, type]) -> list[tuple[str, dict[str, Any], Span, Basis]]:
        found = []
        for place, entry in loader.entries(data, name, ""):
            entry = loader.take(entry, place, {**dated, **extra}, more)
            found.append((place, entry, loader.span(entry, place), loader.basis(entry, place)))
        return found

    def known(entry: Mapping[str, Any], key: str, names: Sequence[str], place: str) -> tuple[str, ...]:
        for name in loader.words(entry, key, place):
            if name not in names:
                raise loader.fail(place, f"unknown {name!r}; known are {', '.join(names)}")
        return tuple(entry[key])

    duties = [
        Duty(
            e["key"], e["label"], e["label_en"], known(e, "levels", LEVELS, p), known(e, "kinds", KINDS, p), span, basis
        )
        for p, e, span, basis in taken("duties", {"levels": list, "kinds": list})
    ]
    keys = [duty.key for duty in duties]
    special = []
    for place, e, span, basis in taken("special_limits", {"duty": str, "value": int, "unit": str}):
        if e["duty"] not in keys:
            raise loader.fail(place, f"unknown duty {e['duty']!r}")
        if e["unit"] not in ("working_days", "days"):
            raise loader.fail(place, f"unit must be working_days or days, not {e['unit']!r}")
        special.append(SpecialLimit(e["key"], e["label"], e["label_en"], e["duty"], e["value"], e["unit"], span, basis))
    reports = []
    for place, e, span, basis in taken("reports", {"kinds": list, "by": str}):
        month, _, day = e["by"].partition("-")
        if not (month.isdigit() and day.isdigit()):
            raise loader.fail(place, f"by must be a month and day such as 01-31, not {e['by']!r}")
        kinds = known(e, "kinds", KINDS, place)
        reports.append(ReportDuty(e["key"], e["label"], e["label_en"], kinds, int(month), int(day), span, basis))
    columns = [Column(e["key"], e["label"], e["label_en"], span, basis) for _, e, span, basis in taken("columns", {})]
    fields = []
    for place, e in loader.entries(data, "fields", ""):
        e = loader.take(e, place, dict.fromkeys(("key", "label", "ministry"), str), {})
        fields.append(Field(e["key"], e["label"], e["ministry"]))
    return Duties(tuple(duties), tuple(special), tuple(reports), tuple(columns), tuple(fields))
