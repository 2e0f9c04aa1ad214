"""Where output goes and in which format: standard output or a file, whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import typer

from gongkai.annual.showing.reasons import reason_of
from gongkai.annual.showing.words import say
from gongkai.cli import streams
from gongkai.cli.usage import WRONG_USAGE

BINARY = frozenset({"xlsx", "docx", "pdf", "parquet"})
"""Formats that are no text: a terminal cannot show them."""

PLAIN = frozenset({"text", "table"})
"""What may stand in a file of any name (.txt, .md)."""

SUFFIXES = {".htm": "html"}
"""Extensions that are not the name of their format."""


@dataclass(frozen=True, slots=True)
class Target:
    """The format, and the file to write, or None for standard output."""

    format: str
    path: Path | None


def target(format: str | None, out: Path | None, formats: Sequence[str], lang: str, *, terminal: bool = True) -> Target:
    """Where to write and what. Ends the command with exit code 2 where that cannot be, before anything is read.

    ``terminal`` says that what has no file goes to standard output, which may be a terminal.
    """
    chosen = format or (by_suffix(out) if out else None) or formats[0]
    if format is None and out is not None and out.suffix and not by_suffix(out) and chosen not in PLAIN:
        chosen = out.suffix[1:]  # told to be none of ours: a file with the name of another format would not open
    if chosen not in formats:
        known = "、".join(formats) if lang == "zh" else ", ".join(formats)
        refuse("format_not_here", lang, format=chosen, formats=known)
    if terminal and out is None and chosen in BINARY and sys.stdout.isatty():
        refuse("needs_out", lang, format=chosen.upper())
    if out is not None and out.is_dir():
        refuse("out_is_folder", lang, file=out)
    if out is not None and not out.absolute().parent.is_dir():
        refuse("no_such_folder", lang, file=out.absolute().parent)
    return Target(chosen, out)


def by_suffix(out: Path) -> str | None:
    """The format that an extension tells, or None where it is no format of ours."""
    suffix = out.suffix.lower()
    named = SUFFIXES.get(suffix, suffix[1:])
    return named if named in {*BINARY, "json", "html", "csv", "svg"} else None


def put(data: bytes, target: Target, lang: str) -> None:
    """Writes the data to the target. Ends the command with exit code 2, and the file as it was, where that fails."""
    if target.path is None:
        streams.write_bytes(data)
        return
    try:
        _to_file(target.path, data)
    except OSError as error:
        refuse("cannot_write", lang, file=target.path, reason=reason_of(error, lang))


def refuse(key: str, lang: str, **values: object) -> NoReturn:
    """Ends the command as wrongly used: one line, exit code 2."""
    streams.tell(say(key, lang, **values))
    raise typer.Exit(WRONG_USAGE)


def _to_file(path: Path, data: bytes) -> None:
    """The whole file or none: it takes its name only once it is complete."""
    handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    try:
        with open(handle, "wb") as file:
            file.write(data)
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
