"""Which files are meant: names, globs (quoted ones are expanded here), folders, standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

STANDARD_INPUT = "-"

KINDS = frozenset(
    [
        *("pdf", "docx", "docm", "doc", "wps", "rtf", "odt"),
        *("html", "htm", "xhtml", "shtml", "mht", "mhtml"),
        *("xlsx", "xlsm", "xls", "et", "ods", "csv", "tsv"),
        *("txt", "text", "md", "markdown"),
        *("png", "jpg", "jpeg", "tif", "tiff", "bmp", "webp"),
    ]
)
"""The extensions of files that may be reports: those that are taken out of a folder."""


@dataclass(frozen=True, slots=True)
class Found:
    """The files meant, in order and each once; ``missing`` are names and globs that fit none; ``skipped`` counts the
    files of folders that are of no kind that a report comes in."""

    files: tuple[str, ...]
    missing: tuple[str, ...] = ()
    skipped: int = 0


def find(words: Iterable[str]) -> Found:
    """The files that these words of a command line mean."""
    files: list[str] = []
    missing: list[str] = []
    skipped = 0
    for word in words:
        if word == STANDARD_INPUT or os.path.isfile(word):
            files.append(word)
        elif os.path.isdir(word):
            mine, others = _folder(Path(word))
            files += mine
            skipped += others
            missing += [] if mine else [word]
        elif matched := _matched(word):
            files += matched
        elif os.path.exists(word):  # a device or a pipe of the system
            files.append(word)
        else:
            missing.append(word)
    once = {os.path.realpath(name) if name != STANDARD_INPUT else name: name for name in reversed(files)}
    return Found(tuple(reversed(once.values())), tuple(missing), skipped)


def _matched(pattern: str) -> list[str]:
    """The files that a glob fits, in the order of their names; hidden ones only where the pattern says so."""
    if not glob.has_magic(pattern):
        return []
    return sorted(name for name in glob.glob(os.path.expanduser(pattern), recursive=True) if os.path.isfile(name))


def _folder(folder: Path) -> tuple[list[str], int]:
    """The reports that lie in a folder (not in folders below it), and how many other files do."""
    entries = sorted(entry for entry in folder.iterdir() if entry.is_file() and not entry.name.startswith((".", "~$")))
    mine = [str(entry) for entry in entries if entry.suffix.lower().lstrip(".") in KINDS]
    return mine, len(entries) - len(mine)
