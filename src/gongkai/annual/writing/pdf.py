"""A report as PDF by GB/T 9704: PDF/A-2a and PDF/UA-1, tagged, with bookmarks; set by typst, which needs nothing else.

The texts go to the template as data and are set as they are: nothing in a report can steer the typesetting.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Any

import typst

from gongkai.annual.form.layout import Kind, Placed
from gongkai.annual.showing.cleaning import one_line
from gongkai.annual.writing import NotWritten, official
from gongkai.annual.writing.fonts import faces, unshown
from gongkai.annual.writing.paper import FormTable, ListTable, Paper, Paragraph, Piece, SectionHeading
from gongkai.annual.writing.printed import Printed, lead_of, printed, title_lines

TEMPLATE = "report.typ"

STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
"""PDF/A-2a holds all that PDF/A-2b does and needs tags and Unicode besides; PDF/UA-1 says that the tags are whole."""

LAYOUT = {
    "top": official.TOP_MM,
    "bottom": official.BOTTOM_MM,
    "left": official.LEFT_MM,
    "right": official.RIGHT_MM,
    "number_below": official.PAGE_NUMBER_MM,
    "line": official.LINE_PT,
    "title": official.TITLE_PT,
    "title_line": official.TITLE_PITCH_PT,
    "body": official.BODY_PT,
    "page_number": official.PAGE_NUMBER_PT,
    "table": official.TABLE_PT,
    "red": official.RED,
    "shade": official.SHADE,
}
"""The measures of the standard by the names under which the template uses them (mm, pt, colours)."""

NARROW = (0.084, 0.1)
"""Of a table's width: columns of labels that stand beside other labels (三、本年度办理结果), as in the form of 2021."""
LABELS = {0: 0.0, 1: 0.25, 3: 0.525}
"""Of a table's width: all its columns of labels together, as the form of 2021 prints its tables of so many."""
UNIT, LIST_FIGURE = 0.1, 0.16
"""Of a list's width: its columns of units, and of figures."""
LOOSE, CLOSE = 4.5, 2.8
"""Points over and under the text of a cell: in tables of few rows, and of many, which then fit on a page."""
MANY = 25
"""Rows."""
PIECE = 4
"""Letters that stay together of a word that is broken."""

_LONG_WORD = re.compile(r"[!-~]{29,}")
"""Letters, digits and signs without a blank that take up more than half of a line of 28 Chinese characters."""
_UNSHOWN = re.compile(r'(?:the text|the codepoint) `"(.+?)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")


def pdf(paper: Paper, made: datetime | None = None) -> bytes:
    """The paper as a PDF. ``made`` is the moment to date the file; without one it bears the first day after the
    report's year, so that the same report gives the same bytes.

    Raises NoFont where no Chinese typeface is installed, or none that has a character of the report; NotWritten where
    typst refuses the paper for another reason.
    """
    compiler = typst.Compiler(
        (resources.files(__package__) / TEMPLATE).read_bytes(),
        font_paths=_fonts(),
        sys_inputs={"paper": json.dumps(_data(paper), ensure_ascii=False)},
    )
    moment = made or datetime((paper.year or paper.form.first_year) + 1, 1, 1, tzinfo=UTC)
    try:
        made_of = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=int(moment.timestamp()))
    except typst.TypstError as error:
        missing = _missing(error.diagnostic)
        raise (unshown(missing) if missing else _refused(error.message)) from error
    assert isinstance(made_of, bytes)
    return made_of


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_embedded_fonts=False)


def _families() -> tuple[str, ...]:
    """The families of typefaces that are installed."""
    return tuple(_fonts().families())


def _missing(diagnostic: str) -> str:
    """The characters that typst could not show, each once."""
    texts = (_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in _UNSHOWN.findall(diagnostic))
    return "".join(dict.fromkeys("".join(texts)))


def _refused(reason: str) -> NotWritten:
    return NotWritten(
        f"PDF 排不出来（typst：{reason}）；请改用 docx 格式，并报告这一问题",
        f"the PDF cannot be set (typst: {reason}); write docx instead, and report this fault",
    )


def _data(paper: Paper) -> dict[str, Any]:
    """What the template sets, as JSON can hold it."""
    return {
        "title": title_lines(paper),
        "agency": one_line(paper.agency),
        "notices": [one_line(notice) for notice in paper.notices],
        "faces": {use: {"family": face.family, "weight": face.weight} for use, face in faces(_families()).items()},
        "layout": LAYOUT,
        "pieces": list(_pieces(paper.pieces)),
    }


def _pieces(pieces: Sequence[Piece]) -> Iterator[Mapping[str, Any]]:
    inside = False
    for piece in pieces:
        match piece:
            case SectionHeading():
                inside = True
                yield {"kind": "heading", "level": 1, "text": one_line(piece.text)}
            case Paragraph():
                yield _paragraph(one_line(piece.text), inside)
            case FormTable() | ListTable():
                yield _table(printed(piece))


def _paragraph(text: str, inside: bool) -> Mapping[str, Any]:
    """A paragraph, or a heading of the second level where one of the first stands over it (``inside`` a section): no
    level may be left out (PDF/UA-1, 7.4.2)."""
    lead, rest = lead_of(text)
    if lead and not rest and inside:
        return {"kind": "heading", "level": 2, "text": lead}
    return {"kind": "paragraph", "lead": lead, "runs": list(_runs(rest))}


def _runs(text: str) -> Iterator[str | list[str]]:
    """The text; a word that would run off the page (an address of the web) in pieces between which lines may end."""
    at = 0
    for word in _LONG_WORD.finditer(text):
        yield text[at : word.start()]
        yield [word[0][start : start + PIECE] for start in range(0, len(word[0]), PIECE)]
        at = word.end()
    yield text[at:]


def _table(table: Printed) -> Mapping[str, Any]:
    return {
        "kind": "table",
        "widths": _widths(table),
        "inset": CLOSE if len(table.rows) > MANY and not table.as_list else LOOSE,
        "parts": list(_parts(table)),
    }


def _widths(table: Printed) -> list[float]:
    """The columns' shares of the width."""
    if table.as_list:
        figures = table.columns - table.labels
        return [1 - UNIT - figures * LIST_FIGURE, UNIT, *[LIST_FIGURE] * figures]
    room = LABELS.get(table.labels, 0.5)
    narrow = NARROW[: max(0, table.labels - 1)]
    labels = [*narrow, room - sum(narrow)] if table.labels else []
    figures = table.columns - table.labels
    return [*labels, *[(1 - room) / figures] * figures]


def _parts(table: Printed) -> Iterator[Mapping[str, Any]]:
    """The table's rows in runs: headings of columns (level 1, again on each page), headings of rows, figures."""
    starts = dict(table.headers)
    at = 0
    while at < len(table.rows):
        end = starts.get(at)
        level = 1 if end else 2 if all(cell.kind is Kind.SECTION for cell in table.rows[at]) else 0
        end = end or at + 1
        yield {"level": level, "rows": [[_cell(cell, table) for cell in row] for row in table.rows[at:end]]}
        at = end


def _cell(cell: Placed, table: Printed) -> Mapping[str, Any]:
    single = table.labels == 1
    left = cell.kind in (Kind.SECTION, Kind.HEADING, Kind.STUB) or (cell.kind is Kind.LABEL and not single)
    return {
        "kind": str(cell.kind),
        "text": one_line(cell.words()),
        "rowspan": cell.rowspan,
        "colspan": cell.colspan,
        "depth": cell.depth if table.as_list else 0,
        "left": left and not (cell.kind is Kind.STUB and (single or table.as_list)),
    }
