"""A report as PDF with text: ruled, unruled, with three rules or with rectangles for rules, cut by pages."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from random import Random
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any

from gongkai.annual.report import Report
from gongkai.demo import faults
from gongkai.demo.rendering.catalogue import Missing, Printed, layout
from gongkai.demo.rendering.docx import merged_cells
from gongkai.demo.rendering.paper import Paper
from gongkai.demo.rendering.setting import Border, Page, Style, set_pages, width_of

_SONG = "STSong-Light"
_ROMAN = "Times-Roman"


def _canvas(file: BytesIO, page: Page) -> Any:
    try:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas
    except ImportError as error:
        raise Missing(
            "PDF 需要 reportlab（pip install reportlab）| PDF needs reportlab (pip install reportlab)"
        ) from error
    pdfmetrics.registerFont(UnicodeCIDFont(_SONG))
    return Canvas(file, pagesize=(page.width, page.height))


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    """The text in runs of full-width (True) and of other characters: they are set in two types."""
    for wide, characters in groupby(text, key=lambda character: not character.isascii()):
        yield "".join(characters), wide


def drawn(pages: list[Page], *, rules: str = "all") -> bytes:
    """The pages as PDF. ``rules``: ``all`` borders, ``none``, ``three`` (above, under the header, below), or
    ``rectangles`` (every border a thin filled rectangle)."""
    file = BytesIO()
    canvas = _canvas(file, pages[0])
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        for border in page.borders:
            _rule(canvas, border, page.height, rules)
        for placed in page.placed:
            x = placed.x
            for run, wide in _runs(placed.text):
                canvas.setFont(_SONG if wide else _ROMAN, placed.size)
                canvas.drawString(x, page.height - placed.y - placed.size * 0.88, run)
                x += width_of(run, placed.size)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _rule(canvas: Any, border: Border, height: float, rules: str) -> None:
    left, top, right, bottom = border.x0, height - border.y0, border.x1, height - border.y1
    canvas.setLineWidth(0.5)
    if rules == "all":
        canvas.rect(left, bottom, right - left, top - bottom)
    elif rules == "rectangles":
        for x0, y0, wide, high in (
            (left, top - 0.48, right - left, 0.48),
            (left, bottom, right - left, 0.48),
            (left, bottom, 0.48, top - bottom),
            (right - 0.48, bottom, 0.48, top - bottom),
        ):
            canvas.rect(x0, y0, wide, high, stroke=0, fill=1)
    elif rules == "three":
        if border.first:
            canvas.line(left, top, right, top)
        if border.last or border.ends_header:
            canvas.line(left, bottom, right, bottom)


@layout("pdf", "B1", "B5", suffix=".pdf")
def ruled(paper: Paper, rng: Random) -> Printed:
    """Every cell ruled; tables cut by pages without a header, page numbers between"""
    return Printed(drawn(set_pages(paper, Style())))


@layout("pdf", "B4", suffix=".pdf")
def ruled_header_again(paper: Paper, rng: Random) -> Printed:
    """Every cell ruled; the header again on each page"""
    style = Style(header_again=True, height=rng.choice((680, 720, 842)), page_number="— {} —")
    return Printed(drawn(set_pages(paper, style)))


@layout("pdf", "B4", "B5", suffix=".pdf")
def ruled_rows_cut(paper: Paper, rng: Random) -> Printed:
    """Every cell ruled; rows cut in two by a page's end, the rest of the label on the next page"""
    style = Style(header_again=rng.random() < 0.5, rows_cut=True, height=rng.choice((620, 655, 700, 760)))
    return Printed(drawn(set_pages(paper, style)))


@layout("pdf", "B3", suffix=".pdf")
def stubs_downwards(paper: Paper, rng: Random) -> Printed:
    """Headings over rows written downwards, a character a line"""
    style = Style(stub=15.5, middle=15.5, header_again=True, height=rng.choice((700, 842)))
    return Printed(drawn(set_pages(paper, style)))


@layout("pdf", "J", suffix=".pdf")
def landscape_pages(paper: Paper, rng: Random) -> Printed:
    """Pages turned to landscape"""
    style = Style(width=842, height=595, table_size=10.5, header_again=True)
    return Printed(drawn(set_pages(paper, style)))


@layout("pdf", "B1", suffix=".pdf")
def rectangles_for_rules(paper: Paper, rng: Random) -> Printed:
    """Every border a thin filled rectangle, as spreadsheet programs print it"""
    return Printed(drawn(set_pages(paper, Style()), rules="rectangles"))


@layout("pdf", "A12", suffix=".pdf")
def three_rules(paper: Paper, rng: Random) -> Printed:
    """Three rules only: above, under the header, below"""
    return Printed(drawn(set_pages(paper, Style(header_again=True)), rules="three"))


@layout("pdf", "A12", suffix=".pdf")
def unruled(paper: Paper, rng: Random) -> Printed:
    """No rules at all: the places of the figures tell their columns"""
    return Printed(drawn(set_pages(paper, Style()), rules="none"))


@layout("pdf", "B3", "B8", suffix=".pdf")
def characters_spaced(paper: Paper, rng: Random) -> Printed:
    """Blanks between the characters of headers and headings, as justified cells have them"""
    return Printed(drawn(set_pages(paper, Style(spaced=True, table_size=8.5))))


def _blanks(report: Report, rng: Random) -> Report:
    return faults.blanks(report, rng)


@layout("pdf", "A9", suffix=".pdf", before=_blanks)
def zeros_left_blank_in_pdf(paper: Paper, rng: Random) -> Printed:
    """Every zero left blank between the rules"""
    return Printed(drawn(set_pages(paper, Style())))


@layout("pdf", "B1", suffix=".pdf")
def type_embedded(paper: Paper, rng: Random) -> Printed:
    """The same pages by another program, with the part of the type embedded that is used"""
    return Printed(typeset(set_pages(paper, Style(header_again=True))))


_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")
_FONTS = {"NotoSerifCJK-Regular.ttc": "Noto Serif CJK SC", "NotoSansCJK-Regular.ttc": "Noto Sans CJK SC"}


@cache
def _family() -> str:
    """The name of a type with Chinese characters that the system has. Raises Missing where it has none."""
    for file, family in _FONTS.items():
        if any(next(Path(folder).rglob(file), None) for folder in _FOLDERS):
            return family
    raise Missing(
        "需要中文字体（apt-get install fonts-noto-cjk）| a Chinese font is needed (apt-get install fonts-noto-cjk)"
    )


def typeset(pages: list[Page]) -> bytes:
    """The pages set by Typst in an embedded type. Raises Missing where Typst or the type is not there."""
    try:
        import typst
    except ImportError as error:
        raise Missing("需要 typst（pip install typst）| typst is needed (pip install typst)") from error
    source = [f"#set page(width: {pages[0].width}pt, height: {pages[0].height}pt, margin: 0pt)"]
    source.append(f'#set text(font: ("Libertinus Serif", "{_family()}"), top-edge: 0.88em)')
    for number, page in enumerate(pages):
        if number:
            source.append("#pagebreak()")
        for border in page.borders:
            wide, high = border.x1 - border.x0, border.y1 - border.y0
            source.append(
                f"#place(dx: {border.x0}pt, dy: {border.y0}pt, rect(width: {wide}pt, height: {high}pt, stroke: 0.5pt))"
            )
        for placed in page.placed:
            text = placed.text.replace("\\", "\\\\").replace('"', '\\"')
            source.append(f'#place(dx: {placed.x}pt, dy: {placed.y}pt, text(size: {placed.size}pt, "{text}"))')
    made: bytes = typst.compile("\n".join(source).encode(), format="pdf")
    return made


@layout("pdf", "I", suffix=".pdf")
def printed_by_office(paper: Paper, rng: Random) -> Printed:
    """A word processor's file with merged cells, printed to PDF by LibreOffice"""
    office = which("soffice")
    if not office:
        raise Missing(
            "需要 LibreOffice（apt-get install libreoffice-writer）| LibreOffice is needed (libreoffice-writer)"
        )
    with TemporaryDirectory() as folder:
        source = Path(folder, "report.docx")
        source.write_bytes(merged_cells(paper, rng).data)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return Printed(source.with_suffix(".pdf").read_bytes())
