"""The standard streams: what is said where, in which encoding, and what happens when nobody reads on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TextIO

from gongkai.annual.showing.cleaning import one_line
from gongkai.annual.showing.words import say


def prepare() -> None:
    """Lets both streams write Chinese: in the terminal's encoding where it has Chinese characters, else in UTF-8.

    What an encoding lacks is written as ``?`` and never ends the program.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding=None if _writes_chinese(stream) else "utf-8", errors="replace")


def _writes_chinese(stream: TextIO) -> bool:
    try:
        "公开".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def complain(key: str, lang: str, **values: object) -> None:
    """One line to standard error, from the catalogue of words."""
    tell(say(key, lang, **values))


def tell(line: str) -> None:
    """One line to standard error."""
    try:
        print(one_line(line), file=sys.stderr, flush=True)
    except (BrokenPipeError, ValueError):  # nobody listens
        return


def write_text(text: str) -> None:
    """Text to standard output."""
    _write(lambda: sys.stdout.write(text))


def write_bytes(data: bytes) -> None:
    """Bytes to standard output."""

    def write() -> None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)

    _write(write)


def _write(write: Callable[[], object]) -> None:
    try:
        write()
        sys.stdout.flush()
    except BrokenPipeError:
        let_go()


def let_go() -> None:
    """The reader of standard output has left (``| head``): the rest is dropped, the exit code stays true."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        return
    finally:
        os.close(nowhere)


def finish() -> None:
    """Writes out what is held back, before the process ends."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        let_go()


def on_screen() -> bool:
    """Whether somebody sits before a screen on which a page can be opened."""
    return sys.stdout.isatty() and bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
