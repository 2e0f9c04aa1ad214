"""How much is read, and whether anything is read wrong: real reports by format, made-up ones in every layout.

A cell that a layout makes ambiguous by nature may stay unread; a wrong or invented figure is never allowed.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

from benchmarks import Row
from gongkai.annual.form import forms
from gongkai.annual.reading import read
from gongkai.annual.reading.document import Unreadable
from gongkai.annual.report import TABLES, Cell, Report
from gongkai.demo.local_tables import make_local
from gongkai.demo.making import make
from gongkai.demo.rendering import Layout, Missing, layouts, render, wordings
from gongkai.demo.scoring import Score, score

FLOORS = {"pdf": 99.0, "docx": 99.0, "html": 99.0, "xlsx": 99.0, "text": 95.0, "markdown": 95.0, "scan": 90.0}
"""The share of cells, in percent, that is to be read right, by format."""

SEEDS = 2
"""Reports of each form in each layout. What takes long (scans, another program) is done with one report."""

_SLOW = "printed_by_office"
_PLAIN = ("regular_page", "merged_cells", "tabs_between_cells")
"""A plain layout of some formats, in which every wording is tried with a report of each form."""


def run() -> list[Row]:
    """Cells right and wrong, by format: real reports where they are at hand, then made-up ones."""
    rows: list[Row] = []
    for origin, scores in (("real", _real()), ("made-up", _made_up())):
        for format, total in sorted(scores.items()):
            rows += _rows(origin, format, total)
    return rows


def _rows(origin: str, format: str, total: Score) -> list[Row]:
    note = f"{total.right} right, {len(total.unread)} unread, {total.excused} not to be known"
    faults = ", ".join(f"{fault.cell}: {fault.got}, not {fault.wanted}" for fault in total.faults[:3])
    return [
        Row(f"{origin} {format}: cells read", 100 * total.share, "%", at_least=FLOORS[format], note=note),
        Row(f"{origin} {format}: cells wrong or invented", len(total.faults), "", at_most=0, note=faults),
    ]


def _read(source: Path | bytes, name: str) -> Report | None:
    try:
        return read(source, name)
    except Unreadable:
        return None


# ── Real reports ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _shared() -> Path | None:
    given = os.environ.get("GONGKAI_SHARED")
    places = [Path(given)] if given else [parent / "shared" for parent in Path(__file__).resolve().parents]
    return next((place / "reports" for place in places if (place / "reports" / "expected.json").is_file()), None)


def _real() -> dict[str, Score]:
    """Real reports by format; empty where they are not at hand."""
    folder = _shared()
    if folder is None:
        return {}
    scores: dict[str, Score] = defaultdict(Score)
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    for name, wanted in expected.items():
        if (folder / name).is_file() and any(wanted.get(table) for table in TABLES):
            format = {".md": "markdown", ".txt": "text"}.get(Path(name).suffix, Path(name).suffix[1:])
            scores[format] += score(_as_report(wanted), _read(folder / name, name))
    return scores


def _as_report(wanted: dict[str, Any]) -> Report:
    """The figures of expected.json as a report."""

    def cell(value: float | None) -> Cell:
        return Cell(value if value is None or isinstance(value, int) else Decimal(repr(value)))

    return Report(tables={name: {key: cell(value) for key, value in wanted.get(name, {}).items()} for name in TABLES})


# ── Made-up reports ──────────────────────────────────────────────────────────────────────────────────────────────────


def _made_up() -> dict[str, Score]:
    """Made-up reports in every layout, and every wording in a plain layout of each format."""
    scores: dict[str, Score] = defaultdict(Score)
    for name, layout in layouts().items():
        for report, seed in _reports(layout):
            scores[_format(layout)] += _scored(report, name, seed)
    for name in _PLAIN:
        for wording in wordings():
            for report, seed in _each_form(SEEDS):
                scores[_format(layouts()[name])] += _scored(report, name, seed, wording)
    return {format: total for format, total in scores.items() if total != Score()}


def _format(layout: Layout) -> str:
    return "text" if layout.format == "layout text" else layout.format


def _reports(layout: Layout) -> Iterator[tuple[Report, int]]:
    if layout.name == _SLOW or (layout.format == "scan" and find_spec("rapidocr") and find_spec("onnxruntime")):
        yield make(Random(1), form="2021"), 1
    elif layout.format != "scan":
        for seed in range(SEEDS):
            yield from _each_form(seed)


def _each_form(seed: int) -> Iterator[tuple[Report, int]]:
    for form in forms():
        yield make(Random(seed), form=form), seed
    yield make_local(Random(seed)), seed


def _scored(report: Report, layout: str, seed: int, *wording: str) -> Score:
    """The score of one rendering; none where this system cannot make it."""
    try:
        rendering = render(report, layout, Random(seed), wording=wording)
    except Missing:
        return Score()
    return score(rendering.truth, _read(rendering.data, rendering.name), rendering.unreadable)
