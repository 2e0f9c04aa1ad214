"""DOCX, as Word, WPS and LibreOffice write it → lines and grids, from the XML itself."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from gongkai.annual.finding import Where
from gongkai.annual.reading.document import Block, Document, Grid, GridCell, Line, Unreadable
from gongkai.annual.reading.files.archive import Archive, broken, parse_xml
from gongkai.annual.reading.files.dividing import divide
from gongkai.annual.reading.files.docx.names import DROPPED, MC, A, R, V, W, choice
from gongkai.annual.reading.files.docx.runs import Text, collect
from gongkai.annual.reading.files.docx.styles import Numbering, Styles
from gongkai.annual.reading.files.joining import joined, tidy
from gongkai.annual.reading.files.limits import CELLS, COLUMNS, ELEMENTS, TABLES_DEEP, TEXT_CHARACTERS, too_large

_STRICT = b"http://purl.oclc.org/ooxml/"
_MAIN = "word/document.xml"


@dataclass(slots=True)
class _Reader:
    """What is known while going through a document."""

    archive: Archive
    styles: Styles
    numbering: Numbering
    folder: str
    paragraphs: int = 0
    tables: int = 0
    cells: int = 0
    characters: int = 0


def read_docx(data: bytes) -> Document:
    """The document's lines and grids. Headers, footers, notes, comments and deleted text are no part of it.

    Raises Unreadable if the file is cut off, damaged, encrypted or larger than a report.
    """
    archive = Archive(data)
    main = _main_part(archive)
    root = _part(archive, main)
    if sum(1 for _ in root.iter()) > ELEMENTS:
        raise too_large("文档元素数", "number of elements of the document", ELEMENTS)
    folder = posixpath.dirname(main)
    styles = Styles(_optional(archive, f"{folder}/styles.xml"))
    numbering = Numbering(_optional(archive, f"{folder}/numbering.xml"))
    body = root.find(f"{W}body")
    if body is None:
        raise broken()
    reader = _Reader(archive, styles, numbering, folder)
    blocks = tuple(_blocks(body, reader, "", 0))
    pictures = sum(1 for _ in body.iter(f"{A}blip", f"{V}imagedata"))
    if pictures and not blocks:
        raise Unreadable(
            f"文档里只有 {pictures} 张图片，没有文字；请另存为 PDF 后重试（识别图片需要 OCR 组件）",
            f"the document holds {pictures} pictures and no text; save it as PDF and try again (this needs OCR)",
        )
    left_out = (f"文档中的 {pictures} 张图片未读", f"{pictures} pictures in the document were not read")
    return Document("docx", blocks, notes=(left_out,) if pictures else ())


def _main_part(archive: Archive) -> str:
    """The name of the document's main part, which a few programs do not call word/document.xml."""
    if _MAIN in archive.names:
        return _MAIN
    if "_rels/.rels" in archive.names:
        for relation in archive.xml("_rels/.rels"):
            if relation.get("Type", "").endswith("/officeDocument"):
                return (relation.get("Target") or "").lstrip("/")
    raise broken()


def _part(archive: Archive, name: str) -> etree._Element:
    data = archive.read(name)
    if _STRICT in data[:4096]:
        # ISO strict documents say the same in other namespaces.
        data = data.replace(_STRICT + b"wordprocessingml/main", W[1:-1].encode())
        data = data.replace(_STRICT + b"officeDocument/relationships", R[1:-1].encode())
    return parse_xml(data)


def _optional(archive: Archive, name: str) -> etree._Element | None:
    """A part that the text can be read without; a damaged one counts as missing."""
    if name not in archive.names:
        return None
    try:
        return _part(archive, name)
    except Unreadable:
        return None


def _blocks(parent: etree._Element, reader: _Reader, path: str, depth: int) -> Iterator[Block]:
    """The paragraphs and tables of a body, cell, content control or text box, in order."""
    for element in parent:
        tag = element.tag
        if tag == f"{W}p":
            yield from _paragraph(element, reader, path, depth)
        elif tag == f"{W}tbl":
            yield from _table(element, reader, path, depth)
        elif tag == f"{W}altChunk":
            yield from _chunk(element, reader)
        elif tag == f"{MC}AlternateContent":
            if (chosen := choice(element)) is not None:
                yield from _blocks(chosen, reader, path, depth)
        elif tag not in DROPPED and len(element):
            yield from _blocks(element, reader, path, depth)


def _paragraph(element: etree._Element, reader: _Reader, path: str, depth: int) -> Iterator[Block]:
    """The paragraph's lines, then what stands in its text boxes."""
    style = reader.styles.of(element)
    if style.contents:
        return
    found = Text()
    collect(element, found)
    text = "".join(found.pieces)
    reader.characters += len(text)
    if reader.characters > TEXT_CHARACTERS:
        raise too_large("文字数", "number of characters", TEXT_CHARACTERS)
    number = reader.numbering.prefix(style) if style.numbered else ""
    if text.strip() or path:  # a cell may hold nothing but its automatic number
        text = number + text
    if text.strip() and not path:
        reader.paragraphs += 1
    where = Where(element=path or f"p[{reader.paragraphs}]")
    for line in text.split("\n"):
        if shown := tidy(line):
            yield Line(shown, where, heading=style.heading)
    for box in found.boxes:
        if depth >= TABLES_DEEP:
            raise too_large("嵌套层数", "levels of nesting", TABLES_DEEP)
        yield from _blocks(box, reader, path, depth + 1)


def _chunk(element: etree._Element, reader: _Reader) -> Iterator[Block]:
    """A whole file put into the document (some programs wrap a web page so)."""
    relations = _optional(reader.archive, f"{reader.folder}/_rels/document.xml.rels")
    wanted = element.get(f"{R}id")
    for relation in relations if relations is not None else ():
        if relation.get("Id") == wanted:
            target = relation.get("Target") or ""
            name = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{reader.folder}/{target}")
            data = reader.archive.read(name)
            if data[:2] == b"PK":  # an archive inside the archive is not opened
                return
            from gongkai.annual.reading.files.html.mhtml import read_web

            yield from read_web(data).blocks


def _table(table: etree._Element, reader: _Reader, path: str, depth: int) -> Iterator[Block]:
    """The table as a grid, then the grids inside its cells.

    In DOCX every cell says how many columns of the grid it spans, and a cell merged downwards is written again, empty,
    in each row (``vMerge`` without a value).
    """
    if depth >= TABLES_DEEP:
        raise too_large("表格嵌套层数", "tables within tables", TABLES_DEEP)
    reader.tables += 1
    number = reader.tables
    cells: list[GridCell] = []
    contents: list[list[Block]] = []
    above: dict[tuple[int, int], int] = {}
    row = 0
    for element in _children(table, f"{W}tr"):
        properties = element.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            continue
        column = _number(properties, "gridBefore", 0)
        here: dict[tuple[int, int], int] = {}
        beside = False
        for at, cell in enumerate(_children(element, f"{W}tc"), 1):
            settings = cell.find(f"{W}tcPr")
            if settings is not None and settings.find(f"{W}cellDel") is not None:
                continue
            span = _number(settings, "gridSpan", 1)
            if column + span > COLUMNS:
                raise too_large("表格列数", "number of table columns", COLUMNS)
            reader.cells += 1
            if reader.cells > CELLS:
                raise too_large("表格单元格数", "number of table cells", CELLS)
            path = f"table[{number}]/row[{row + 1}]/cell[{at}]"
            content = list(_blocks(cell, reader, path, depth + 1))
            text = joined(block.text for block in content if isinstance(block, Line))
            down = _merge(settings, "vMerge")
            if beside and _merge(settings, "hMerge") == "continue":
                index = len(cells) - 1
                cells[index] = replace(cells[index], colspan=cells[index].colspan + span)
            elif down == "continue" and (column, span) in above:
                index = here[column, span] = above[column, span]
                cells[index] = replace(cells[index], rowspan=row - cells[index].row + 1)
            else:
                index = len(cells)
                cells.append(GridCell("", row, column, 1, span, Where(element=path)))
                contents.append([])
                if down:
                    here[column, span] = index
            # Text left in a cell that is merged away is not shown; it is kept where it says something else.
            if text and text != cells[index].text:
                cells[index] = replace(cells[index], text=joined((cells[index].text, text)))
                contents[index] += content
            else:
                contents[index] += [block for block in content if isinstance(block, Grid)]
            beside = True
            column += span
        above = here
        row += 1
    yield from divide(cells, contents, Where(element=f"table[{number}]"))


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also those inside content controls and marks of insertion."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag not in DROPPED and element.tag != f"{W}tbl":
            chosen = choice(element) if element.tag == f"{MC}AlternateContent" else element
            if chosen is not None:
                yield from _children(chosen, tag)


def _number(properties: etree._Element | None, name: str, least: int) -> int:
    found = properties.find(f"{W}{name}") if properties is not None else None
    try:
        return max(least, int(found.get(f"{W}val", least))) if found is not None else least
    except ValueError:
        return least


def _merge(settings: etree._Element | None, name: str) -> str | None:
    """``restart``, ``continue`` (also where the value is missing) or None."""
    found = settings.find(f"{W}{name}") if settings is not None else None
    return None if found is None else ("restart" if found.get(f"{W}val") == "restart" else "continue")
