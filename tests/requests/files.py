"""Small files of every kind, harmless and otherwise, made on the spot."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image


def upload(data: bytes, name: str = "材料.pdf") -> SimpleUploadedFile:
    """As a form hands it over."""
    return SimpleUploadedFile(name, data)


def pdf(*, script: bool = False, attachment: bool = False, password: str = "") -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    if script:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        made.Root.OpenAction = made.make_indirect(action)
    if attachment:
        made.attachments["x.txt"] = b"inside"
    stream = io.BytesIO()
    made.save(stream, encryption=pikepdf.Encryption(owner="o", user=password) if password else False)
    return stream.getvalue()


def photo(*, located: bool = False, format: str = "JPEG") -> bytes:
    image = Image.new("RGB", (8, 8))
    exif = image.getexif()
    if located:
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (30.0, 15.0, 0.0)
    stream = io.BytesIO()
    image.save(stream, format, exif=exif)
    return stream.getvalue()


def huge_picture() -> bytes:
    """A PNG of a few bytes that says it has 900 million pixels."""
    head = struct.pack("!4sIIBBBBB", b"IHDR", 30_000, 30_000, 1, 0, 0, 0, 0)
    end = b"\0\0\0\0IEND" + struct.pack("!I", zlib.crc32(b"IEND"))
    return b"\x89PNG\r\n\x1a\n" + struct.pack("!I", len(head) - 4) + head + struct.pack("!I", zlib.crc32(head)) + end


def archive(**members: str | bytes) -> bytes:
    """A ZIP with these members; two underlines stand for a slash, ``_dot_`` for a full stop."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in members.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return stream.getvalue()


def docx(**members: str | bytes) -> bytes:
    return archive(**{"word__document_dot_xml": "<w:document/>", **members})


def workbook(*, hidden: bool = False) -> bytes:
    made = Workbook()
    if hidden:
        made.create_sheet("底稿").sheet_state = "hidden"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()
