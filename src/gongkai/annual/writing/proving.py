"""The proof of a written report: its bytes read back say the same, cell by cell and text by text.

What a reader cannot tell apart is not compared: blanks, characters that cannot be seen, and where a paragraph ends
within its section (lines of a list that end with a comma are read as one).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, zip_longest

from gongkai.annual.finding import Number, Where
from gongkai.annual.form import Form
from gongkai.annual.report import INDICATORS, TABLES, Cell, Content, Heading, Indicator, Report
from gongkai.annual.showing.cleaning import clean, one_line
from gongkai.annual.showing.naming import number
from gongkai.annual.writing.paper import FormTable, Paper, SectionHeading

QUOTED = 30
"""So many characters of a text are quoted."""

BLANK = ("空白", "blank")
ABSENT = ("没有这一格", "no such cell")


@dataclass(frozen=True, slots=True)
class Difference:
    """What does not stand in the written file as it stands in the report: where (in both languages), what the report
    says, what was read back."""

    where: str
    where_en: str
    wanted: tuple[str, str]
    found: tuple[str, str]

    def words(self, lang: str = "zh") -> str:
        """The difference in one clause."""
        if lang == "zh":
            return f"{self.where}应为{self.wanted[0]}，读回{self.found[0]}"
        return f"{self.where_en}: {self.wanted[1]} was to stand there, {self.found[1]} was read back"


def differences(report: Report, paper: Paper | None, again: Report) -> tuple[Difference, ...]:
    """What the file that was read back says otherwise than the report; empty where the file is proven.

    ``paper`` is what was written, where it is not the report itself (JSON): a title and headings where the report has
    none, and the cells that it lacks, which stand there blank.
    """
    content, found = report.content, again.content
    return (
        *_words("机关", "agency", content.agency or "", found.agency or ""),
        *_words("年度", "year", str(content.year or ""), str(found.year or "")),
        *_words("标题", "title", content.title or (found.title if paper else ""), found.title),
        *_cells(content, paper, found),
        *_rows(content, paper, found),
        *_headings(content, paper, found),
        *_paragraphs(content, found),
    )


def not_blank(form: Form, again: Report) -> tuple[Difference, ...]:
    """What is wrong with a blank form that was read back: a cell that is not there, or holds a figure."""
    there = {name: _shown(cell.value) for name, cell in again.cells()}
    wanted = {
        f"{table.name}/{key}": (table.label(key), table.label(key, "en"))
        for table in form.tables.values()
        for key in table.cells
    }
    return tuple(
        Difference(f"“{zh}”", f"“{en}”", BLANK, there.get(cell, ABSENT))
        for cell, (zh, en) in wanted.items()
        if there.get(cell, ABSENT) != BLANK
    )


def _words(where: str, where_en: str, wanted: str, found: str) -> Iterator[Difference]:
    if _tight(wanted) != _tight(found):
        yield Difference(where, where_en, _quoted(wanted), _quoted(found))


_UNSEEN = re.compile(r"[\s\ufffd\u00ad\u200b-\u200f\u2060-\u2064]")


def _tight(text: str) -> str:
    """The text without blanks and without characters that cannot be seen."""
    return _UNSEEN.sub("", clean(text))


def _quoted(text: str) -> tuple[str, str]:
    shown = one_line(text[:QUOTED]) + ("…" if len(text) > QUOTED else "")
    return f"“{shown}”", f"“{shown}”"


def _shown(value: Number | None) -> tuple[str, str]:
    return BLANK if value is None else (number(value), number(value))


def _cells(content: Content, paper: Paper | None, found: Content) -> Iterator[Difference]:
    """Every cell of every table of the forms that was written, and every cell that was read and not written."""
    printed = _printed(paper)
    for name in TABLES:
        form = printed.get(name)
        wanted = dict(content.tables.get(name, {}))
        if form is not None:
            wanted = dict.fromkeys(form.table.cells) | wanted
        cells = found.tables.get(name, {})
        for key in dict.fromkeys((*wanted, *cells)):
            if key not in wanted or key not in cells or wanted[key] != cells[key]:
                told = _shown(wanted[key]) if key in wanted else ABSENT
                read = _shown(cells[key]) if key in cells else ABSENT
                yield Difference(*_named(form, name, key), told, read)


def _named(form: FormTable | None, table: str, key: str) -> tuple[str, str]:
    """What to call a cell: its labels, or its full name where the table is not at hand."""
    if form is None or key not in form.table.cells:
        return f"“{table}/{key}”", f"“{table}/{key}”"
    return f"“{form.table.label(key)}”", f"“{form.table.label(key, 'en')}”"


def _printed(paper: Paper | None) -> dict[str, FormTable]:
    if paper is None:
        return {}
    return {piece.table.name: piece for piece in paper.tables() if isinstance(piece, FormTable)}


def _rows(content: Content, paper: Paper | None, found: Content) -> Iterator[Difference]:
    """The rows of a statistical table; those of the form of 2014 that the report lacks stand there blank."""
    wanted = list(content.indicators)
    form = _printed(paper).get(INDICATORS)
    if form is not None:
        figures = [form.figures.get(f"{INDICATORS}/{row.key}") for row in form.table.rows]
        rows = [
            Indicator(row.label, row.unit, Cell(figure)) for row, figure in zip(form.table.rows, figures, strict=True)
        ]
        wanted = [(row.words, row.unit, row.cell.value, None) for row in rows]
    for row, again in zip_longest(wanted, found.indicators):
        if row != again:
            label = (row or again or ("",))[0]
            told, read = ((_row(one), _row(one)) if one else ABSENT for one in (row, again))
            yield Difference(f"“{label}”", f"“{label}”", told, read)


def _row(row: tuple[str, str, Number | None, Number | None]) -> str:
    label, unit, value, more = row
    return one_line(f"{label} {number(value)} {number(more)} {unit}")


def _headings(content: Content, paper: Paper | None, found: Content) -> Iterator[Difference]:
    """A report without headings of its own may have those of the form, which are printed for it."""
    if not content.headings and not found.headings:
        return
    printed = [piece for piece in paper.pieces if isinstance(piece, SectionHeading)] if paper else []
    wanted = content.headings or [(each.section, Heading(each.text, each.section, Where()).words) for each in printed]
    for told, read in zip_longest(wanted, found.headings, fillvalue=(None, "")):
        if (told[0], _tight(told[1])) != (read[0], _tight(read[1])):
            yield Difference("标题行", "heading", _quoted(told[1]), _quoted(read[1]))


def _paragraphs(content: Content, found: Content) -> Iterator[Difference]:
    for told, read in zip_longest(_sections(content), _sections(found), fillvalue=(None, "")):
        if told != read:
            at = next((at for at, (one, other) in enumerate(zip(told[1], read[1], strict=False)) if one != other), 0)
            yield Difference("正文", "text", _quoted(told[1][at:]), _quoted(read[1][at:]))


_NO_WORDS = re.compile(r"[\W\d_]*")


def _sections(content: Content) -> list[tuple[int | None, str]]:
    """The running text section by section, without blanks and without lines that hold no words (——)."""
    spoken = [(section, _tight(text)) for section, text in content.paragraphs if not _NO_WORDS.fullmatch(text)]
    return [(section, "".join(text for _, text in run)) for section, run in groupby(spoken, key=lambda one: one[0])]
