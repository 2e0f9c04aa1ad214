"""The virus scan: a file goes to clamd, where there is one, by its INSTREAM command over TCP or a Unix socket."""

from __future__ import annotations

import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.refusals import Refused

CLEAN, NOT_SCANNED = "clean", "not_scanned"
PIECE = 64 * 1024
ANSWER_BYTES = 4096
DEFAULT_PORT = 3310


class Unreachable(Exception):
    """No answer of clamd, or none that says anything of the file."""


def scan(data: bytes, field: str = "") -> str:
    """``clean``; ``not_scanned`` where no clamd is set up, or none answers and settings.GONGKAI_SCAN is ``offered``.

    Raises Refused where a virus was found, and where a scan is required and clamd cannot be reached.
    """
    where: str = settings.GONGKAI_CLAMD
    if not where:
        return NOT_SCANNED
    try:
        answer = asked(where, data)
    except (OSError, Unreachable) as error:
        if settings.GONGKAI_SCAN == "required":
            raise Refused(_("病毒扫描暂时不可用，文件没有接收。请过几分钟再试。"), field) from error
        return NOT_SCANNED
    if answer.endswith("FOUND"):
        raise Refused(_("文件中发现病毒，没有接收。请查杀后重新上传。"), field)
    return CLEAN


def asked(where: str, data: bytes) -> str:
    """What clamd answers about these bytes: ``OK`` or ``… FOUND``. Raises OSError, Unreachable."""
    with connected(where) as link:
        link.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            link.sendall(struct.pack("!L", len(piece)) + piece)
        link.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < ANSWER_BYTES:
            more = link.recv(ANSWER_BYTES)
            if not more:
                break
            answer += more
    words = answer.rstrip(b"\0\n").decode("utf-8", "replace").removeprefix("stream: ").strip()
    if words != "OK" and not words.endswith("FOUND"):
        raise Unreachable(words)
    return words


def connected(where: str) -> socket.socket:
    """A connection to ``tcp://host:port`` or ``unix:///path``, with a limit on each wait."""
    parts = urlsplit(where)
    seconds: int = settings.GONGKAI_CLAMD_SECONDS
    if parts.scheme == "unix":
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        link.settimeout(seconds)
        try:
            link.connect(parts.path)
        except OSError:
            link.close()
            raise
        return link
    return socket.create_connection((parts.hostname or "localhost", parts.port or DEFAULT_PORT), seconds)
