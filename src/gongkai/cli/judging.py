"""What the commands of the law share: a day in words, further notices, and how an error ends them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from gongkai.annual.showing.reasons import reason_of
from gongkai.annual.showing.words import say
from gongkai.cli import streams
from gongkai.cli.target import Target, put, refuse
from gongkai.cli.usage import WRONG_USAGE

NOT_LAWFUL = 1

Notices = Annotated[
    list[Path] | None,
    typer.Option(
        "--notice",
        metavar="FILE",
        help="另外的放假通知（TOML），如明年的通知、本地区的假日；可以给几次\n"
        "Further notices of holidays (TOML): next year's, a region's; may be given several times",
    ),
]


def as_day(words: str | None, lang: str) -> date:
    """That day; today where nothing is given. Ends the command where it is no day."""
    if words is None:
        return date.today()
    try:
        return date.fromisoformat(words)
    except ValueError:
        refuse("law_no_day", lang, word=words)


def written(day: date, lang: str) -> str:
    """A day as each language writes it."""
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else day.isoformat()


def calendar_with(notices: Sequence[Path] | None, lang: str) -> Any:
    """The working days with those notices too. Ends the command where one is none."""
    from gongkai.law.notices import BrokenNotice, read
    from gongkai.law.workdays import calendar

    found = calendar()
    for path in notices or ():
        if path.is_dir():
            refuse("about_file", lang, file=path, message=say("law_folder", lang))
        try:
            found = found.with_notices(read(path))
        except BrokenNotice as error:
            refuse("law_bad_notice", lang, file=path, problem=error.said.words(lang))
        except OSError as error:
            refuse("about_file", lang, file=path, message=say("cannot_open", lang, reason=reason_of(error, lang)))
    return found


@contextmanager
def judged(to: Target, lang: str, *, quiet: bool) -> Iterator[None]:
    """What the law does not allow ends the command with 1, what it does not cover with 2; one line says why.

    With JSON the refusal is printed as an object too.
    """
    from gongkai.law.errors import Contradiction, LawError, NotLawful

    try:
        yield
    except LawError as error:
        streams.tell(error.words(lang))
        refused = isinstance(error, (NotLawful, Contradiction))
        if to.format == "json" and refused:
            basis = (error.basis if lang == "zh" else error.basis_en) if isinstance(error, NotLawful) else None
            event = getattr(error, "event", "") or None
            put_json({"refused": {"event": event, "message": error.words(lang), "basis": basis}}, to, lang, quiet=quiet)
        raise typer.Exit(NOT_LAWFUL if refused else WRONG_USAGE) from error


def put_json(data: Any, to: Target, lang: str, *, quiet: bool) -> None:
    """Writes an object as JSON, and says where it was written."""
    _put(f"{json.dumps(data, ensure_ascii=False, indent=2)}\n", to, lang, quiet)


def put_lines(lines: Sequence[str], to: Target, lang: str, *, quiet: bool) -> None:
    """Writes lines of text, and says where they were written."""
    _put("".join(f"{line}\n" for line in lines), to, lang, quiet)


def _put(text: str, to: Target, lang: str, quiet: bool) -> None:
    put(text.encode(), to, lang)
    if to.path is not None and not quiet:
        streams.complain("written", lang, file=to.path)
