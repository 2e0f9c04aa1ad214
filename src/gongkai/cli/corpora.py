"""The commands of ``gongkai corpus``: built with a progress bar, asked, checked; each with its exit code."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from gongkai.annual.corpus.columns import UNREADABLE
from gongkai.annual.corpus.database import CorpusError
from gongkai.annual.showing.words import say
from gongkai.cli import streams
from gongkai.cli.results import EXIT
from gongkai.cli.target import Target, put

Show = Callable[[TextIO], None]


def build(folders: Sequence[Path], out: Path, lang: str, *, quiet: bool, **told: Any) -> int:
    """Builds the corpus and says what became of every file; 2 if some cannot be read, or nothing could be built."""
    from gongkai.annual.corpus import building
    from gongkai.annual.corpus.showing import account_text

    try:
        with _progress(lang, quiet=quiet) as progress:
            account = building.build(folders, out, progress=progress, **told)
        if not quiet:
            streams.write_text(_text(lambda to: account_text(account, to, lang)))
    except CorpusError as error:
        return _refused(error, lang)
    except KeyboardInterrupt:
        streams.complain("corpus_interrupted", lang)
        raise
    return EXIT["unreadable"] if account.counts.get(UNREADABLE) else 0


def query(reports: Path, asked: Mapping[str, Any], to: Target, lang: str, *, quiet: bool) -> int:
    """Puts the question and writes the answer; what must be known of it goes to standard error."""
    from gongkai.annual.corpus import exporting, querying, showing

    try:
        answer = querying.query(reports, **asked)
    except CorpusError as error:
        return _refused(error, lang)
    _write(
        to, lang, lambda out: showing.answer_text(answer, out, lang), lambda: exporting.answer(answer, to.format, lang)
    )
    if not quiet:
        for line in showing.notes(answer, lang):
            streams.tell(line)
    return 0


def check(reports: Path, to: Target, lang: str, *, quiet: bool) -> int:
    """Checks the corpus and writes the result; 1 if a report breaks a rule whose breach is an error."""
    from gongkai.annual.corpus import checking, exporting, showing

    try:
        checked = checking.check(reports)
    except CorpusError as error:
        return _refused(error, lang)
    _write(
        to,
        lang,
        lambda out: showing.checked_text(checked, out, lang),
        lambda: exporting.checked(checked, to.format, lang),
    )
    if to.path is not None and not quiet:
        streams.write_text(f"{showing.headline(checked, lang)}\n")
    return EXIT[checked.verdict]


def _refused(error: CorpusError, lang: str) -> int:
    streams.tell(error.words(lang))
    return EXIT["unreadable"]


def _write(to: Target, lang: str, show: Show, written: Callable[[], bytes]) -> None:
    if to.format in ("text", "table"):
        if to.path is None:
            try:
                show(sys.stdout)
            except BrokenPipeError:
                streams.let_go()
            return
        put(_text(show).encode(errors="replace"), to, lang)
    else:
        put(written(), to, lang)
    if to.path is not None:
        streams.complain("written", lang, file=to.path)


def _text(show: Show) -> str:
    held = io.StringIO()
    show(held)
    return held.getvalue()


@contextmanager
def _progress(lang: str, *, quiet: bool) -> Iterator[Callable[[int, int, Counter[str]], None] | None]:
    """A bar on standard error, if it is a terminal: files done, how fast, how long still, how many unreadable."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task(say("reading", lang), total=None)

        def told(done: int, files: int, counts: Counter[str]) -> None:
            words = say("reading", lang)
            if counts[UNREADABLE]:
                words = f"{words} ({say('corpus_unreadable', lang, n=counts[UNREADABLE])})"
            bar.update(task, completed=done, total=files, description=words)

        yield told
