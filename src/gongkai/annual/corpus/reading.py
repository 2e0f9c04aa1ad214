"""Files → lines for the corpus, a few files at a time in a guarded process; what a file does hurts that file only."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from gongkai.annual.corpus import rows
from gongkai.annual.corpus.columns import NO_REPORT, OTHER_KIND, READ, UNREADABLE
from gongkai.annual.corpus.rows import Stamp
from gongkai.annual.reading import read
from gongkai.annual.reading.document import NoReport, Unreadable
from gongkai.annual.reading.files.guard import DIED, failed, guarded
from gongkai.annual.reading.files.limits import FILE_BYTES, MEGABYTE, too_large
from gongkai.annual.showing.reasons import reason_of
from gongkai.annual.showing.recognising import is_result
from gongkai.annual.showing.words import LANGUAGES, say

UNCHANGED = "unchanged"
"""What comes of a file whose content is that of the row already there, whatever its date says."""

ABSENT = "absent"
"""What comes of a file that is not there where the reader works: on another machine, or taken away meanwhile."""

TOGETHER = 16
"""Quick files read one after the other in one process: to start one costs as much as to read one."""

QUICK_BYTES = MEGABYTE // 2
QUICK = frozenset(("html", "htm", "xhtml", "shtml", "mht", "mhtml", "docx", "docm", "xlsx", "xlsm", "ods"))
QUICK |= frozenset(("csv", "tsv", "txt", "text", "md", "markdown", "json"))
"""Files of these extensions and no larger are read in tens of milliseconds."""

SECONDS, MEGABYTES = 180.0, 4096
"""What one file may take, unless it is said."""

TOGETHER_SECONDS = 30.0
"""What several quick files may take together before each is read by itself."""


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be read. ``known`` is the hash of the content that is in the corpus already; ``data`` is the file where
    the reader cannot open it itself."""

    file: str
    path: str
    size: int
    known: str | None = None
    data: bytes | None = None
    modified: int = 0

    @property
    def quick(self) -> bool:
        """Whether it is read in no time, as far as its name and size tell."""
        return self.size <= QUICK_BYTES and os.path.splitext(self.path)[1].lower().lstrip(".") in QUICK


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a file: its status (one of the corpus's, UNCHANGED or ABSENT) and its line, if it has one."""

    file: str
    status: str
    line: bytes = b""
    modified: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take to be read: seconds, and megabytes of memory."""

    seconds: float = SECONDS
    megabytes: int = MEGABYTES


def batches(jobs: Iterable[Job]) -> Iterator[tuple[Job, ...]]:
    """The jobs in their order, quick ones some together, others alone."""
    waiting: list[Job] = []
    for job in jobs:
        if not job.quick:
            yield (job,)
            continue
        waiting.append(job)
        if len(waiting) == TOGETHER:
            yield tuple(waiting)
            waiting = []
    if waiting:
        yield tuple(waiting)


def read_guarded(jobs: Sequence[Job], limits: Limits) -> list[Outcome]:
    """The outcome of each job, whatever the files do. Where several together fail, each is read again by itself."""
    if len(jobs) > 1:
        seconds = min(limits.seconds, TOGETHER_SECONDS)
        try:
            return guarded(read_all, tuple(jobs), seconds=seconds, megabytes=limits.megabytes)
        except Unreadable:
            return [_read_alone(job, limits) for job in jobs]
    return [_read_alone(job, limits) for job in jobs]


def _read_alone(job: Job, limits: Limits) -> Outcome:
    try:
        return _once(job, limits)
    except Unreadable as error:
        if DIED not in getattr(error, "__notes__", ()):
            return refused(job, error)
    # Killed: by the system, which was short of memory, perhaps for another's sake. Once more, then it is the file.
    try:
        return _once(job, limits)
    except Unreadable as error:
        return refused(job, error)


def _once(job: Job, limits: Limits) -> Outcome:
    return guarded(read_all, (job,), seconds=limits.seconds, megabytes=limits.megabytes)[0]


def refused(job: Job, error: Unreadable) -> Outcome:
    """The outcome of a file whose reader did not live to tell."""
    try:
        stamp, _ = _opened(job)
    except (OSError, Unreadable):
        stamp = Stamp(None, job.size, job.modified)
    line = rows.of_other(job.file, stamp, UNREADABLE, (error.message, error.message_en))
    return Outcome(job.file, UNREADABLE, line)


def read_all(jobs: Sequence[Job]) -> list[Outcome]:
    """The outcome of each job, read in this process. What is too much for it is raised: the process is not to be
    trusted with the next file."""
    return [_read(job) for job in jobs]


def _read(job: Job) -> Outcome:
    try:
        stamp, data = _opened(job)
    except FileNotFoundError:
        return Outcome(job.file, ABSENT)
    except OSError as error:
        told = Stamp(None, job.size, job.modified)
        key = "no_permission" if isinstance(error, PermissionError) else "cannot_open"
        zh, en = (say(key, lang, reason=reason_of(error, lang)) for lang in LANGUAGES)
        return Outcome(job.file, UNREADABLE, rows.of_other(job.file, told, UNREADABLE, (zh, en)))
    except Unreadable as error:
        told = Stamp(None, job.size, job.modified)
        why = (error.message, error.message_en)
        return Outcome(job.file, UNREADABLE, rows.of_other(job.file, told, UNREADABLE, why))
    if job.known is not None and stamp.sha256 == job.known:
        return Outcome(job.file, UNCHANGED, modified=stamp.modified)
    try:
        status, line = _line(job, stamp, data)
    except NoReport as error:
        status, line = NO_REPORT, rows.of_other(job.file, stamp, NO_REPORT, (error.message, error.message_en))
    except Unreadable as error:
        status, line = UNREADABLE, rows.of_other(job.file, stamp, UNREADABLE, (error.message, error.message_en))
    return Outcome(job.file, status, line)


def _line(job: Job, stamp: Stamp, data: bytes | None) -> tuple[str, bytes]:
    if data is None:
        raise too_large("文件大小", "size of the file", f"{FILE_BYTES // MEGABYTE} MB")
    if job.data is None and is_result(job.path):
        zh, en = (say("own_result", lang) for lang in LANGUAGES)
        return OTHER_KIND, rows.of_other(job.file, stamp, OTHER_KIND, (zh, en))
    try:
        report = read(data, job.file)
        return READ, rows.of_report(job.file, stamp, replace(report, source=job.file))
    except (Unreadable, MemoryError, RecursionError):
        raise
    except Exception as error:  # a fault of the reader, or of a library: it is this file's and no other's
        raise failed() from error


def _opened(job: Job) -> tuple[Stamp, bytes | None]:
    """The file as it is at this moment: its stamp and its bytes, None where it is too large. Raises OSError, and
    Unreadable for what is no file."""
    if job.data is not None:
        return Stamp(hashlib.sha256(job.data).hexdigest(), len(job.data), job.modified), job.data
    # Without O_NONBLOCK a pipe that took the file's place would keep us waiting for ever.
    handle = os.open(job.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as file:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise Unreadable(*(say("not_a_file", lang) for lang in LANGUAGES))
        modified = about.st_mtime_ns // 1000
        if about.st_size > FILE_BYTES:
            return Stamp(hashlib.file_digest(file, "sha256").hexdigest(), about.st_size, modified), None
        data = file.read()
    return Stamp(hashlib.sha256(data).hexdigest(), len(data), modified), data
