"""From the files named to a result: each file read under guard, the readable ones checked together."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from gongkai.annual.report import Report
from gongkai.annual.showing.cleaning import one_line
from gongkai.annual.showing.naming import report_name
from gongkai.annual.showing.reasons import reason_of
from gongkai.annual.showing.recognising import is_result
from gongkai.annual.showing.result import Result, Unread
from gongkai.annual.showing.words import LANGUAGES, say
from gongkai.cli import lists, streams
from gongkai.cli.files import STANDARD_INPUT, find, same_file


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take to be read."""

    seconds: float
    megabytes: int


@dataclass(frozen=True, slots=True)
class Given:
    """The reports read from the files named, in their order, a merged one apart, and what could not be read."""

    reports: tuple[Report, ...]
    unread: tuple[Unread, ...]
    merged: Report | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What the caller knows beside the files: whose reports the merged one holds, and when reports were published."""

    members: tuple[str, ...] = ()
    published: lists.Days | None = None


def read_all(words: Iterable[str], limits: Limits, lang: str, *, quiet: bool, merged: str | None = None) -> Given:
    """Reads every file that the words mean, and ``merged`` apart from them, once though it be among them. One that
    cannot be read is told on standard error; the others are read."""
    found = find(words)
    unread = [Unread(word, *_no_such(word)) for word in found.missing]
    for missing in unread:
        _tell(missing, lang)
    if found.skipped and not quiet:
        streams.complain("skipped", lang, n=found.skipped)
    reports: list[Report] = []
    whole: list[Report] = []
    names = [(name, reports) for name in found.files if not merged or not same_file(name, merged)]
    names += [(merged, whole)] if merged else []
    if len(names) > 1:
        from gongkai.annual.reading.warming import warm_up

        warm_up()
    with _progress(len(names), lang, quiet=quiet) as step:
        for name, into in names:
            step(name)
            try:
                into.append(_read(name, limits))
            except _Unreadable as error:
                unread.append(error.unread)
                _tell(error.unread, lang)
    return Given(tuple(reports), tuple(unread), whole[0] if whole else None)


def as_read(given: Given) -> Result:
    """What ``read`` shows: the reports as they were read."""
    return Result(given.reports, (), given.unread, None, _headlines(given, {}))


def as_checked(given: Given, told: Told | None = None) -> Result:
    """What ``check`` shows: the findings of all rules, and one verdict over everything that was given."""
    if not given.reports and given.merged is None:
        return Result((), (), given.unread, "unreadable", _headlines(given, {}))
    from gongkai.annual.checking import check

    told = told or Told()
    everything = (*given.reports, *([given.merged] if given.merged else []))
    checked = check(
        given.reports,
        merged=given.merged,
        members=told.members,
        unread=len(given.unread),
        published=lists.by_source(told.published, everything),
    )
    verdict = "unreadable" if given.unread else str(checked.verdict)
    headlines = {lang: checked.headline(lang) for lang in LANGUAGES}
    return Result(tuple(checked.reports), tuple(checked.findings), given.unread, verdict, _headlines(given, headlines))


def _headlines(given: Given, headlines: dict[str, str]) -> dict[str, str]:
    """The one sentence in each language: what could not be read, then what the check or the reading came to."""
    found = {}
    for lang in LANGUAGES:
        parts = [say("files_unread", lang, n=len(given.unread))] if given.unread else []
        if headlines:
            parts.append(headlines[lang])
        elif len(given.reports) == 1:
            parts.append(report_name(given.reports[0], lang))
        elif given.reports:
            parts.append(say("headline_read", lang, n=len(given.reports)))
        found[lang] = say("between_sentences", lang).join(parts)
    return found


class _Unreadable(Exception):
    def __init__(self, unread: Unread) -> None:
        super().__init__(unread.message)
        self.unread = unread


def _read(name: str, limits: Limits) -> Report:
    """The report in that file. Raises _Unreadable, with the file's name and what is wrong in both languages."""
    from gongkai.annual.reading import read
    from gongkai.annual.reading.document import Unreadable
    from gongkai.annual.reading.files.guard import guarded

    try:
        source = _standard_input() if name == STANDARD_INPUT else _plain_file(name)
        return guarded(partial(read, name=name), source, seconds=limits.seconds, megabytes=limits.megabytes)
    except Unreadable as error:
        raise _Unreadable(Unread(name, error.message, error.message_en)) from error
    except OSError as error:
        raise _Unreadable(Unread(name, *_cannot_open(error))) from error


def _plain_file(name: str) -> str:
    """The name, if it is a file that can be opened: a pipe or a device could keep a reader waiting for ever."""
    if not stat.S_ISREG(os.stat(name).st_mode):
        raise _Unreadable(Unread(name, *(say("not_a_file", lang) for lang in LANGUAGES)))
    if is_result(name):
        raise _Unreadable(Unread(name, *(say("own_result", lang) for lang in LANGUAGES)))
    with open(name, "rb"):
        return name


def _standard_input() -> bytes:
    """What comes in, up to a byte more than a reader takes."""
    from gongkai.annual.reading.files.limits import FILE_BYTES

    return sys.stdin.buffer.read(FILE_BYTES + 1)


def _no_such(word: str) -> tuple[str, str]:
    import glob

    key = "folder_empty" if os.path.isdir(word) else "glob_empty" if glob.has_magic(word) else "no_such_file"
    return say(key, "zh"), say(key, "en")


def _cannot_open(error: OSError) -> tuple[str, str]:
    key = "no_permission" if isinstance(error, PermissionError) else "cannot_open"
    zh, en = (say(key, lang, reason=reason_of(error, lang)) for lang in LANGUAGES)
    return zh, en


def _tell(unread: Unread, lang: str) -> None:
    name = say("standard_input", lang) if unread.source == STANDARD_INPUT else unread.source
    streams.complain("about_file", lang, file=name, message=unread.words(lang))


@contextmanager
def _progress(count: int, lang: str, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A bar on standard error for several files, if it is a terminal; the step takes the name of the file begun."""
    if quiet or count < 2 or not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task(say("reading", lang), total=count)
        begun = iter(range(count))
        yield lambda name: bar.update(task, completed=next(begun), description=one_line(os.path.basename(name)))
