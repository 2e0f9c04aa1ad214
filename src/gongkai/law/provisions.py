"""The law as dated values: since when a value holds, by which article, where it was read, whether that is confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any, ClassVar

from gongkai.law.errors import NotCovered
from gongkai.law.words import Said, say
from gongkai.loading import Loader, Types

LAST_DAY = date.max


@dataclass(frozen=True, slots=True)
class Source:
    """An instrument: its full title with its number and the short name by which it is cited, in both languages."""

    key: str
    title: str
    title_en: str
    short: str
    short_en: str
    confirmed: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """On what something rests: an article of an instrument, and whether its text was read (else: from memory)."""

    source: Source
    article: str
    article_en: str
    confirmed: bool
    note: str = ""
    note_en: str = ""

    @property
    def words(self) -> str:
        """《政府信息公开条例》第三十三条第二款"""
        return f"{self.source.short}{self.article}"

    @property
    def words_en(self) -> str:
        """Regulation on the Disclosure of Government Information, art. 33(2)"""
        return ", ".join(part for part in (self.source.short_en, self.article_en) if part)


def cited_together(first: Basis, second: Basis) -> Said:
    """Both bases in one citation; an instrument on which both rest is named once."""
    if first.source != second.source or not (first.article and second.article):
        return Said(f"{first.words}、{second.words}", f"{first.words_en}; {second.words_en}")
    numbers = [basis.article_en.removeprefix("arts ").removeprefix("art. ") for basis in (first, second)]
    return Said(f"{first.words}、{second.article}", f"{first.source.short_en}, arts {', '.join(numbers)}")


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which something holds, both included."""

    since: date
    until: date = LAST_DAY

    def __contains__(self, day: date) -> bool:
        return self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class Value:
    """A figure with the days on which it holds and its basis."""

    value: int
    span: Span
    basis: Basis


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of the law through time. ``unit``: working_days, days, months, times."""

    key: str
    label: str
    label_en: str
    unit: str
    values: tuple[Value, ...]

    def on(self, day: date) -> Value:
        """What holds on that day. Raises NotCovered."""
        value = self.maybe(day)
        if value is None:
            said = say("no_rule", day=day, thing=Said(self.label, self.label_en))
            raise NotCovered(said.zh, said.en)
        return value

    def maybe(self, day: date) -> Value | None:
        """What holds on that day; None where the law of that day says nothing."""
        return next((value for value in self.values if day in value.span), None)


class DataLoader(Loader):
    """Reads our dated data; what every file shares."""

    BASIS: ClassVar[Types] = {"source": str, "article": str, "article_en": str, "confirmed": bool}
    MORE: ClassVar[Types] = {"note": str, "note_en": str}

    def basis(self, data: Mapping[str, Any], place: str) -> Basis:
        """The basis that an entry names; its keys were taken before."""
        if data["source"] not in sources():
            raise self.fail(place, f"unknown source {data['source']!r}; known are {', '.join(sources())}")
        if bool(data.get("note")) != bool(data.get("note_en")):
            raise self.fail(place, "note and note_en go together")
        return Basis(
            sources()[data["source"]],
            data["article"],
            data["article_en"],
            data["confirmed"],
            data.get("note", ""),
            data.get("note_en", ""),
        )

    def span(self, data: Mapping[str, Any], place: str) -> Span:
        """From when to when an entry holds."""
        span = Span(data["from"], data.get("to", LAST_DAY))
        if span.since > span.until:
            raise self.fail(place, "from is later than to")
        return span

    def apart(self, spans: list[Span], place: str) -> None:
        """Fails where two entries hold on one day: the law says one thing at a time."""
        ordered = sorted(spans, key=lambda span: span.since)
        for before, after in pairwise(ordered):
            if after.since <= before.until:
                raise self.fail(place, f"two entries hold on {after.since}")

    def entries(self, data: Mapping[str, Any], key: str, place: str) -> list[tuple[str, Any]]:
        """The list under that key, each entry with its place."""
        value = data.get(key, [])
        if not isinstance(value, list):
            raise self.fail(place, f"{key} must be a list")
        return [(f"{place}.{key}[{i}]" if place else f"{key}[{i}]", entry) for i, entry in enumerate(value)]


def open_data(name: str) -> tuple[DataLoader, dict[str, Any]]:
    """A file of ``data`` as TOML, with the loader that says what is wrong in it. Raises BrokenFile."""
    loader = DataLoader(f"law/data/{name}")
    text = resources.files(__package__).joinpath("data").joinpath(name).read_text(encoding="utf-8")
    return loader, loader.data(text)


def data_files(folder: str) -> list[str]:
    """The files in a folder of ``data``, as ``open_data`` takes them, in the order of their names."""
    files = resources.files(__package__).joinpath("data").joinpath(folder).iterdir()
    return sorted(f"{folder}/{file.name}" for file in files if file.name.endswith(".toml"))


@cache
def sources() -> Mapping[str, Source]:
    """Every instrument that the data cites, by key."""
    loader, data = open_data("sources.toml")
    return load_sources(loader, data)


def load_sources(loader: Loader, data: Mapping[str, Any]) -> Mapping[str, Source]:
    """The instruments from the data of their file. Raises BrokenFile."""
    found = {}
    words = dict.fromkeys(("title", "title_en", "short", "short_en"), str)
    for key, entry in data.items():
        entry = loader.take(entry, key, {**words, "confirmed": bool}, {"note": str})
        found[key] = Source(
            key,
            entry["title"],
            entry["title_en"],
            entry["short"],
            entry["short_en"],
            entry["confirmed"],
            entry.get("note", ""),
        )
    return found


@cache
def limits() -> Mapping[str, Limit]:
    """Every limit by key: ``limits()["reply"].on(day).value``. Raises BrokenFile."""
    loader, data = open_data("limits.toml")
    return load_limits(loader, data)


UNITS = ("working_days", "days", "months", "times")


def load_limits(loader: DataLoader, data: Mapping[str, Any]) -> Mapping[str, Limit]:
    """The limits from the data of their file. Raises BrokenFile."""
    found = {}
    for key, entry in data.items():
        entry = loader.take(entry, key, {"label": str, "label_en": str, "unit": str, "values": list}, {})
        if entry["unit"] not in UNITS:
            raise loader.fail(key, f"unit must be one of {', '.join(UNITS)}, not {entry['unit']!r}")
        values = []
        for place, value in loader.entries(entry, "values", key):
            required = {"value": int, "from": date, **loader.BASIS}
            value = loader.take(value, place, required, {"to": date, **loader.MORE})
            values.append(Value(value["value"], loader.span(value, place), loader.basis(value, place)))
        loader.apart([value.span for value in values], key)
        found[key] = Limit(key, entry["label"], entry["label_en"], entry["unit"], tuple(values))
    return found
