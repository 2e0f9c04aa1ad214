"""Where a result goes and in which format: standard output or a file, and the exit code that it means."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TextIO

import typer

from gongkai.annual.showing.result import Result
from gongkai.annual.showing.words import say
from gongkai.cli import streams
from gongkai.cli.usage import WRONG_USAGE

EXIT = {"valid": 0, "invalid": 1, "unreadable": 2}

SUFFIXES = {".json": "json", ".html": "html", ".htm": "html", ".xlsx": "xlsx", ".csv": "csv"}


@dataclass(frozen=True, slots=True)
class Target:
    """The format, and the file to write, or None for standard output."""

    format: str
    path: Path | None


def target(format: str | None, out: Path | None, formats: Sequence[str], lang: str) -> Target:
    """Where to write and what. Ends the command with exit code 2 where that cannot be, before anything is read."""
    chosen = format or (SUFFIXES.get(out.suffix.lower()) if out else None) or formats[0]
    if chosen not in formats:
        _refuse(
            "format_not_here", lang, format=chosen, formats="、".join(formats) if lang == "zh" else ", ".join(formats)
        )
    if out is None and chosen == "xlsx" and sys.stdout.isatty():
        _refuse("needs_out", lang)
    if out is not None and out.is_dir():
        _refuse("out_is_folder", lang, file=out)
    if out is not None and not out.absolute().parent.is_dir():
        _refuse("no_such_folder", lang, file=out.absolute().parent)
    return Target(chosen, out)


def write(result: Result, target: Target, lang: str, *, quiet: bool) -> int:
    """Writes the result and returns the exit code. Nothing is written where nothing was read and nothing is checked."""
    code = EXIT[result.verdict] if result.verdict else 2 if result.unread else 0
    if result.verdict is None and not result.reports:
        return code
    if target.path is None:
        _to_stdout(result, target.format, lang)
        return code
    try:
        _to_file(target.path, result, target.format, lang)
    except OSError as error:
        _refuse("cannot_write", lang, file=target.path, reason=error.strerror or error)
    if not quiet:
        streams.write_text(f"{result.headline[lang]}\n")
        streams.complain("written", lang, file=target.path)
    return code


def _to_stdout(result: Result, format: str, lang: str) -> None:
    if format in ("text", "table"):
        try:
            _text(result, format, lang, sys.stdout)
        except BrokenPipeError:
            streams.let_go()
    else:
        streams.write_bytes(_bytes(result, format, lang))


def _to_file(path: Path, result: Result, format: str, lang: str) -> None:
    """The whole file or none: it takes its name only once it is complete."""
    handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    try:
        with open(handle, "wb") as file:
            file.write(_bytes(result, format, lang))
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _umask() -> int:
    """The process's mask for new files, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _bytes(result: Result, format: str, lang: str) -> bytes:
    """The result in that format. Only JSON keeps characters that no encoding can write, as JSON's own escapes."""
    if format == "xlsx":
        from gongkai.annual.showing.xlsx import xlsx

        return xlsx(result, lang)
    if format == "html":
        from gongkai.annual.showing.html import html

        return html(result, lang).encode()
    if format == "csv":
        from gongkai.annual.showing.csv import csv

        return csv(result, lang).encode("utf-8-sig")
    if format == "json":
        from gongkai.annual.showing.json import check_json, read_json

        text = read_json(result, lang) if result.verdict is None else check_json(result, lang)
        return text.encode(errors="backslashreplace")
    held = io.StringIO()
    _text(result, format, lang, held)
    return held.getvalue().encode(errors="replace")


def _text(result: Result, format: str, lang: str, out: TextIO) -> None:
    from gongkai.annual.showing.text import check_text, read_text

    show = read_text if format == "table" else check_text
    show(result, out, lang)


def _refuse(key: str, lang: str, **values: object) -> NoReturn:
    streams.tell(say(key, lang, **values))
    raise typer.Exit(WRONG_USAGE)
