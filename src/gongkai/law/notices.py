"""The notices that say which days are worked and which are not: the State Council's of every year, and others' since.

One file for a notice (``data/notices``). A later notice overrides an earlier one on the days that it names: so the
emergency prolongation of a holiday, and a region's own holidays, are notices too, each with its document.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from gongkai.loading import BrokenFile, Loader

FOLDER = "data/notices"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: the days that it takes off work and the days off on which it has people work.

    ``year`` is set where it is the yearly notice that settles that year's days; ``region`` names the area (a 行政区划
    code or a name) where it does not hold everywhere. ``document`` is empty where its number is not known for sure.
    """

    name: str
    title: str
    rest: tuple[date, ...]
    work: tuple[date, ...]
    year: int | None = None
    region: str = ""
    document: str = ""
    published: date | None = None
    confirmed: bool = False

    @property
    def basis(self) -> str:
        """Title and number, as a document is cited."""
        return f"《{self.title}》" + (f"（{self.document}）" if self.document else "")


def load(text: str, name: str) -> Notice:
    """A notice from the text of its file; ``name`` is used in messages. Raises BrokenFile."""
    return _NoticeLoader(name).notice(text)


@cache
def shipped() -> tuple[Notice, ...]:
    """The notices that come with the package: the yearly ones in order, then those that changed a year."""
    files = resources.files(__package__).joinpath(FOLDER)
    found = [load(file.read_text(encoding="utf-8"), f"law/{FOLDER}/{file.name}") for file in files.iterdir()]
    return tuple(sorted(found, key=lambda notice: (notice.year is None, notice.year or 0, notice.name)))


def read(path: Path) -> Notice:
    """A notice that an agency wrote down itself, such as its region's. Raises BrokenFile, OSError."""
    try:
        return load(path.read_text(encoding="utf-8"), path.name)
    except UnicodeDecodeError as error:
        raise BrokenFile(f"{path.name}: not UTF-8: {error}") from error


class _NoticeLoader(Loader):
    def notice(self, text: str) -> Notice:
        required = {"title": str, "confirmed": bool, "rest": list, "work": list}
        optional = {"year": int, "region": str, "document": str, "published": date}
        data = self.take(self.data(text), "notice", required, optional)
        rest = [day for i, entry in enumerate(data["rest"]) for day in self.stretch(entry, f"rest[{i}]")]
        for i, day in enumerate(data["work"]):
            if type(day) is not date:
                raise self.fail(f"work[{i}]", f"must be a day such as 2026-02-14, not {day!r}")
            if day.weekday() < SATURDAY:
                raise self.fail(f"work[{i}]", f"{day} is no weekend; only weekend days are made working days")
        if both := set(rest) & set(data["work"]):
            raise self.fail("work", f"{min(both)} is named as a day off too")
        return Notice(
            name=self.name,
            title=data["title"],
            rest=tuple(rest),
            work=tuple(data["work"]),
            year=data.get("year"),
            region=data.get("region", ""),
            document=data.get("document", ""),
            published=data.get("published"),
            confirmed=data["confirmed"],
        )

    def stretch(self, data: Any, place: str) -> list[date]:
        data = self.take(data, place, {"festival": str, "from": date, "to": date}, {})
        days = (data["to"] - data["from"]).days
        if not 0 <= days <= LONGEST_STRETCH:
            raise self.fail(place, f"from {data['from']} to {data['to']} is no stretch of days off")
        return [data["from"] + timedelta(day) for day in range(days + 1)]


SATURDAY = 5
LONGEST_STRETCH = 60
"""Longer than any holiday: a wrong year in a file is found, not counted."""
