"""The sentences of the law room in both languages (``data/words.toml``)."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import NamedTuple

from gongkai.loading import Loader


class Said(NamedTuple):
    """One sentence in Chinese and English."""

    zh: str
    en: str

    def words(self, lang: str) -> str:
        """The sentence in that language."""
        return self.en if lang == "en" else self.zh


def say(key: str, **values: object) -> Said:
    """The sentence of that key with the values put in; a day is written as each language writes it.

    A value that is itself a ``Said`` is put in in the same language. Raises KeyError where there is no such sentence.
    """
    entry = sentences()[key]
    return fill(entry.zh, entry.en, values)


def fill(zh: str, en: str, values: Mapping[str, object]) -> Said:
    """Both templates with the values put in."""
    return Said(
        zh.format_map({key: _written(value, "zh") for key, value in values.items()}),
        en.format_map({key: _written(value, "en") for key, value in values.items()}),
    )


def listed(words: Iterable[str]) -> Said:
    """The words one after another, as each language writes a list."""
    given = list(words)
    return Said("、".join(given), ", ".join(given))


KINDS: Mapping[type, str] = {
    date: "a_day",
    int: "a_number",
    str: "words",
    bool: "yes_or_no",
    list: "a_list",
    dict: "a_table",
}
"""The sentence that says to people what a value of that type is."""


MONTHS = tuple(calendar.month_name)
"""The months in English, the first at 1; Python's own, which no locale of ours changes."""


def _written(value: object, lang: str) -> object:
    if isinstance(value, date):
        english = f"{value.day} {MONTHS[value.month]} {value.year}"
        return f"{value.year}年{value.month}月{value.day}日" if lang == "zh" else english
    return value.words(lang) if isinstance(value, Said) else value


@cache
def sentences() -> Mapping[str, Said]:
    """Every sentence by key. Raises BrokenFile."""
    loader = Loader("law/data/words.toml")
    text = resources.files(__package__).joinpath("data/words.toml").read_text(encoding="utf-8")
    found = {}
    for key, entry in loader.data(text).items():
        entry = loader.take(entry, key, {"zh": str, "en": str}, {})
        found[key] = Said(entry["zh"], entry["en"])
    return found
