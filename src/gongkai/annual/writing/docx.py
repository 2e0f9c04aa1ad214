"""A report as DOCX in the layout of official documents (GB/T 9704-2012), its tables as the form prints them."""

from __future__ import annotations

from io import BytesIO
from itertools import zip_longest
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from gongkai.annual.form import Table, forms
from gongkai.annual.reading.words.agencies import is_area, plausible
from gongkai.annual.reading.words.frame import UNNAMED
from gongkai.annual.reading.words.notices import BEGIN
from gongkai.annual.report import INDICATORS
from gongkai.annual.showing.cleaning import one_line
from gongkai.annual.showing.naming import CREATOR
from gongkai.annual.writing import word_styles
from gongkai.annual.writing.official import (
    BOTTOM_MM,
    KAI,
    LEFT_MM,
    PAGE_MM,
    PAGE_NUMBER_MM,
    PAGE_NUMBER_PT,
    RIGHT_MM,
    TITLE_CHARACTERS,
    TOP_MM,
)
from gongkai.annual.writing.paper import FormTable, Paper, Paragraph, SectionHeading
from gongkai.annual.writing.printed import lead_of
from gongkai.annual.writing.word_tables import table

NOT_NEEDED = frozenset(
    ("thumbnail", "extended-properties", "stylesWithEffects", "webSettings", "customXml", "numbering")
)
"""Parts of the library's template, by the kind of their relation."""

NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of every part of the file, the earliest that a ZIP can name."""


def docx(paper: Paper) -> bytes:
    """The paper as a DOCX file."""
    document = Document()
    word_styles.apply_styles(document)
    _page(document, paper)
    _about(document, paper)
    body = document.element.body
    end = body.sectPr
    for text in paper.notices:
        _add(document, text, word_styles.NOTICE)
    if paper.notices:
        _add(document, "", word_styles.GAP)
    _title(document, paper)
    to_fill_in = not any(isinstance(piece, Paragraph) for piece in paper.pieces)
    for piece, following in zip_longest(paper.pieces, paper.pieces[1:]):
        if isinstance(piece, SectionHeading):
            _add(document, piece.text, word_styles.HEADING)
            if to_fill_in and (following is None or isinstance(following, SectionHeading)):
                _add(document, "", word_styles.BODY)
        elif isinstance(piece, Paragraph):
            _paragraph(document, piece.text)
        else:
            end.addprevious(table(piece, None if isinstance(piece, FormTable) else _own_table()))
            _add(document, "", word_styles.GAP)
    return _file(document)


def _file(document: Any) -> bytes:
    """The bytes of the file, the same for the same paper: no part of it has a time."""
    _leave_out(document.part.rels)
    _leave_out(document.part.package.rels)
    saved, file = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as made, ZipFile(file, "w", ZIP_DEFLATED) as package:
        for part in made.infolist():
            package.writestr(ZipInfo(part.filename, NO_TIME), made.read(part), ZIP_DEFLATED)
    return file.getvalue()


def _leave_out(relations: Any) -> None:
    """Takes out what the library's template brings and no report needs, its picture of an empty page among them."""
    for key in [key for key, relation in relations.items() if relation.reltype.rpartition("/")[2] in NOT_NEEDED]:
        del relations[key]


def _own_table() -> Table:
    """The table of 2014, whose headings stand over statistical tables of an agency's own too."""
    return next(form for form in forms().values() if INDICATORS in form.tables).tables[INDICATORS]


def _add(document: Any, text: str, style: str) -> Any:
    """A paragraph of that style at the end of the document."""
    paragraph = document.add_paragraph()
    paragraph._p.get_or_add_pPr().get_or_add_pStyle().set(qn("w:val"), style)
    if text:
        paragraph.add_run(one_line(text))
    return paragraph


def _title(document: Any, paper: Paper) -> None:
    """The title; one too long for a line is broken behind the agency's name, where its sense breaks (7.3.1)."""
    title = one_line(paper.title)
    name = one_line(paper.agency) or UNNAMED
    rest = title.removeprefix(name)
    whole = len(title) <= TITLE_CHARACTERS or rest == title or len(rest) > TITLE_CHARACTERS
    # A name on a line of its own is known again only where it looks like one.
    if whole or not (name == UNNAMED or plausible(name) or is_area(name)):
        _add(document, title, word_styles.TITLE)
        return
    paragraph = _add(document, name, word_styles.TITLE)
    paragraph.runs[0].add_break()
    paragraph.add_run(rest)


def _paragraph(document: Any, text: str) -> None:
    """A paragraph; a heading of the second level at its beginning in its own type."""
    lead, rest = lead_of(one_line(text))
    if not lead:
        _add(document, rest, word_styles.BODY)
    elif not rest:
        _add(document, lead, word_styles.SUBHEADING)
    else:
        paragraph = _add(document, lead, word_styles.BODY)
        properties = paragraph.runs[0]._r.get_or_add_rPr()
        properties.append(parse_xml(word_styles.founts(KAI).replace("/>", f" {nsdecls('w')}/>")))
        paragraph.add_run(rest)


def _page(document: Any, paper: Paper) -> None:
    """Paper, margins, page numbers; on every page of a report with notices that it must not be published."""
    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, PAGE_MM)
    section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    section.footer_distance = Mm(BOTTOM_MM - PAGE_NUMBER_MM) - int(PAGE_NUMBER_PT * Mm(25.4) / 72)
    for footer, align, side in ((section.footer, "right", "right"), (section.even_page_footer, "left", "left")):
        _number(footer, align, side)
    if paper.notices:
        for header in (section.header, section.even_page_header):
            _in_margin(header, word_styles.HEADER).add_run(BEGIN)


def _in_margin(part: Any, style: str) -> Any:
    """The paragraph of a header or footer."""
    part.is_linked_to_previous = False
    paragraph = part.paragraphs[0]
    paragraph._p.get_or_add_pPr().get_or_add_pStyle().set(qn("w:val"), style)
    return paragraph


def _number(footer: Any, align: str, side: str) -> None:
    """— 1 —, a character away from the edge: odd pages right, even pages left (7.5)."""
    paragraph = _in_margin(footer, word_styles.FOOTER)
    properties = paragraph._p.get_or_add_pPr()
    width = int(PAGE_NUMBER_PT * word_styles.TWIPS)
    properties.append(parse_xml(f'<w:ind {nsdecls("w")} w:{side}Chars="100" w:{side}="{width}"/>'))
    properties.append(parse_xml(f'<w:jc {nsdecls("w")} w:val="{align}"/>'))
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    run = paragraph.add_run("1")
    field.append(run._r)
    paragraph.add_run(" —")


def _about(document: Any, paper: Paper) -> None:
    """The document's properties. Its days are left out: no clock is asked, and the template's are not this file's."""
    about = document.core_properties
    about.title, about.author, about.language = one_line(paper.title), one_line(paper.agency), "zh-CN"
    about.subject, about.keywords = paper.form.title, paper.form.basis
    about.comments = ""
    about.last_modified_by = CREATOR
    for child in list(about._element):
        if child.tag.endswith(("}created", "}modified", "}revision")):
            about._element.remove(child)
