"""DOCX, as Word, WPS and LibreOffice write it → lines and grids, from the XML itself."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from gongkai.annual.finding import Where
from gongkai.annual.reading.document import Block, Document, Grid, GridCell, Line, Unreadable
from gongkai.annual.reading.files.archive import Archive, broken, parse_xml
from gongkai.annual.reading.files.dividing import divide
from gongkai.annual.reading.files.docx.styles import Numbering, Styles
from gongkai.annual.reading.files.joining import joined, tidy
from gongkai.annual.reading.files.limits import CELLS, COLUMNS, ELEMENTS, TABLES_DEEP, TEXT_CHARACTERS, too_large

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_STRICT = b"http://purl.oclc.org/ooxml/"
_MAIN = "word/document.xml"

_DROPPED = frozenset(W + name for name in (
    "del", "moveFrom", "delText", "instrText", "delInstrText", "rPr", "pPr", "tblPr", "tblGrid", "trPr", "tcPr",
    "tblPrEx", "sdtPr", "sdtEndPr", "sectPr", "footnoteReference", "endnoteReference", "annotationRef",
    "commentReference", "footnoteRef", "endnoteRef", "rt",
))  # fmt: skip
"""What is not (or no longer) part of the text as it is shown."""

_OFF = frozenset(("0", "false", "off", "none"))


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


@dataclass(slots=True)
class _Text:
    """The text of one paragraph as it is collected: its pieces, its text boxes, and whether each open field (outermost
    first) still shows its code. A field that is never closed ends with its paragraph, so that it swallows no more."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    codes: list[bool] = field(default_factory=list)

    def add(self, text: str | None) -> None:
        if text and not any(self.codes):
            self.pieces.append(text)


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
    pictures = sum(1 for _ in body.iter(f"{_A}blip", f"{_V}imagedata"))
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
        data = data.replace(_STRICT + b"officeDocument/relationships", _R[1:-1].encode())
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
        elif tag == f"{_MC}AlternateContent":
            if (chosen := _choice(element)) is not None:
                yield from _blocks(chosen, reader, path, depth)
        elif tag not in _DROPPED and len(element):
            yield from _blocks(element, reader, path, depth)


def _choice(element: etree._Element) -> etree._Element | None:
    """The one version of alternate content that is read: the first that has text, or is there at all."""
    versions = [child for child in element if child.tag in (f"{_MC}Choice", f"{_MC}Fallback")]
    with_text = (version for version in versions if next(version.iter(f"{W}t"), None) is not None)
    return next(with_text, versions[0] if versions else None)


def _paragraph(element: etree._Element, reader: _Reader, path: str, depth: int) -> Iterator[Block]:
    """The paragraph's lines, then what stands in its text boxes."""
    style = reader.styles.of(element)
    if style.contents:
        return
    found = _Text()
    _collect(element, found)
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


def _collect(element: etree._Element, found: _Text) -> None:
    """The text of a paragraph or a part of it; text boxes are put aside."""
    for child in element:
        tag = child.tag
        if tag == f"{W}r":
            _run(child, found)
        else:
            _collect_one(child, found)


def _collect_one(child: etree._Element, found: _Text) -> None:
    tag = child.tag
    if tag == f"{_MC}AlternateContent":
        if (chosen := _choice(child)) is not None:
            _collect(chosen, found)
    elif tag == f"{W}txbxContent":
        found.boxes.append(child)
    elif tag in (f"{W}t", f"{_M}t"):
        found.add(child.text)
    elif tag not in _DROPPED:
        _collect(child, found)


def _run(run: etree._Element, found: _Text) -> None:
    before = len(found.pieces)
    for child in run:
        tag = child.tag
        if tag == f"{W}tab":
            found.add("\t")
        elif tag in (f"{W}br", f"{W}cr"):
            found.add("\n")
        elif tag == f"{W}noBreakHyphen":
            found.add("-")
        elif tag == f"{W}sym":
            found.add(_symbol(child))
        elif tag == f"{W}fldChar":
            kind = child.get(f"{W}fldCharType")
            if kind == "begin":
                found.codes.append(True)
            elif found.codes and kind == "separate":
                found.codes[-1] = False
            elif found.codes and kind == "end":
                found.codes.pop()
        else:
            _collect_one(child, found)
    properties = run.find(f"{W}rPr")
    if properties is not None and len(found.pieces) > before:
        found.pieces[before:] = _as_shown("".join(found.pieces[before:]), properties)


def _as_shown(text: str, properties: etree._Element) -> list[str]:
    """Hidden text is not there; text struck out stands apart; a raised number is a note's mark, not digits of the
    figure before it."""
    if _on(properties, "vanish"):
        return []
    if _on(properties, "strike") or _on(properties, "dstrike"):
        return [f"\n{text}\n"]
    raised = properties.find(f"{W}vertAlign")
    if raised is not None and raised.get(f"{W}val") in ("superscript", "subscript") and text.strip().isdigit():
        return [f"[{text.strip()}]"]
    return [text]


def _on(properties: etree._Element, name: str) -> bool:
    found = properties.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val", "1").lower() not in _OFF


def _symbol(element: etree._Element) -> str:
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    # Symbol fonts put their characters at F000 and up.
    return chr(code - 0xF000 if 0xF020 <= code <= 0xF07E else code) if 0x20 <= code < 0xD800 or code >= 0xE000 else ""


def _chunk(element: etree._Element, reader: _Reader) -> Iterator[Block]:
    """A whole file put into the document (some programs wrap a web page so)."""
    relations = _optional(reader.archive, f"{reader.folder}/_rels/document.xml.rels")
    wanted = element.get(f"{_R}id")
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
        elif element.tag not in _DROPPED and element.tag != f"{W}tbl":
            chosen = _choice(element) if element.tag == f"{_MC}AlternateContent" else element
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
