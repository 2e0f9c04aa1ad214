"""What hides in a file, kind by kind: macros, scripts, embedded files, places, hidden sheets, changes, comments."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from zipfile import BadZipFile, ZipFile

from gongkai.requests.papers.archives import opened, text_of
from gongkai.requests.papers.kinds import ARCHIVES, OLD_OFFICE, PICTURES, FileKind


class Locked(Exception):
    """A password is needed to open the file."""


class Spoiled(Exception):
    """The file cannot be opened, or claims to hold more than a document ever does."""


PIXELS = 300_000_000
"""Of one picture; a sheet of A3 at 1,200 dpi has 280 million."""
GPS = 0x8825
"""The EXIF directory that says where a photo was taken."""

Look = Callable[[bytes], list[str]]


def look(data: bytes, kind: FileKind) -> list[str]:
    """The codes of what hides in a file of that kind. Raises Locked, Spoiled."""
    if kind in PICTURES:
        return picture(data, kind)
    if kind in ARCHIVES:
        return archive(data)
    if kind in OLD_OFFICE:
        return old_office(data)
    if kind is FileKind.PDF:
        return pdf(data)
    return ["not_inspected"] if kind is FileKind.HEIC else []


def picture(data: bytes, kind: FileKind) -> list[str]:
    """The place where a photo was taken."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=[kind.name]) as image:
                if image.width * image.height > PIXELS:
                    raise Spoiled
                return ["location"] if image.getexif().get_ifd(GPS) else []
    except Spoiled:
        raise
    except Exception as error:  # each format has errors of its own
        raise Spoiled from error


def pdf(data: bytes) -> list[str]:
    """Scripts, files inside, restrictions; Locked where a password opens it."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Locked from error
        raise Spoiled from error
    raw = pdfium.raw
    found = []
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0 or re.search(rb"/(?:JavaScript|JS)\b", data):
        found.append("script")
    if document.count_attachments() > 0:
        found.append("embedded")
    if raw.FPDF_GetSecurityHandlerRevision(document) >= 0:
        found.append("restricted")
    if len(document) == 0:
        raise Spoiled
    return found


MEMBERS: tuple[tuple[str, str], ...] = (
    (r"vbaproject\.bin$", "macros"),
    (r"(?:/embeddings/|/activex/|attachments/)", "embedded"),
    (r"xl/externallinks/", "external"),
    (r"(?:word/comments|xl/comments|xl/threadedcomments/).*\.xml$", "comments"),
    (r"^(?:xl/workbook\.bin|ofd\.xml)$", "not_inspected"),
)
"""What the mere name of a member says."""

CONTENTS: tuple[tuple[str, bytes, str], ...] = (
    (r"word/(?:document|header\d*|footer\d*|footnotes)\.xml$", rb"<w:(?:ins|del|moveFrom|moveTo)\s", "tracked_changes"),
    (r"word/(?:document|header\d*|footer\d*|footnotes)\.xml$", rb"<w:vanish(?:\s*/|>)", "hidden_text"),
    (r"word/_rels/.*\.rels$", rb"attachedTemplate|/oleObject\"[^>]*External", "external"),
    (r"xl/workbook\.xml$", rb"state=[\"'](?:hidden|veryHidden)[\"']", "hidden_sheets"),
    (r"xl/worksheets/[^/]*\.xml$", rb"<(?:row|col)\b[^>]*\shidden=[\"'](?:1|true)[\"']", "hidden_cells"),
)
"""What stands inside members of those names."""


def archive(data: bytes) -> list[str]:
    """What hides in a DOCX, XLSX or OFD."""
    try:
        with opened(data) as held:
            return sorted(_of_members(held))
    except BadZipFile as error:
        raise Spoiled from error


def _of_members(held: ZipFile) -> set[str]:
    found = set()
    for name in held.namelist():
        low = name.lower()
        found |= {code for pattern, code in MEMBERS if re.search(pattern, low)}
        wanted = [(sought, code) for pattern, sought, code in CONTENTS if re.search(pattern, low)]
        if any(code not in found for _, code in wanted):
            text = text_of(held, name)
            found |= {code for sought, code in wanted if re.search(sought, text)}
    return found


def old_office(data: bytes) -> list[str]:
    """Macros in a DOC or XLS; Locked where the whole is encrypted."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as held:
            names = {"/".join(entry).lower() for entry in held.listdir(streams=True, storages=True)}
            word = held.openstream("WordDocument").read(WORD_HEAD) if held.exists("WordDocument") else b""
    except Exception as error:  # a broken file makes it stumble in many ways
        raise Spoiled from error
    if "encryptedpackage" in names or (len(word) == WORD_HEAD and word[WORD_FLAGS] & WORD_ENCRYPTED):
        raise Locked
    found = ["not_inspected"]
    if any(name.split("/")[-1] in ("vba", "_vba_project") or "_vba_project_cur" in name for name in names):
        found.append("macros")
    if any(name.split("/")[0] == "objectpool" and "/" in name for name in names):
        found.append("embedded")
    return sorted(found)


WORD_HEAD, WORD_FLAGS, WORD_ENCRYPTED = 12, 11, 0x01
"""The second byte of a Word document's flags says in its first bit whether it is encrypted."""
