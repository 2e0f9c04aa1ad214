"""How a reconsideration or a suit may end, and the cell of table four in which the annual report counts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from gongkai.law.errors import NotCovered
from gongkai.law.provisions import Basis, Span, open_data
from gongkai.law.words import say

COUNTS = ("upheld", "corrected", "other", "pending")
BLOCKS = {
    "reconsideration": "reconsideration",
    "litigation_direct": "litigation",
    "litigation_after_reconsideration": "litigation",
}
"""The three blocks of table four, and the kind of dispute that each counts."""


@dataclass(frozen=True, slots=True)
class Result:
    """One way in which a dispute may end. ``counts`` is the column within its block."""

    key: str
    label: str
    label_en: str
    counts: str
    span: Span
    basis: Basis


def cell(block: str, result: str, on: date) -> str:
    """The cell that counts a result, such as ``reconsideration.upheld``. Raises NotCovered for what is none of ours."""
    found = results().get(BLOCKS.get(block, ""), {}).get(result)
    if found is None or on not in found.span:
        said = say("no_rule", day=on, thing=f"{block}, {result}")
        raise NotCovered(said.zh, said.en)
    return f"{block}.{found.counts}"


@cache
def results() -> Mapping[str, Mapping[str, Result]]:
    """Every result by kind of dispute (reconsideration, litigation) and key. Raises BrokenFile."""
    loader, data = open_data("disputes.toml")
    found: dict[str, dict[str, Result]] = {}
    for kind in data:
        found[kind] = {}
        for place, entry in loader.entries(data, kind, ""):
            words = dict.fromkeys(("key", "label", "label_en", "counts"), str)
            entry = loader.take(entry, place, {**words, "from": date, **loader.BASIS}, {"to": date, **loader.MORE})
            if entry["counts"] not in COUNTS:
                raise loader.fail(place, f"counts must be one of {', '.join(COUNTS)}, not {entry['counts']!r}")
            span, basis = loader.span(entry, place), loader.basis(entry, place)
            result = Result(entry["key"], entry["label"], entry["label_en"], entry["counts"], span, basis)
            found[kind][result.key] = result
    return found
