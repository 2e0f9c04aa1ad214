"""A report as a scan or a picture: set in an embedded type, turned into pictures of 200 dots an inch, worn."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from random import Random

from gongkai.demo.rendering.catalogue import Missing, Printed, layout
from gongkai.demo.rendering.paper import Paper
from gongkai.demo.rendering.pdf import typeset
from gongkai.demo.rendering.setting import Style, set_pages

try:
    from gongkai.demo.rendering import wear
except ImportError:  # pragma: no cover - said when a scan is asked for
    wear = None  # type: ignore[assignment]

_DOTS = 200


def _worn(paper: Paper, name: str, *, header_again: bool = False) -> Printed:
    """The paper as a PDF of pictures, worn in the way of that name (a constant of ``wear``)."""
    style = Style(table_size=10.5, stub=30, middle=50, margin=50, header_again=header_again)
    pdf = typeset(set_pages(paper, style))
    if wear is None:
        raise Missing("扫描件需要 Pillow 和 numpy | a scan needs Pillow and numpy (pip install pillow numpy)")
    steps: Iterable[wear.Degradation] = getattr(wear, name)
    return Printed(wear.scanned(pdf, _DOTS, steps))


@layout("scan", "J", suffix=".pdf")
def scanned_in_a_hurry(paper: Paper, rng: Random) -> Printed:
    """Pages of 200 dots an inch, turned by 0.6 degrees, blurred, grainy, compressed to a quality of 45"""
    return _worn(paper, "OFFICE")


@layout("scan", "J", "B4", suffix=".pdf")
def sealed_and_punched(paper: Paper, rng: Random) -> Printed:
    """A filed copy with the header again on each page, sealed, punched, dusty"""
    return _worn(paper, "FILED", header_again=True)


@layout("scan", "J", suffix=".pdf")
def copied_in_black_and_white(paper: Paper, rng: Random) -> Printed:
    """A photocopy of two tones"""
    return _worn(paper, "COPIED")


@layout("scan", "J", suffix=".png")
def picture_of_the_page(paper: Paper, rng: Random) -> Printed:
    """One long picture of the whole report, straight and clean"""
    style = Style(table_size=10.5, stub=30, middle=50, margin=50, height=2600, page_number="")
    pdf = typeset(set_pages(paper, style))
    if wear is None:
        raise Missing("扫描件需要 Pillow 和 numpy | a scan needs Pillow and numpy (pip install pillow numpy)")
    file = BytesIO()
    wear.pages(pdf, _DOTS)[0].save(file, "PNG")
    return Printed(file.getvalue())
