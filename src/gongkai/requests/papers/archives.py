"""Archives (DOCX, XLSX, OFD) opened with care: whatever one claims, only so much is unpacked."""

from __future__ import annotations

import io
from zipfile import BadZipFile, ZipFile

MEGABYTE = 1024 * 1024
MEMBERS = 5_000
"""Files inside one document; they have tens."""
UNPACKED_BYTES = 300 * MEGABYTE
RATIO = 250
"""Unpacked against packed: office XML reaches 40, a bomb 1,000."""
RATIO_FROM = 16 * MEGABYTE
READ_BYTES = 24 * MEGABYTE
"""Of one member, as far as it is looked into."""


def opened(data: bytes) -> ZipFile:
    """The archive. Raises BadZipFile, also where it claims to hold more than a document ever does."""
    try:
        archive = ZipFile(io.BytesIO(data))
    except (ValueError, NotImplementedError, OSError) as error:
        raise BadZipFile(str(error)) from error
    infos = archive.infolist()
    unpacked = sum(info.file_size for info in infos)
    if len(infos) > MEMBERS or unpacked > UNPACKED_BYTES:
        raise BadZipFile("too much inside")
    if unpacked > RATIO_FROM and unpacked > RATIO * len(data):
        raise BadZipFile("packed too tightly")
    return archive


def members(data: bytes) -> list[str]:
    """The names inside. Raises BadZipFile."""
    return opened(data).namelist()


def text_of(archive: ZipFile, name: str) -> bytes:
    """The beginning of a member, READ_BYTES at most, whatever its size is said to be. Raises BadZipFile."""
    try:
        with archive.open(name) as member:
            return member.read(READ_BYTES)
    except (RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise BadZipFile(str(error)) from error
    except Exception as error:  # zlib, lzma and bz2 each have an error of their own
        raise BadZipFile(str(error)) from error
