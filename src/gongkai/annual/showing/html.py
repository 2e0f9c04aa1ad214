"""Checked reports as one page: verdict, the forms as printed with faulty cells ringed, nothing loaded from elsewhere.

The page needs no script: a finding and the cells of its sum light each other up by the stylesheet alone. Reports are
untrusted: the templates escape everything, and the page's own policy allows its one style and nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from gongkai.annual.finding import Severity
from gongkai.annual.showing.cleaning import clean
from gongkai.annual.showing.gathering import by_trouble, unplaced, views
from gongkai.annual.showing.marks import Note, Seen, State
from gongkai.annual.showing.naming import day, number, report_name
from gongkai.annual.showing.paging import pieces, render
from gongkai.annual.showing.result import Result
from gongkai.annual.showing.view import View
from gongkai.annual.showing.words import say

SEVERITIES = ((Severity.ERROR, "errors"), (Severity.WARNING, "warnings"), (Severity.INFO, "infos"))
"""The severities with the words that count them."""


def html(result: Result, lang: str = "zh") -> str:
    """The page, complete and self-contained, in that language."""
    shown = by_trouble(views(result))
    headline = clean(result.headline[lang])
    return render(
        "page.html",
        headline,
        lang,
        more_style=_lights(max((len(view.notes) for view in shown), default=0)),
        result=result,
        ordered=shown,
        general=[Note(i, finding) for i, finding in enumerate(unplaced(result), 1)],
        headline=pieces(headline),
        **helpers(shown, lang),
    )


def helpers(shown: Sequence[View], lang: str) -> dict[str, Any]:
    """What the templates of reports, findings and tables use, for the reports that stand on the page together."""
    return {
        "say": partial(say, lang=lang),
        "severities": SEVERITIES,
        "number": number,
        "day": partial(day, lang=lang),
        "report_name": partial(report_name, lang=lang),
        "anchor": partial(_anchor, {(v.report.agency, v.report.year): v for v in shown}),
        "cell_id": _cell_id,
        "reason": partial(_reason, lang=lang),
        "states": _states,
        "unread_cells": _unread_cells,
        "anything_unread": any(map(_unread_cells, shown)),
        "cumulative": lambda view: any(row.cumulative for row in view.indicators),
        "narrative": lambda view: view.narrative,
        "basename": os.path.basename,
    }


def _lights(most: int) -> str:
    """The rules by which finding number n lights the cells of its sum, n up to ``most``."""
    lit = [f".report:has(.at{n}:is(:hover,:focus-within,:target)) .in{n}" for n in range(1, most + 1)]
    return "".join(f"{selector}{{background:var(--lit)}}\n" for selector in lit)


def _cell_id(view: View, name: str) -> str:
    """The id of a marked cell on the page: numbered, because names from a report may hold any character."""
    return f"r{view.number}c{view.marked.index(name)}"


def _anchor(known: Mapping[tuple[str | None, int | None], View], view: View, cell: str) -> str:
    """Where on the page that cell is; for a cell of another year the report of that year; empty if not there."""
    if cell in view.marked:
        return _cell_id(view, cell) if any(seen.name == cell for seen in view.shown) else ""
    if cell[:4].isdigit() and (other := known.get((view.report.agency, int(cell[:4])))):
        return f"r{other.number}"
    return ""


def _reason(seen: Seen, lang: str) -> str:
    return " ".join(note.words(lang) for note in seen.notes)


def _states(view: View) -> set[str]:
    """What the legend has to explain for that report."""
    states = {cell.state.value for cell in view.shown if cell.state is not State.READ}
    return states | {"marked" for cell in view.shown if cell.ringed}


def _unread_cells(view: View) -> int:
    return sum(cell.state is State.UNREAD for cell in view.shown)
