"""The letters of a request by name, and what each must say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from gongkai.law.provisions import open_data
from gongkai.law.words import Said


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter. ``is_reply``: it says what every reply says (facts, basis, decision, remedy), and its own contents."""

    name: str
    label: str
    label_en: str
    is_reply: bool
    contents: tuple[Said, ...]


@cache
def letters() -> Mapping[str, Letter]:
    """Every letter by name. Raises BrokenFile."""
    loader, data = open_data("letters.toml")
    found = {}
    for name, entry in data.items():
        entry = loader.take(entry, name, {"label": str, "label_en": str, "common": bool, "contents": list}, {})
        contents = []
        for place, pair in loader.entries(entry, "contents", name):
            if not (isinstance(pair, list) and len(pair) == len(Said._fields)):
                raise loader.fail(place, "must be a pair, Chinese and English")
            contents.append(Said(*pair))
        found[name] = Letter(name, entry["label"], entry["label_en"], entry["common"], tuple(contents))
    return found
