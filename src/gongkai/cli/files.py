"""Which files are meant: names, globs (quoted ones are expanded here), folders, standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gongkai.annual.reading.files.kinds import EXTENSIONS
from gongkai.annual.showing.recognising import is_result, is_stored_report

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Found:
    """The files meant, in order and each once; ``missing`` are names and globs that fit none; ``skipped`` counts the
    files of folders that are of no kind that a report comes in, and results of an earlier check."""

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
            reports = [name for name in matched if not is_result(name)]
            files += reports
            skipped += len(matched) - len(reports)
        elif os.path.exists(word):  # a device or a pipe of the system
            files.append(word)
        else:
            missing.append(word)
    once = {_place(name): name for name in reversed(files)}
    return Found(tuple(reversed(once.values())), tuple(missing), skipped)


def same_file(name: str, other: str) -> bool:
    """Whether two names mean one file, or both standard input."""
    return _place(name) == _place(other)


def _place(name: str) -> str:
    return name if name == STANDARD_INPUT else os.path.realpath(name)


def _matched(pattern: str) -> list[str]:
    """The files that a glob fits, in the order of their names; hidden ones only where the pattern says so."""
    if not glob.has_magic(pattern):
        return []
    return sorted(name for name in glob.glob(os.path.expanduser(pattern), recursive=True) if os.path.isfile(name))


def _folder(folder: Path) -> tuple[list[str], int]:
    """The reports that lie in a folder (not in folders below it), and how many other files do."""
    entries = sorted(entry for entry in folder.iterdir() if entry.is_file() and not entry.name.startswith((".", "~$")))
    kinds = ((str(entry), entry.suffix.lower().lstrip(".")) for entry in entries)
    mine = [
        name
        for name, kind in kinds
        if (kind in EXTENSIONS and not is_result(name)) or (kind == "json" and is_stored_report(name))
    ]
    return mine, len(entries) - len(mine)
