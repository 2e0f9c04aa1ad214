"""The words in which results are shown to people, Chinese and English, one file for each subject."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

LANGUAGES = ("zh", "en")


def say(key: str, lang: str = "zh", **values: object) -> str:
    """The words of that key in that language with the values put in; ``n = 1`` takes the English singular.

    Raises KeyError if there is no such key: every word that is shown stands in the catalogue.
    """
    entry = catalogue()[key]
    one = entry.get("en_one")
    text = one if lang == "en" and one is not None and values.get("n") == 1 else entry[lang]
    return text.format_map(values) if values else text


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """All words by key; each has ``zh`` and ``en``, and ``en_one`` where the English singular differs.

    Raises KeyError if two files give words to one key.
    """
    found: dict[str, Mapping[str, str]] = {}
    for file in sorted(resources.files(__name__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            loaded: dict[str, Mapping[str, str]] = tomllib.loads(file.read_text(encoding="utf-8"))
            if twice := found.keys() & loaded.keys():
                raise KeyError(f"{file.name}: {', '.join(sorted(twice))}")
            found |= loaded
    return found
