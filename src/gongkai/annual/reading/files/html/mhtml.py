"""Web archives (MHTML), as browsers, Word and WPS save a page in one file → the page in them."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import Message

from gongkai.annual.reading.document import Document
from gongkai.annual.reading.files.archive import broken
from gongkai.annual.reading.files.html import read_html
from gongkai.annual.reading.files.limits import MEGABYTE, NESTED_MESSAGES, too_large

_HEAD = re.compile(
    rb"\A\s*(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:MIME-Version|Content-Type):", re.IGNORECASE
)
_MESSAGE_BYTES = 64 * MEGABYTE


def is_mhtml(data: bytes) -> bool:
    """Whether the bytes begin like a mail message with a page in it."""
    head = data[:8192]
    return bool(_HEAD.match(head)) and (b"multipart/" in head.lower() or b"text/html" in head.lower())


def read_web(data: bytes) -> Document:
    """An HTML page, by itself or in a web archive. Raises Unreadable."""
    return read_mhtml(data) if is_mhtml(data) else read_html(data)


def read_mhtml(data: bytes) -> Document:
    """The largest HTML page of a web archive (frames and advertisements are smaller). Raises Unreadable."""
    if len(data) > _MESSAGE_BYTES:
        raise too_large("网页存档大小", "size of the web archive", f"{_MESSAGE_BYTES // MEGABYTE} MB")
    if data.lower().count(b"content-type: multipart/") > NESTED_MESSAGES:
        raise too_large("网页存档嵌套层数", "parts within parts of the web archive", NESTED_MESSAGES)
    try:
        message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
        pages = [page for part in message.walk() if (page := _page(part)) is not None]
    except (ValueError, LookupError, RecursionError) as error:
        raise broken() from error
    if not pages:
        raise broken()
    return read_html(max(pages, key=len))


def _page(part: Message) -> bytes | None:
    """The part's bytes if it is a page; its charset is written into it where the page names none."""
    if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
        return None
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return None
    charset = part.get_content_charset()
    if charset and b"charset" not in payload[:4096].lower():
        return b'<meta charset="' + charset.encode("ascii", errors="ignore") + b'">' + payload
    return payload
