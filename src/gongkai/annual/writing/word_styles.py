"""The styles and settings of a DOCX in the official layout, instead of those of the library's template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from gongkai.annual.writing.official import (
    BODY_PT,
    CELL_PITCH_PT,
    FANGSONG,
    HEI,
    INDENT,
    KAI,
    LIKE,
    LINE_PT,
    PAGE_NUMBER_PT,
    RED,
    SONG,
    SONG_TITLE,
    TABLE_PT,
    TITLE_PITCH_PT,
    TITLE_PT,
)

TITLE, HEADING, SUBHEADING, NOTICE, CELL, GAP = "Title", "Heading1", "Heading2", "Notice", "Cell", "Gap"
HEADER, FOOTER, BODY = "Header", "Footer", "Normal"
"""The styles by their ids."""

TWIPS = 20
"""A point has 20 twips, a character's width 100 hundredths: the units of the format."""

GAP_PT = 14.0
"""The space between a table and what follows it."""


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style: its id, its name as Word knows it, fount, size, pitch of lines (0: as the fount has it)."""

    id: str
    name: str
    fount: str
    size: float
    pitch: float = LINE_PT
    align: str = "both"
    indent: int = 0
    outline: int | None = None
    colour: str = ""
    boxed: bool = False


STYLES = (
    _Style(BODY, "Normal", FANGSONG, BODY_PT, indent=INDENT),
    _Style(TITLE, "Title", SONG_TITLE, TITLE_PT, TITLE_PITCH_PT, "center"),
    _Style(HEADING, "heading 1", HEI, BODY_PT, indent=INDENT, outline=0),
    _Style(SUBHEADING, "heading 2", KAI, BODY_PT, indent=INDENT, outline=1),
    _Style(NOTICE, "Notice", HEI, BODY_PT, colour=RED, boxed=True, align="left"),
    _Style(CELL, "Cell", SONG, TABLE_PT, CELL_PITCH_PT, "center"),
    _Style(GAP, "Gap", SONG, TABLE_PT, GAP_PT),
    _Style(HEADER, "header", HEI, PAGE_NUMBER_PT, 0, "center", colour=RED),
    _Style(FOOTER, "footer", SONG, PAGE_NUMBER_PT, 0, "right"),
)


def apply_styles(document: Any) -> None:
    """Gives the document these styles and no others, its language, and pages that differ left and right."""
    element = document.styles.element
    for child in list(element):
        element.remove(child)
    for xml in (_defaults(), *map(_style, STYLES), _TABLE_STYLE):
        element.append(parse_xml(xml))
    settings = document.settings.element
    for name in ("w:savePreviewPicture", "w:rsids", "w:shapeDefaults", "w:zoom", "w:proofState"):
        for child in settings.findall(name, settings.nsmap):
            settings.remove(child)
    for language in settings.findall("w:themeFontLang", settings.nsmap):
        language.set(f"{{{settings.nsmap['w']}}}val", "zh-CN")
        language.set(f"{{{settings.nsmap['w']}}}eastAsia", "zh-CN")
    for setting in settings.iterfind(".//w:compatSetting[@w:name='compatibilityMode']", settings.nsmap):
        setting.set(f"{{{settings.nsmap['w']}}}val", "15")
    document.settings.odd_and_even_pages_header_footer = True
    _name_founts(document)


def _defaults() -> str:
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    return (
        f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>{founts(FANGSONG)}{size(BODY_PT)}{language}</w:rPr>"
        f"</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


_TABLE_STYLE = (
    f'<w:style {nsdecls("w")} w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    f"<w:tblPr/></w:style>"
)


def _style(style: _Style) -> str:
    default = ' w:default="1"' if style.id == BODY else ""
    based = "" if style.id == BODY else f'<w:basedOn w:val="{BODY}"/>'
    after = f'<w:next w:val="{BODY}"/>' if style.outline is not None or style.id == TITLE else ""
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph"{default} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f"{based}{after}<w:qFormat/><w:pPr>{''.join(_paragraph(style))}</w:pPr>"
        f"<w:rPr>{founts(style.fount)}{_colour(style)}{size(style.size)}</w:rPr></w:style>"
    )


def _paragraph(style: _Style) -> Iterator[str]:
    """The properties of the style's paragraphs, in the order that the format prescribes."""
    if style.outline is not None:
        yield "<w:keepNext/><w:keepLines/>"
    if style.boxed:
        sides = "".join(
            f'<w:{side} w:val="single" w:sz="12" w:space="6" w:color="{style.colour}"/>'
            for side in ("top", "left", "bottom", "right")
        )
        yield f"<w:pBdr>{sides}</w:pBdr>"
    yield f'<w:overflowPunct w:val="{int(style.id == BODY)}"/>'
    rule = (
        f' w:line="{int(style.pitch * TWIPS)}" w:lineRule="exact"' if style.pitch else ' w:line="240" w:lineRule="auto"'
    )
    below = int(LINE_PT * TWIPS) if style.id == TITLE else 0
    yield f'<w:spacing w:before="0" w:after="{below}"{rule}/>'
    yield f'<w:ind w:firstLineChars="{style.indent * 100}" w:firstLine="{int(style.indent * style.size * TWIPS)}"/>'
    yield f'<w:jc w:val="{style.align}"/>'
    if style.outline is not None:
        yield f'<w:outlineLvl w:val="{style.outline}"/>'


def _colour(style: _Style) -> str:
    return f'<w:color w:val="{style.colour}"/>' if style.colour else ""


def founts(name: str) -> str:
    """The fount for Chinese and for the letters and figures between."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def size(points: float) -> str:
    """The size of type; the format counts half points."""
    return f'<w:sz w:val="{int(points * 2)}"/><w:szCs w:val="{int(points * 2)}"/>'


def _name_founts(document: Any) -> None:
    """The table of founts, which tells what to take where one is not there."""
    fonts = "".join(f'<w:font w:name="{name}"><w:altName w:val="{like}"/></w:font>' for name, like in LIKE.items())
    table = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            relation.target_part._blob = table.encode()
