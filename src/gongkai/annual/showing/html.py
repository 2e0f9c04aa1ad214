"""Checked reports as one page: verdict, the forms as printed with faulty cells ringed, nothing loaded from elsewhere.

The page needs no script: a finding and the cells of its sum light each other up by the stylesheet alone. Reports are
untrusted: the templates escape everything, and the page's own policy allows its one style and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Mapping
from functools import cache, partial
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

import gongkai
from gongkai.annual.finding import Severity
from gongkai.annual.showing.cleaning import clean
from gongkai.annual.showing.gathering import by_trouble, unplaced, views
from gongkai.annual.showing.marks import Note, Seen, State
from gongkai.annual.showing.naming import day, number, report_name
from gongkai.annual.showing.result import Result
from gongkai.annual.showing.view import View
from gongkai.annual.showing.words import say

SEVERITIES = ((Severity.ERROR, "errors"), (Severity.WARNING, "warnings"), (Severity.INFO, "infos"))
"""The severities with the words that count them."""


def html(result: Result, lang: str = "zh") -> str:
    """The page, complete and self-contained, in that language."""
    shown = by_trouble(views(result))
    style = _style(max((len(view.notes) for view in shown), default=0))
    headline = clean(result.headline[lang])
    return (
        _templates()
        .get_template("page.html")
        .render(
            result=result,
            ordered=shown,
            general=[Note(i, finding) for i, finding in enumerate(unplaced(result), 1)],
            lang=lang,
            say=partial(say, lang=lang),
            headline=_pieces(headline),
            title=headline,
            version=gongkai.__version__,
            style=_Trusted(style),
            style_hash=_Trusted(_hash(style)),
            severities=SEVERITIES,
            number=number,
            day=partial(day, lang=lang),
            report_name=partial(report_name, lang=lang),
            anchor=partial(_anchor, {(v.report.agency, v.report.year): v for v in shown}),
            cell_id=_cell_id,
            reason=partial(_reason, lang=lang),
            states=_states,
            unread_cells=_unread_cells,
            anything_unread=any(map(_unread_cells, shown)),
            cumulative=lambda view: any(row.cumulative for row in view.indicators),
            narrative=lambda view: view.narrative,
            basename=os.path.basename,
        )
    )


class _Trusted(str):
    """Text of our own that goes into the page as it is: the stylesheet and its hash."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@cache
def _templates() -> Environment:
    folder = resources.files("gongkai.annual.showing") / "page"
    return Environment(
        loader=FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        finalize=lambda value: clean(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _style(most: int) -> str:
    """The stylesheet, with the rules by which finding number n lights the cells of its sum, n up to ``most``."""
    text = (resources.files("gongkai.annual.showing") / "page" / "page.css").read_text(encoding="utf-8")
    lit = [f".report:has(.at{n}:is(:hover,:focus-within,:target)) .in{n}" for n in range(1, most + 1)]
    lights = "".join(f"{selector}{{background:var(--lit)}}\n" for selector in lit)
    return re.sub(r"/\*.*?\*/\s*", "", text, flags=re.DOTALL) + lights


def _hash(style: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _pieces(sentence: str) -> list[str]:
    """A sentence in the pieces that its marks divide it into: a line should end between them, not within."""
    return [piece.strip() for piece in re.split(r"(?<=[，：；、])|(?<=[,:;] )", sentence)]


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
