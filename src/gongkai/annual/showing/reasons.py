"""What the system says of a file that it does not give or take, in plain words of both languages."""

from __future__ import annotations

import errno
import os

from gongkai.annual.showing.words import say

_KEYS = {
    errno.ENOENT: "reason_missing",
    errno.EACCES: "reason_not_allowed",
    errno.EPERM: "reason_not_allowed",
    errno.EISDIR: "reason_is_folder",
    errno.ENOTDIR: "reason_no_folder",
    errno.ENOSPC: "reason_disk_full",
    errno.EDQUOT: "reason_disk_full",
    errno.EROFS: "reason_read_only",
    errno.EEXIST: "reason_taken",
    errno.ENAMETOOLONG: "reason_long_name",
    errno.EFBIG: "reason_too_large",
    errno.ENOTEMPTY: "reason_not_empty",
    errno.EIO: "reason_broken_disk",
}


def reason_of(error: BaseException, lang: str = "zh") -> str:
    """Why a file cannot be opened or written: the usual reasons in the language asked for, a rare one as the system
    or the library tells it."""
    number = errno_of(error)
    if number in _KEYS:
        return say(_KEYS[number], lang)
    told = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return str(told).splitlines()[0]


def errno_of(error: BaseException) -> int | None:
    """The system's number of the error; that of a library's error by the system's words that it repeats."""
    number = getattr(error, "errno", None)
    if isinstance(number, int):
        return number
    return next((known for known in _KEYS if os.strerror(known) in str(error)), None)


def is_full(error: BaseException) -> bool:
    """Whether there is no more room for what is written."""
    return errno_of(error) in (errno.ENOSPC, errno.EDQUOT)
