"""A finding: what is wrong (or could not be read for sure), where, and on what basis.

Findings are values. Rules and readers yield them; nobody prints inside a rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

Number = int | Decimal
"""A figure: whole numbers as int, amounts with decimals as Decimal, so that nothing is rounded."""


class Severity(StrEnum):
    """How grave a finding is. Only an ERROR makes a report invalid."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


_PARTS = {
    "table": ("第 {} 张表", "table {}"),
    "row": ("第 {} 行", "row {}"),
    "cell": ("第 {} 格", "cell {}"),
    "p": ("第 {} 段", "paragraph {}"),
}
"""The parts of an element's path, in the words of a reader who counts them in the document."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file: page and line counted from 1, or an element (a path such as ``table[2]/row[5]``).

    ``box`` is the place on the page in points from the top left (x0, top, x1, bottom), where the format has one.
    """

    page: int | None = None
    line: int | None = None
    element: str | None = None
    box: tuple[float, float, float, float] | None = None

    def to_json(self) -> dict[str, Any]:
        """The parts that are known, as plain JSON values."""
        parts = {"page": self.page, "line": self.line, "element": self.element}
        return {name: value for name, value in parts.items() if value is not None}

    def words(self, lang: str = "zh") -> str:
        """The place for a reader, for example 「第 4 页第 12 行」 or ``page 4, line 12``; empty if unknown."""
        element = _in_words(self.element, lang) if self.element else ""
        line = None if element else self.line  # of a web page's source: nobody who looks at the page can count it
        if lang == "zh":
            place = (f"第 {self.page} 页" if self.page else "") + (f"第 {line} 行" if line else "")
            return "，".join(part for part in (place, element) if part)
        parts = [f"page {self.page}" if self.page else "", f"line {line}" if line else "", element]
        return ", ".join(part for part in parts if part)


def _in_words(element: str, lang: str) -> str:
    """``table[2]/row[5]`` → 「第 2 张表第 5 行」 or ``table 2, row 5``; what is no such path (Sheet1!B5) as it is."""
    parts = [re.fullmatch(r"([a-z]+)\[(\d+)\]", part) for part in element.split("/")]
    known = [part for part in parts if part and part[1] in _PARTS]
    if len(known) < len(parts):
        return element
    words = [_PARTS[part[1]][lang != "zh"].format(part[2]) for part in known]
    return ("" if lang == "zh" else ", ").join(words)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    ``cells`` are full cell names, table first: ``requests/total:natural_person``, ``publication/fees.change``;
    a cell of an earlier report of the same agency is written ``2023:requests/carried_out:total``.
    ``message`` is Chinese and ``message_en`` English; both say what is wrong, where, and what to do.
    ``basis`` names the instrument and article (or the sentence of the form) that the rule rests on.
    ``agency`` and ``year`` name the report the finding is about, where several were given together;
    ``source`` its file.
    """

    code: str
    severity: Severity
    message: str
    message_en: str
    cells: tuple[str, ...] = ()
    expected: Number | str | None = None
    actual: Number | str | None = None
    basis: str = ""
    where: Where | None = None
    source: str = ""
    agency: str | None = None
    year: int | None = None
    details: dict[str, Any] = field(default_factory=dict, compare=False, hash=False)

    def to_json(self, lang: str = "zh") -> dict[str, Any]:
        """The shape of vocabulary.md: code, severity, message, cells, expected, actual, basis, where; and source."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message if lang == "zh" else self.message_en,
            "cells": list(self.cells),
            "expected": plain(self.expected),
            "actual": plain(self.actual),
            "basis": self.basis,
            "where": self.where.to_json() if self.where else None,
            "source": self.source,
        }


def plain(value: Number | str | None) -> int | float | str | None:
    """A figure as JSON has it: int stays int, a Decimal becomes int where it is whole, else float."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
