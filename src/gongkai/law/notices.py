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

from gongkai.law.words import KINDS, Said, listed, say
from gongkai.loading import BrokenFile, Loader, Types

FOLDER = "data/notices"


class BrokenNotice(BrokenFile):
    """A file that is no notice. ``said`` says where and why in both languages, without the file's name."""

    def __init__(self, name: str, said: Said) -> None:
        super().__init__(f"{name}: {said.en}")
        self.said = said


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
    """A notice from the text of its file; ``name`` is used in messages. Raises BrokenNotice."""
    return _NoticeLoader(name).notice(text)


@cache
def shipped() -> tuple[Notice, ...]:
    """The notices that come with the package: the yearly ones in order, then those that changed a year."""
    files = resources.files(__package__).joinpath(FOLDER)
    found = [load(file.read_text(encoding="utf-8"), f"law/{FOLDER}/{file.name}") for file in files.iterdir()]
    return tuple(sorted(found, key=lambda notice: (notice.year is None, notice.year or 0, notice.name)))


def read(path: Path) -> Notice:
    """A notice that an agency wrote down itself, such as its region's. Raises BrokenNotice, OSError."""
    try:
        return load(path.read_text(encoding="utf-8"), path.name)
    except UnicodeDecodeError as error:
        raise BrokenNotice(path.name, say("notice_not_utf8")) from error


class _NoticeLoader(Loader):
    """As other files, but agencies write these too: what is wrong is said in both languages."""

    def wrong(self, place: str, key: str, **values: object) -> BrokenNotice:
        said = say(key, **values)
        return BrokenNotice(self.name, Said(f"{place}：{said.zh}", f"{place}: {said.en}") if place else said)

    def data(self, text: str) -> dict[str, Any]:
        try:
            return super().data(text)
        except BrokenFile as error:
            line, _, column = str(error.__cause__).partition(" (at line ")[2].rstrip(")").partition(", column ")
            key = "notice_no_toml_at" if column else "notice_no_toml"
            raise self.wrong("", key, line=line, column=column) from error

    def take(self, data: Any, place: str, required: Types, optional: Types) -> dict[str, Any]:
        if not isinstance(data, dict):
            raise self.wrong(place, "notice_must_be", kind=say(KINDS[dict]))
        known = {**required, **optional}
        for key, value in data.items():
            at = f"{place}.{key}" if place else key
            if key not in known:
                raise self.wrong(at, "notice_unknown", known=listed(known))
            # a bool is an int and a moment is a date to Python, and to nobody else
            if type(value) is not known[key]:
                raise self.wrong(at, "notice_must_be", kind=say(KINDS[known[key]]))
        for key in required:
            if key not in data:
                raise self.wrong(place, "notice_missing", word=key)
        return dict(data)

    def notice(self, text: str) -> Notice:
        required = {"title": str, "confirmed": bool, "rest": list, "work": list}
        optional = {"year": int, "region": str, "document": str, "published": date}
        data = self.take(self.data(text), "", required, optional)
        rest = [day for i, entry in enumerate(data["rest"]) for day in self.stretch(entry, f"rest[{i}]")]
        for i, day in enumerate(data["work"]):
            if type(day) is not date:
                raise self.wrong(f"work[{i}]", "notice_must_be", kind=say(KINDS[date]))
            if day.weekday() < SATURDAY:
                raise self.wrong(f"work[{i}]", "notice_no_weekend", day=day)
        if both := set(rest) & set(data["work"]):
            raise self.wrong("work", "notice_both", day=min(both))
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
            raise self.wrong(place, "notice_no_stretch", first=data["from"], last=data["to"])
        return [data["from"] + timedelta(day) for day in range(days + 1)]


SATURDAY = 5
LONGEST_STRETCH = 60
"""Longer than any holiday: a wrong year in a file is found, not counted."""
