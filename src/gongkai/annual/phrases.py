"""How the figures of the running text are worded, and which cells of the tables they repeat (forms/text.toml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from gongkai.annual.form import cell_names
from gongkai.annual.loading import Loader

_FILE = "text.toml"
_LISTS = (
    *("units", "counted_in_words", "counted_once", "about_before", "about_after", "about_behind"),
    *("parts", "among", "beside", "respectively", "share", "fillers", "no_fillers"),
    *("this_year", "last_year", "next_year", "other_times", "compared", "carried", "narrower", "whole_area"),
)
_PIECE = re.compile(r"\{([a-z_]+)\}")
_PATTERNS = ("patterns", "unless", "none", "lead")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A thing that reports count in words.

    ``what`` is its name, ``label`` and ``label_en`` say it to people. ``cells`` are the possibilities of what the
    figure may equal: each is a tuple of full cell names (``requests/received:total``) to be added up. Cells of forms
    that the report does not use are among them. No cells: the tables do not repeat the figure.

    The rest says how it is recognised; text.toml explains each word.
    """

    what: str
    label: str
    label_en: str
    cells: tuple[tuple[str, ...], ...] = ()
    patterns: tuple[re.Pattern[str], ...] = ()
    unless: tuple[re.Pattern[str], ...] = ()
    none: tuple[re.Pattern[str], ...] = ()
    lead: tuple[re.Pattern[str], ...] = ()
    topic: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    part_of: frozenset[str] = frozenset()
    not_part_of: frozenset[str] = frozenset()
    whole: str | None = None
    group: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter that a clause may speak of, and the words that say so. ``background``: only asked for by ``within``."""

    name: str
    words: tuple[str, ...]
    background: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything of text.toml: the phrases by name, the topics, and lists of small words by their name there."""

    phrases: Mapping[str, Phrase]
    topics: tuple[Topic, ...]
    words: Mapping[str, tuple[str, ...]]
    addable: tuple[frozenset[str], ...]
    unit_sets: Mapping[str, frozenset[str]]
    money: Mapping[str, int]
    identity: Mapping[str, tuple[str, ...]]


def phrases() -> Mapping[str, Phrase]:
    """All phrases by ``what``, in the order in which they are tried."""
    return wording().phrases


@cache
def wording() -> Wording:
    """The wording that the package ships. Raises BrokenForm."""
    return load((resources.files("gongkai.annual") / "forms" / _FILE).read_text(encoding="utf-8"))


def load(text: str, name: str = _FILE) -> Wording:
    """The wording from the text of its file. Raises BrokenForm with the file, the place and what is wrong."""
    loader = _WordingLoader(name)
    return loader.wording(loader.data(text))


class _WordingLoader(Loader):
    """Turns the file's data into a Wording and says exactly what is wrong with it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.known = cell_names()
        self.unit_sets: dict[str, frozenset[str]] = {}
        self.pieces: dict[str, str] = {}
        self.topics: tuple[Topic, ...] = ()

    def patterns(self, data: Mapping[str, Any], key: str, place: str) -> tuple[re.Pattern[str], ...]:
        found = []
        for pattern in self.words(data, key, place):
            for piece in _PIECE.findall(pattern):
                if piece not in self.pieces:
                    raise self.fail(place, f"{key}: unknown piece {piece!r} in {pattern!r}")
            try:
                found.append(re.compile(_PIECE.sub(lambda match: self.pieces[match[1]], pattern)))
            except re.error as error:
                raise self.fail(place, f"{key}: {pattern!r} is not a pattern: {error}") from error
        return tuple(found)

    def wording(self, data: dict[str, Any]) -> Wording:
        required = dict.fromkeys(_LISTS, list) | {
            "name": str,
            "money": dict,
            "unit_sets": dict,
            "addable": dict,
            "identity": dict,
            "pieces": dict,
        }
        self.take(data, "file", required | {"topics": list, "phrases": list}, {})
        self.unit_sets = {key: frozenset(self.words(data["unit_sets"], key, "unit_sets")) for key in data["unit_sets"]}
        self.pieces = self.take(data["pieces"], "pieces", {}, dict.fromkeys(data["pieces"], str))
        if not all(isinstance(value, int) for value in data["money"].values()):
            raise self.fail("money", "each unit needs a whole number of yuan")
        self.topics = tuple(self.topic(entry, f"topics[{i}]") for i, entry in enumerate(data["topics"]))
        found: dict[str, Phrase] = {}
        for i, entry in enumerate(data["phrases"]):
            phrase = self.phrase(entry, f"phrases[{i}]")
            if phrase.what in found:
                raise self.fail(f"phrase {phrase.what}", "is there twice")
            found[phrase.what] = phrase
        for phrase in found.values():
            for other in (*phrase.part_of, *phrase.not_part_of, *([phrase.whole] if phrase.whole else [])):
                if other not in found:
                    raise self.fail(f"phrase {phrase.what}", f"unknown phrase {other!r}")
        return Wording(
            phrases=MappingProxyType(found),
            topics=self.topics,
            words=MappingProxyType({key: self.words(data, key, "file") for key in _LISTS}),
            addable=tuple(frozenset(self.words(data["addable"], key, "addable")) for key in data["addable"]),
            unit_sets=MappingProxyType(self.unit_sets),
            money=MappingProxyType(data["money"]),
            identity=MappingProxyType({key: self.words(data["identity"], key, "identity") for key in data["identity"]}),
        )

    def topic(self, data: Any, place: str) -> Topic:
        data = self.take(data, place, {"name": str, "words": list}, {"background": bool})
        self.patterns(data, "words", place)
        return Topic(data["name"], self.words(data, "words", place), data.get("background", False))

    def phrase(self, data: Any, place: str) -> Phrase:
        lists = dict.fromkeys((*_PATTERNS, "topic", "within", "part_of", "not_part_of", "cells"), list)
        optional = lists | dict.fromkeys(("units", "whole", "group", "key"), str)
        del optional["patterns"]
        data = self.take(data, place, {"what": str, "label": str, "label_en": str, "patterns": list}, optional)
        place = f"phrase {data['what']}"
        topics = {topic.name for topic in self.topics}
        for key in ("topic", "within"):
            for word in self.words(data, key, place):
                if word not in topics:
                    raise self.fail(place, f"{key}: unknown topic {word!r}")
        if "units" in data and data["units"] not in self.unit_sets:
            raise self.fail(place, f"units: unknown set {data['units']!r}; known are {', '.join(self.unit_sets)}")
        if ("group" in data) != ("key" in data):
            raise self.fail(place, "group and key go together")
        return Phrase(
            what=data["what"],
            label=data["label"],
            label_en=data["label_en"],
            cells=tuple(self.sum(entry, place) for entry in self.words(data, "cells", place)),
            patterns=self.patterns(data, "patterns", place),
            unless=self.patterns(data, "unless", place),
            none=self.patterns(data, "none", place),
            lead=self.patterns(data, "lead", place),
            topic=frozenset(self.words(data, "topic", place)),
            within=frozenset(self.words(data, "within", place)),
            units=self.unit_sets.get(data.get("units", ""), frozenset()),
            part_of=frozenset(self.words(data, "part_of", place)),
            not_part_of=frozenset(self.words(data, "not_part_of", place)),
            whole=data.get("whole"),
            group=data.get("group"),
            key=data.get("key"),
        )

    def sum(self, text: str, place: str) -> tuple[str, ...]:
        cells = tuple(part.strip() for part in text.split("+"))
        for cell in cells:
            if cell not in self.known:
                raise self.fail(place, f"no form has a cell {cell!r}")
        return cells
