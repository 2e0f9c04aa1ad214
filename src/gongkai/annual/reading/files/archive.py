"""Zip archives (DOCX, XLSX, ODS) opened without trusting what they say of their size."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from gongkai.annual.reading.document import Unreadable
from gongkai.annual.reading.files.limits import (
    ARCHIVE_BYTES,
    ARCHIVE_FREE,
    ARCHIVE_MEMBERS,
    ARCHIVE_RATIO,
    MARKUP_BYTES,
    MEGABYTE,
    too_large,
)

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, KeyError, RuntimeError)


class Archive:
    """An office document's parts by name. Archives inside it are never opened, so nesting multiplies nothing."""

    def __init__(self, data: bytes) -> None:
        """Raises Unreadable if the archive is cut off, has too many members or says that it unpacks to too much."""
        self._size = len(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except _BROKEN as error:
            raise broken() from error
        if len(members) > ARCHIVE_MEMBERS:
            raise too_large("压缩包内文件数", "number of files in the archive", ARCHIVE_MEMBERS)
        if any(member.flag_bits & 1 for member in members):
            raise encrypted()
        self._unpacked = 0
        self.names = frozenset(member.filename for member in members)
        self._check(sum(member.file_size for member in members))

    def read(self, name: str, limit: int = MARKUP_BYTES) -> bytes:
        """A part's bytes. Raises Unreadable if it is missing, broken or larger than ``limit``."""
        parts: list[bytes] = []
        size = 0
        try:
            with self._zip.open(name) as part:
                while piece := part.read(MEGABYTE):
                    size += len(piece)
                    self._unpacked += len(piece)
                    if size > limit:
                        raise too_large("文件内容", "content of the file", f"{limit // MEGABYTE} MB")
                    self._check(self._unpacked)
                    parts.append(piece)
        except _BROKEN as error:
            raise broken() from error
        return b"".join(parts)

    def xml(self, name: str) -> etree._Element:
        """A part parsed as XML, without entities, without network. Raises Unreadable if it is not sound."""
        return parse_xml(self.read(name))

    def check_all(self) -> None:
        """Unpack every part once, keeping nothing: for libraries that unpack without a limit."""
        for name in self.names:
            if not name.endswith("/"):
                self.read(name, ARCHIVE_BYTES)

    def _check(self, unpacked: int) -> None:
        if unpacked > ARCHIVE_BYTES or (unpacked > ARCHIVE_FREE and unpacked > ARCHIVE_RATIO * self._size):
            raise too_large("压缩包解开后的大小", "unpacked size of the archive", f"{ARCHIVE_BYTES // MEGABYTE} MB")


def parse_xml(data: bytes) -> etree._Element:
    """XML without entities, without network, of bounded depth. Raises Unreadable."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
        raise broken()
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken() from error


def broken() -> Unreadable:
    """The refusal of a file that is cut off or damaged."""
    return Unreadable(
        "文件不完整或已损坏；请重新下载，或用 WPS、Word 打开后另存",
        "the file is cut off or damaged; download it again, or open it in an office program and save it again",
    )


def encrypted() -> Unreadable:
    """The refusal of a file that needs a password."""
    return Unreadable(
        "文件已加密；请取消密码保护后重试",
        "the file is encrypted; remove its password and try again",
    )
