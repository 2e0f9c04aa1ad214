"""Which charts there are and which cells they show, from ``forms/charts.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from gongkai.annual.form import cell_names
from gongkai.annual.loading import Loader

_FILE = "charts.toml"
_WORDS = {"title": str, "title_en": str}


@dataclass(frozen=True, slots=True)
class Series:
    """One quantity: its key and label; ``cells`` are possibilities, each a tuple of full cell names to be added up."""

    key: str
    label: str
    label_en: str
    cells: tuple[tuple[str, ...], ...]
    instead_of: tuple[str, ...] = ()
    """Drawn only where a report has none of these series of its panel, because its own table has no such rows."""

    def words(self, lang: str) -> str:
        """The label in that language."""
        return self.label if lang == "zh" else self.label_en


@dataclass(frozen=True, slots=True)
class Panel:
    """Series drawn on one scale, under a title of their own where a chart has several panels."""

    title: str
    title_en: str
    series: tuple[Series, ...]

    def words(self, lang: str) -> str:
        """The title in that language."""
        return self.title if lang == "zh" else self.title_en


@dataclass(frozen=True, slots=True)
class Kind:
    """A chart: name, title, unit, panels; ``stacks`` says that the series of a panel are the parts of a whole."""

    name: str
    title: str
    title_en: str
    unit: str
    unit_en: str
    stacks: bool
    panels: tuple[Panel, ...]

    def words(self, lang: str) -> str:
        """The title in that language."""
        return self.title if lang == "zh" else self.title_en


@cache
def kinds() -> Mapping[str, Kind]:
    """All charts by name, in the order of the file. Raises BrokenForm."""
    return load((resources.files("gongkai.annual") / "forms" / _FILE).read_text(encoding="utf-8"))


def load(text: str, name: str = _FILE) -> Mapping[str, Kind]:
    """The charts from the text of their file. Raises BrokenForm with the file, the place and what is wrong."""
    loader = _Charts(name)
    return {key: loader.kind(key, entry) for key, entry in loader.data(text).items()}


class _Charts(Loader):
    """Turns the file's data into charts and says exactly what is wrong with it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.known = cell_names()

    def kind(self, name: str, entry: Any) -> Kind:
        required = {**_WORDS, "unit": str, "unit_en": str, "stacks": bool, "panels": list}
        data = self.take(entry, name, required, {})
        panels = tuple(self.panel(each, f"{name}.panels[{i}]") for i, each in enumerate(data.pop("panels")))
        return Kind(name=name, panels=panels, **data)

    def panel(self, entry: Any, place: str) -> Panel:
        data = self.take(entry, place, {**_WORDS, "series": list}, {})
        series = tuple(self.series(each, f"{place}.series[{i}]") for i, each in enumerate(data.pop("series")))
        if unknown := {key for each in series for key in each.instead_of} - {each.key for each in series}:
            raise self.fail(place, f"instead_of names {min(unknown)!r}, which is no series of the panel")
        return Panel(series=series, **data)

    def series(self, entry: Any, place: str) -> Series:
        required = {"key": str, "label": str, "label_en": str, "cells": list}
        data = self.take(entry, place, required, {"instead_of": list})
        cells = tuple(tuple(part.split(" + ")) for part in self.words(data, "cells", place))
        if unknown := {cell for each in cells for cell in each} - self.known:
            raise self.fail(place, f"no form has the cell {min(unknown)!r}")
        instead_of = self.words(data, "instead_of", place)
        return Series(data["key"], data["label"], data["label_en"], cells, instead_of)
