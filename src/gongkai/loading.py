"""Reading the project's own TOML files strictly: what is missing, unknown or of the wrong type is a clear error."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

Types = Mapping[str, type]
"""The keys that an entry of a file may have, and of what type each is."""


class BrokenFile(Exception):
    """A file of ours that does not say what it must say. The message names the file, the place and what is wrong."""


class Loader:
    """Takes a file's data apart and says exactly what is wrong with it. ``name`` is the file's, for messages.

    A room that has its own name for a broken file sets ``broken``.
    """

    broken: type[BrokenFile] = BrokenFile

    def __init__(self, name: str) -> None:
        self.name = name

    def data(self, text: str) -> dict[str, Any]:
        """The file's text as TOML. Raises BrokenFile."""
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise self.broken(f"{self.name}: not valid TOML: {error}") from error

    def fail(self, place: str, wrong: str) -> BrokenFile:
        """The error to raise: file, place, what is wrong."""
        return self.broken(f"{self.name}: {place}: {wrong}")

    def take(self, data: Any, place: str, required: Types, optional: Types) -> dict[str, Any]:
        """The entry's values; unknown, missing and wrongly typed keys are errors."""
        if not isinstance(data, dict):
            raise self.fail(place, "must be a table")
        known = {**required, **optional}
        for key, value in data.items():
            if key not in known:
                raise self.fail(place, f"unknown key {key!r}; known are {', '.join(sorted(known))}")
            if not isinstance(value, known[key]) or (known[key] is int and isinstance(value, bool)):
                raise self.fail(place, f"{key} must be {known[key].__name__}, not {type(value).__name__}")
        for key in required:
            if key not in data:
                raise self.fail(place, f"{key} is missing")
        return dict(data)

    def words(self, data: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
        """The list of words under that key; () where there is none."""
        value = data.get(key, [])
        if not all(isinstance(item, str) for item in value):
            raise self.fail(place, f"{key} must be a list of words")
        return tuple(value)
