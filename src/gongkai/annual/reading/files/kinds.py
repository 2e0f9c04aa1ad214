"""What kind of file bytes are, by their content."""

from __future__ import annotations

import re
from enum import StrEnum

from gongkai.annual.reading.files.html.mhtml import is_mhtml


class Kind(StrEnum):
    """The kinds of files that are told apart; those of the last block are recognised only to say what they are."""

    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    RTF = "rtf"
    ODT = "odt"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    WORD_XML = "word-xml"
    SHEET_XML = "sheet-xml"
    HTML = "html"
    MHTML = "mhtml"
    TEXT = "text"
    IMAGE = "image"

    ZIP = "zip"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    PACKED = "packed"
    OFD = "ofd"
    OLE = "ole"
    OTHER_OFFICE = "office"


EXTENSIONS = frozenset(
    [
        *("pdf", "docx", "docm", "doc", "wps", "rtf", "odt"),
        *("html", "htm", "xhtml", "shtml", "mht", "mhtml"),
        *("xlsx", "xlsm", "xls", "et", "ods", "csv", "tsv"),
        *("txt", "text", "md", "markdown"),
        *("png", "jpg", "jpeg", "tif", "tiff", "bmp", "webp"),
    ]
)
"""The extensions of files that may be reports: those that are taken out of a folder."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_IMAGES = {
    b"\xff\xd8\xff": "jpeg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
    b"II*\x00": "tiff",
    b"MM\x00*": "tiff",
}
_PACKED = {
    b"Rar!\x1a\x07": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b\x08": "gzip",
    b"\xfd7zXZ\x00": "xz",
    b"BZh": "bzip2",
}
_PDF_WITHIN = 1024
"""The header of a PDF may come this late; some servers put a few bytes before it."""

_BEGINNING = r"\A\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!\[[^>]*\]>\s*)*"
_PAGE_FIRST = re.compile(
    _BEGINNING + r"<(?:!doctype\s+html|html|head|body|meta|title|link|style|script|base)\b", re.IGNORECASE | re.DOTALL
)
_TAG_FIRST = re.compile(_BEGINNING + r"<[a-z]", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|div|span|br|li|ul|ol|table|t[rdh]|b|strong|font|a|h[1-6]|img|center)\b[^<>]{0,400}>", re.IGNORECASE
)
_TABLE = re.compile(r"(</?table)\b", re.IGNORECASE)


def kind_of(data: bytes) -> Kind:
    """The kind of a file by its first bytes (and, for old office files, the names of the streams inside)."""
    if not data.strip(b"\0 \t\r\n\x0b\x0c\x1a\xef\xbb\xbf\xfe\xff"):
        return Kind.EMPTY
    if data.startswith(_ZIP):
        return Kind.ZIP
    if data.startswith(OLE):
        return _ole(data)
    if data.lstrip()[:5] == b"{\\rtf":
        return Kind.RTF
    if image_format(data):
        return Kind.IMAGE
    if packing(data):
        return Kind.PACKED
    if (at := data.find(b"%PDF-", 0, _PDF_WITHIN)) >= 0 and not data[:at].lstrip().startswith(b"<"):
        return Kind.PDF
    if is_mhtml(data):
        return Kind.MHTML
    head = data[:2048]
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        if b'<?mso-application progid="Excel.Sheet"?>' in head or b"<Workbook" in head:
            return Kind.SHEET_XML
        if b'<?mso-application progid="Word.Document"?>' in head or b"<w:wordDocument" in head:
            return Kind.WORD_XML
    return Kind.TEXT


def image_format(data: bytes) -> str | None:
    """``jpeg``, ``png``, ``gif``, ``tiff``, ``bmp`` or ``webp``, or None if the bytes are no picture."""
    for magic, name in _IMAGES.items():
        if data.startswith(magic):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    # BM alone could begin a text; a bitmap has zeros at 6 to 9 and says where its pixels begin.
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0" and len(data) > 54:
        return "bmp"
    return None


def packing(data: bytes) -> str | None:
    """The name of a packing format that is not read (RAR, 7z …), or None."""
    return next((name for magic, name in _PACKED.items() if data.startswith(magic)), None)


def _ole(data: bytes) -> Kind:
    """Old office files are small file systems; the names of their streams stand in them in UTF-16."""

    def has(name: str) -> bool:
        return name.encode("utf-16-le") + b"\0\0" in data

    if has("EncryptedPackage"):
        return Kind.ENCRYPTED
    if has("WordDocument"):
        return Kind.ENCRYPTED if _word_encrypted(data) else Kind.DOC
    if has("Workbook") or has("Book"):
        return Kind.XLS
    return Kind.OLE


def _word_encrypted(data: bytes) -> bool:
    """A Word document's first stream begins, at a multiple of 512 bytes, with EC A5, and says in its flags (bit 8 of
    the word at 10) whether it is encrypted."""
    at = data.find(b"\xec\xa5")
    while at >= 0:
        if at % 512 == 0:
            return bool(int.from_bytes(data[at + 10 : at + 12], "little") & 0x0100)
        at = data.find(b"\xec\xa5", at + 1)
    return False


def looks_like_markup(text: str, name: str = "") -> bool:
    """Whether text is an HTML page (or a piece of one) rather than text that has some tags in it."""
    head = text[:65_536]
    if _PAGE_FIRST.match(head) or _MARKUP.search(head[:4096]):
        return True
    if name.endswith((".htm", ".html", ".shtml")) and _TAG.search(head):
        return True
    # Text may have HTML tables in it; a page has tags around everything else too.
    outside = [line for line in _without_tables(head).splitlines() if line.strip()]
    tagged = 2 * sum(bool(_TAG.search(line)) for line in outside)
    return tagged > len(outside) or (tagged == len(outside) and bool(_TAG_FIRST.match(head)))


def _without_tables(text: str) -> str:
    depth = 0
    kept = []
    for piece in _TABLE.split(text):
        if piece.lower() in ("<table", "</table"):
            depth = max(0, depth + (1 if piece[1] != "/" else -1))
        elif not depth:
            kept.append(piece.removeprefix(">"))
    return "".join(kept)
