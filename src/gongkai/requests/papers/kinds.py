"""Which kind of file bytes are: by what they hold, never by what the file is called. Only these kinds are taken."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import PurePath
from zipfile import BadZipFile

from gongkai.requests.papers.archives import members

OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF_WITHIN = 1024
"""The header of a PDF may come this late."""
HEIC_BRANDS = (b"heic", b"heix", b"mif1", b"hevc")
TEXT_ENDINGS = frozenset({".txt", ".text", ".md", ".csv", ".log"})
MARKUP = re.compile(rb"\A\s*<[!?a-z]", re.IGNORECASE)


class FileKind(Enum):
    """A kind of file that is taken: its media type and the ending of its name."""

    PDF = ("application/pdf", ".pdf")
    JPEG = ("image/jpeg", ".jpg")
    PNG = ("image/png", ".png")
    TIFF = ("image/tiff", ".tif")
    HEIC = ("image/heic", ".heic")
    DOCX = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")
    XLSX = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx")
    DOC = ("application/msword", ".doc")
    XLS = ("application/vnd.ms-excel", ".xls")
    OFD = ("application/ofd", ".ofd")
    TEXT = ("text/plain; charset=utf-8", ".txt")

    @property
    def media_type(self) -> str:
        return self.value[0]

    @property
    def ending(self) -> str:
        return self.value[1]


ENDINGS: dict[FileKind, frozenset[str]] = {
    FileKind.JPEG: frozenset({".jpg", ".jpeg", ".jpe"}),
    FileKind.TIFF: frozenset({".tif", ".tiff"}),
    FileKind.HEIC: frozenset({".heic", ".heif"}),
    FileKind.DOCX: frozenset({".docx", ".docm"}),
    FileKind.XLSX: frozenset({".xlsx", ".xlsm"}),
    FileKind.DOC: frozenset({".doc", ".wps", ".dot"}),
    FileKind.XLS: frozenset({".xls", ".et"}),
    FileKind.TEXT: TEXT_ENDINGS,
}
"""The endings with which a file of a kind may keep its name, where there is more than the usual one."""

PICTURES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.TIFF})
ARCHIVES = frozenset({FileKind.DOCX, FileKind.XLSX, FileKind.OFD})
OLD_OFFICE = frozenset({FileKind.DOC, FileKind.XLS})

HEADS: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"II*\x00", FileKind.TIFF),
    (b"MM\x00*", FileKind.TIFF),
)
INSIDE: tuple[tuple[str, FileKind], ...] = (
    ("word/document.xml", FileKind.DOCX),
    ("xl/workbook.xml", FileKind.XLSX),
    ("xl/workbook.bin", FileKind.XLSX),
    ("ofd.xml", FileKind.OFD),
)
"""The member by which an archive is told to be a document."""


def kind_of(data: bytes, name: str = "") -> FileKind | None:
    """The kind of these bytes; None where it is none of those taken. ``name`` counts only for plain text, which has no
    mark of its own."""
    for head, kind in HEADS:
        if data.startswith(head):
            return kind
    if b"%PDF-" in data[:PDF_WITHIN]:
        return FileKind.PDF
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        return FileKind.HEIC
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    if data.startswith(OLE_HEAD):
        return _old_office(data)
    return FileKind.TEXT if PurePath(name).suffix.lower() in TEXT_ENDINGS and is_text(data) else None


def is_text(data: bytes) -> bool:
    """Whether bytes are plain text, in UTF-8, UTF-16 or GB 18030, and no page or drawing of tags."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(ord(c) < 32 and c not in "\t\n\r\f" for c in text) and not MARKUP.match(text[:200].encode())
    return False


def _archive(data: bytes) -> FileKind | None:
    try:
        names = {name.lower() for name in members(data)}
    except BadZipFile:
        return None
    return next((kind for member, kind in INSIDE if member in names), None)


def _old_office(data: bytes) -> FileKind | None:
    """Old office files (and those of WPS) are small file systems; their streams are named in UTF-16."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\0\0" in data

    if has("WordDocument") or has("EncryptedPackage"):
        return FileKind.DOC
    return FileKind.XLS if has("Workbook") or has("Book") else None
