"""A result written: to standard output or a file, with the exit code that it means."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, TextIO

from gongkai.annual.showing.result import Result
from gongkai.cli import streams
from gongkai.cli.target import Target, put

EXIT = {"valid": 0, "invalid": 1, "unreadable": 2}


def write(result: Result, target: Target, lang: str, *, quiet: bool) -> int:
    """Writes the result and returns the exit code. Nothing is written where nothing was read and nothing is checked."""
    code = EXIT[result.verdict] if result.verdict else 2 if result.unread else 0
    if result.verdict is None and not result.reports:
        return code
    if target.path is None and target.format in ("text", "table"):
        try:
            _text(result, target.format, lang, sys.stdout)
        except BrokenPipeError:
            streams.let_go()
        return code
    hand_over(_bytes(result, target.format, lang), result.headline[lang], target, lang, quiet=quiet)
    return code


def hand_over(data: bytes, headline: str, target: Target, lang: str, *, quiet: bool) -> None:
    """Writes a finished result; of a file the headline is said, and that it was written."""
    put(data, target, lang)
    if target.path is not None and not quiet:
        streams.write_text(f"{headline}\n")
        streams.complain("written", lang, file=target.path)


def as_text(show: Callable[[TextIO], None], headline: str, target: Target, lang: str, *, quiet: bool) -> None:
    """Lets ``show`` write to the screen, as wide as it is, or into the target's file."""
    if target.path is not None:
        held = io.StringIO()
        show(held)
        hand_over(held.getvalue().encode(errors="replace"), headline, target, lang, quiet=quiet)
        return
    try:
        show(sys.stdout)
    except BrokenPipeError:
        streams.let_go()


def show(room: str, shown: Any, headline: str, target: Target, lang: str, *, quiet: bool) -> None:
    """Writes what a room of ``annual/showing`` shows; it has a module for each format with a function so named."""
    setter = getattr(import_module(f"gongkai.annual.showing.{room}.{target.format}"), target.format)
    if target.format == "text":
        as_text(lambda out: setter(shown, out, lang), headline, target, lang, quiet=quiet)
        return
    made = setter(shown, lang)
    hand_over(made if isinstance(made, bytes) else encoded(made, target.format), headline, target, lang, quiet=quiet)


def encoded(text: str, format: str) -> bytes:
    """Text as bytes. Only JSON keeps characters that no encoding can write, as JSON's own escapes."""
    return text.encode(errors="backslashreplace" if format == "json" else "strict")


def _bytes(result: Result, format: str, lang: str) -> bytes:
    """The result in that format."""
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
        return encoded(text, format)
    held = io.StringIO()
    _text(result, format, lang, held)
    return held.getvalue().encode(errors="replace")


def _text(result: Result, format: str, lang: str, out: TextIO) -> None:
    from gongkai.annual.showing.text import check_text, read_text

    show = read_text if format == "table" else check_text
    show(result, out, lang)
