"""The catalogue of layouts and wordings, and the one way to render a report with them.

A *layout* decides how the pages look in one format (a page of a website, pdftotext's output, a scan). A *wording*
decides how labels and numbers are written, and goes with every layout.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from gongkai.annual.report import Report
from gongkai.demo.rendering.paper import Paper, on_paper


class Missing(Exception):
    """Something of the system that a rendering needs is not there; the message says what, and how to get it."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """A file and what may be expected of its reader.

    ``truth`` is what stands in the file, cell by cell. A cell of ``unreadable`` (full names, ``requests/total:total``)
    is ambiguous by the nature of the noise: it may be reported as unread, but a number read there must still be right.
    """

    data: bytes
    name: str
    truth: Report
    unreadable: frozenset[str]
    layout: str
    wordings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """What a layout makes of a paper: the file's bytes, and the cells that cannot be read for sure in it."""

    data: bytes
    unreadable: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Layout:
    """A way of laying a report out: its name, the format, the items of the catalogue of layouts that it shows.

    ``suffix`` ends the file's name; ``before`` changes the report first (blanks, a missing table) and so the truth.
    """

    name: str
    format: str
    items: tuple[str, ...]
    words: str
    suffix: str
    print: Callable[[Paper, Random], Printed]
    before: Callable[[Report, Random], Report] | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """A way of writing labels or numbers: its name, the items that it shows, what it does to a paper."""

    name: str
    items: tuple[str, ...]
    words: str
    rewrite: Callable[[Paper, Random], Paper]


_LAYOUTS: dict[str, Layout] = {}
_WORDINGS: dict[str, Wording] = {}
_FILES = ("html", "html_noises", "docx", "xlsx", "markdown", "pages_as_text", "web_text", "pdf", "scanned")


def layout(
    format: str, *items: str, suffix: str, before: Callable[[Report, Random], Report] | None = None
) -> Callable[[Callable[[Paper, Random], Printed]], Callable[[Paper, Random], Printed]]:
    """Put a function into the catalogue as a layout, under its own name and with its docstring's first line."""

    def enter(function: Callable[[Paper, Random], Printed]) -> Callable[[Paper, Random], Printed]:
        name = function.__name__.strip("_")
        words = (function.__doc__ or "").strip().splitlines()[0]
        if name in _LAYOUTS:
            raise ValueError(f"two layouts are called {name}")
        _LAYOUTS[name] = Layout(name, format, items, words, suffix, function, before)
        return function

    return enter


def wording(*items: str) -> Callable[[Callable[[Paper, Random], Paper]], Callable[[Paper, Random], Paper]]:
    """Put a function into the catalogue as a wording, under its own name and with its docstring's first line."""

    def enter(function: Callable[[Paper, Random], Paper]) -> Callable[[Paper, Random], Paper]:
        words = (function.__doc__ or "").strip().splitlines()[0]
        _WORDINGS[function.__name__] = Wording(function.__name__, items, words, function)
        return function

    return enter


@cache
def layouts() -> Mapping[str, Layout]:
    """All layouts by name."""
    for name in _FILES:
        importlib.import_module(f"gongkai.demo.rendering.{name}")
    return dict(_LAYOUTS)


@cache
def wordings() -> Mapping[str, Wording]:
    """All wordings by name."""
    for name in ("numbers_written", "labels_written", "old_tables_written"):
        importlib.import_module(f"gongkai.demo.rendering.{name}")
    return dict(_WORDINGS)


def render(report: Report, layout: str, rng: Random, *, wording: tuple[str, ...] = ()) -> Rendering:
    """The report as a file of that layout, written with these wordings, one after the other.

    Raises KeyError for a name that is not in the catalogue, and Missing where the layout needs something (a font, a
    program) that this system does not have.
    """
    chosen = layouts()[layout]
    if chosen.before:
        report = chosen.before(report, rng)
    paper = on_paper(report)
    for name in wording:
        paper = wordings()[name].rewrite(paper, rng)
    printed = chosen.print(paper, rng)
    name = f"{report.year}-{layout}{chosen.suffix}"
    return Rendering(printed.data, name, paper.truth, printed.unreadable | paper.unreadable, layout, wording)
