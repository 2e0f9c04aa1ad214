"""A file is looked into before it is kept: is it of a kind that is taken, can it be opened, what hides in it.

This happens in a process of its own with limits on time and memory: whatever a file does, the site lives on.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.refusals import Refused, Words
from gongkai.annual.reading.document import Unreadable
from gongkai.annual.reading.files.guard import guarded
from gongkai.requests.papers.kinds import FileKind, kind_of
from gongkai.requests.papers.looking import Locked, Spoiled, look

SECONDS, MEGABYTES = 20.0, 768
"""What looking into one file may take."""

UNKNOWN, LOCKED, SPOILED = "unknown", "locked", "spoiled"
WORDS: dict[str, Words] = {
    UNKNOWN: _("《%(name)s》的格式不能接收。可以上传：PDF、OFD、Word、Excel、照片（JPG、PNG、TIFF、HEIC）和纯文本。"),
    LOCKED: _("《%(name)s》设有打开密码。请取消密码后重新上传。"),
    SPOILED: _("《%(name)s》打不开，文件可能已损坏。请另存后重新上传。"),
}
"""Why a file is refused."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """What was found: the kind, and the codes of ``hints.HINTS``."""

    kind: FileKind
    hints: tuple[str, ...]


def inspect(data: bytes, name: str, field: str = "") -> Inspected:
    """Looks into a file. Raises Refused with the file's name in the message: empty, too large, of no kind taken,
    locked with a password, spoiled."""
    if not data:
        raise refused(_("《%(name)s》是空文件。请检查后重新上传。"), name, field)
    if len(data) > settings.GONGKAI_FILE_BYTES:
        raise too_large(name, field)
    try:
        kind, *hints = guarded(_look, data, name, seconds=SECONDS, megabytes=MEGABYTES)
    except Unreadable as error:
        raise refused(WORDS[SPOILED], name, field) from error
    if kind in WORDS:
        raise refused(WORDS[kind], name, field)
    return Inspected(FileKind[kind], tuple(hints))


def _look(data: bytes, name: str) -> list[str]:
    """In the child process, whose errors do not travel: the name of the kind and the hints, or why it is refused."""
    kind = kind_of(data, name)
    if kind is None:
        return [UNKNOWN]
    try:
        return [kind.name, *look(data, kind)]
    except Locked:
        return [LOCKED]
    except Spoiled:
        return [SPOILED]


def too_large(name: str, field: str = "") -> Refused:
    """The refusal of a file above the limit."""
    limit = settings.GONGKAI_FILE_BYTES // (1024 * 1024)
    words = _("《%(name)s》超过 %(limit)s MB。请压缩、拆分后上传，或者邮寄、当面提交。")
    return Refused(words % {"name": shown(name), "limit": limit}, field)


def refused(words: Words, name: str, field: str) -> Refused:
    """A refusal that names the file."""
    return Refused(words % {"name": shown(name)}, field)


SHOWN_LENGTH = 60


def shown(name: str) -> str:
    """A file's name as a message has it: not longer than a line."""
    return name if len(name) <= SHOWN_LENGTH else name[: SHOWN_LENGTH - 1] + "…"
