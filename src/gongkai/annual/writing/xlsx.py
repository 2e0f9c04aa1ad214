"""A report as a workbook: the fill-in form (填报表) of an officer, which checks itself while it is filled in.

A sheet that says how to fill it in and how it stands, the text, and each table as the form prints it. A written report
has its figures as values: what is published is what was checked, and a total that differs from its parts is shown to
differ, not mended. In a blank form the totals that a rule decides are formulas. Nothing that comes from a report is
ever written as a formula.
"""

from __future__ import annotations

from gongkai.annual.showing.words import say
from gongkai.annual.writing.paper import NUMERALS, FormTable, ListTable, Paper, Paragraph
from gongkai.annual.writing.workbook.cover import write_cover
from gongkai.annual.writing.workbook.saving import Book
from gongkai.annual.writing.workbook.tables import Filled, write_table
from gongkai.annual.writing.workbook.texts import write_list, write_text, write_title


def xlsx(paper: Paper, lang: str = "zh") -> bytes:
    """The workbook as the bytes of its file; the same paper gives the same bytes.

    ``lang`` is the language of the instructions and checks; the labels of the form are as the form has them.
    """
    blank = _is_blank(paper)
    book = Book()
    properties = book.book.properties
    properties.creator, properties.title, properties.language = paper.agency or None, paper.title, "zh-CN"
    cover = book.sheet(say("workbook_cover", lang))
    text = say("workbook_text", lang)
    names: dict[int, str] = {}
    for piece in paper.tables():
        section = _section(piece, paper)
        names.setdefault(section, _name(piece, section, {text, *names.values()}, lang))
    write_text(book, text, paper, names, lang, blank=blank)
    filled: list[Filled] = []
    for piece in paper.tables():
        name = names.get(_section(piece, paper), "")
        if name in book.book.sheetnames:
            name = _name(piece, _section(piece, paper), set(book.book.sheetnames), lang)
        if isinstance(piece, FormTable):
            filled.append(write_table(book, name, piece, lang, blank=blank))
        else:
            write_list(book, name, piece)
    typed = write_cover(book, cover, paper, filled, text, lang, blank=blank)
    write_title(book, book.book[text], paper, typed if blank else None)
    return book.file()


def _is_blank(paper: Paper) -> bool:
    """Whether the paper is a form to be filled in: no figures, no text."""
    figures = (table.figures for table in paper.tables() if isinstance(table, FormTable))
    other = any(isinstance(piece, (Paragraph, ListTable)) for piece in paper.pieces)
    return not other and all(value is None for each in figures for value in each.values())


def _section(piece: FormTable | ListTable, paper: Paper) -> int:
    """The section under which a table stands; a list has that of the national table that it takes the place of."""
    return piece.table.section if isinstance(piece, FormTable) else len(paper.form.sections)


def _name(piece: FormTable | ListTable, section: int, taken: set[str], lang: str) -> str:
    """The name of a table's sheet (表三), each once."""
    if isinstance(piece, ListTable) or piece.table.name == "indicators":
        name = say("workbook_list", lang)
    else:
        number = NUMERALS[section - 1] if lang == "zh" else section
        name = say("workbook_table", lang, number=number)
    same = (f"{name} {number}" for number in range(2, 100))
    return name if name not in taken else next(other for other in same if other not in taken)
