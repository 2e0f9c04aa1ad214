"""A file of any kind → a document: what it is is told by its content, its name is only a hint."""

from __future__ import annotations

from dataclasses import replace

from gongkai.annual.reading.document import Document, Grid, NoText, Unreadable
from gongkai.annual.reading.files.archive import Archive, broken, encrypted
from gongkai.annual.reading.files.convert import converted
from gongkai.annual.reading.files.docx import read_docx
from gongkai.annual.reading.files.encoding import decode
from gongkai.annual.reading.files.extras import ocr_missing
from gongkai.annual.reading.files.guard import failed
from gongkai.annual.reading.files.html import declared_encoding, read_markup
from gongkai.annual.reading.files.html.mhtml import read_mhtml
from gongkai.annual.reading.files.kinds import Kind, image_format, kind_of, looks_like_markup, packing
from gongkai.annual.reading.files.limits import FILE_BYTES, MARKUP_BYTES, MEGABYTE, PICTURE_PAGES, too_large
from gongkai.annual.reading.files.pdf import read_pdf
from gongkai.annual.reading.files.sheet import read_sheets
from gongkai.annual.reading.files.text import parse_text


def open_document(data: bytes, name: str = "") -> Document:
    """The lines and grids of a file.

    ``data`` is the file, ``name`` its name or address: only its extension is used, and only where the content leaves a
    choice (Markdown or plain text). Raises Unreadable, whose message says what is wrong with the file and what to do:
    empty, encrypted, cut off, too large, a picture without the extra for OCR, or no kind of file that is read here.
    """
    if len(data) > FILE_BYTES:
        raise too_large("文件大小", "size of the file", f"{FILE_BYTES // MEGABYTE} MB")
    try:
        return _open(data, name.lower())
    except (RecursionError, MemoryError) as error:
        raise too_large("文件结构的复杂程度", "complexity of the file", "—") from error
    except Unreadable:
        raise
    except Exception as error:
        # Libraries raise what they like on files that nobody thought of. The file is at fault or the reader is; either
        # way there is no report, and the cause stays attached for whoever looks into it.
        raise failed() from error


def _open(data: bytes, name: str) -> Document:
    kind = kind_of(data)
    match kind:
        case Kind.PDF:
            return _read_pdf(data)
        case Kind.IMAGE:
            return _read_scan(data, image_format(data) or "image")
        case Kind.ZIP:
            return _read_zip(data)
        case Kind.DOC | Kind.RTF:
            return _as(kind, read_docx(converted(data, kind)))
        case Kind.XLS:
            return read_sheets(data, kind)
        case Kind.MHTML:
            return read_mhtml(data)
        case Kind.WORD_XML:
            return _as(kind, read_docx(converted(data, "xml")))
        case Kind.SHEET_XML:
            made = converted(data, "xml", "xlsx")
            return _as(kind, read_sheets(made, Kind.XLSX, Archive(made)))
        case Kind.TEXT:
            return _read_text(data, name)
    raise _refusal(kind, packing(data) or "")


def _read_pdf(data: bytes) -> Document:
    try:
        document = read_pdf(data)
    except NoText:
        return _read_scan(data, Kind.PDF)
    return _with_pictures(data, document) if document.image_pages else document


def _with_pictures(data: bytes, document: Document) -> Document:
    """A PDF of which some pages are pictures, with the tables recognised on them (and the text, where a page has none).

    Where that is not possible the document stays as it is: its ``image_pages`` say what was not read.
    """
    tables = {block.where.page for block in document.grids()}
    wanted = tuple(page for page in document.image_pages if page not in tables)
    if not 0 < len(wanted) <= PICTURE_PAGES:
        return document
    try:
        scan = _read_scan(data, Kind.PDF, wanted)
    except Unreadable:
        return document
    texts = {block.where.page for block in document.blocks}
    found = [block for block in scan.blocks if isinstance(block, Grid) or block.where.page not in texts]
    done = {block.where.page for block in found}
    return replace(
        document,
        blocks=tuple(sorted([*document.blocks, *found], key=lambda block: block.where.page or 0)),
        image_pages=tuple(page for page in document.image_pages if page not in done),
    )


def _read_scan(data: bytes, kind: str, pages: tuple[int, ...] | None = None) -> Document:
    try:
        from gongkai.annual.reading.files.ocr import read_scan

        return read_scan(data, kind, pages=pages)
    except ImportError as error:
        raise ocr_missing() from error


def _read_zip(data: bytes) -> Document:
    """A DOCX, XLSX, ODS or ODT; other archives are named and refused, never unpacked."""
    archive = Archive(data)
    names = archive.names
    if "mimetype" in names:
        kind = archive.read("mimetype", 200).strip()
        if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return read_sheets(data, Kind.ODS, archive)
        if kind.startswith(b"application/vnd.oasis.opendocument.text"):
            archive.check_all()
            return _as(Kind.ODT, read_docx(converted(data, Kind.ODT)))
    if "xl/workbook.xml" in names:
        return read_sheets(data, Kind.XLSX, archive)
    package = "[Content_Types].xml" in names and "_rels/.rels" in names
    if "word/document.xml" in names or (package and not any(name.startswith(("ppt/", "xl/")) for name in names)):
        return read_docx(data)
    if any(name.rpartition("/")[2] == "OFD.xml" for name in names):
        raise _refusal(Kind.OFD)
    raise _refusal(Kind.OTHER_OFFICE if "[Content_Types].xml" in names else Kind.PACKED, "ZIP")


def _read_text(data: bytes, name: str) -> Document:
    text = decode(data, declared_encoding(data))
    if looks_like_markup(text, name):
        if len(data) > MARKUP_BYTES:
            raise too_large("网页大小", "size of the page", f"{MARKUP_BYTES // MEGABYTE} MB")
        return read_markup(text)
    return parse_text(text, name)


def _as(kind: str, document: Document) -> Document:
    return Document(kind, document.blocks, notes=document.notes)


def _refusal(kind: Kind, packed: str = "") -> Unreadable:
    """What is wrong with a file of a kind that is not read, and what to do."""
    match kind:
        case Kind.EMPTY:
            return Unreadable(
                "文件是空的；请重新下载或重新导出",
                "the file is empty; download or export it again",
            )
        case Kind.ENCRYPTED:
            return encrypted()
        case Kind.PACKED:
            return Unreadable(
                f"这是 {packed} 压缩包；请先解压，再读取其中的年度报告文件",
                f"this is a {packed} archive; unpack it and read the report inside",
            )
        case Kind.OFD:
            return Unreadable(
                "OFD 版式文件暂不能直接读取；请用阅读器另存为 PDF 后重试",
                "OFD files are not read directly; save it as PDF in a reader and try again",
            )
        case Kind.OLE | Kind.OTHER_OFFICE:
            return Unreadable(
                "这种办公文件（演示文稿、邮件、二进制表格等）不能读取；请另存为 DOCX、XLSX 或 PDF",
                "office files of this kind (slides, mail, binary sheets) are not read; save it as DOCX, XLSX or PDF",
            )
    return broken()
