"""Which files are meant: names, globs (quoted ones are expanded here), folders, standard input."""

from __future__ import annotations

import glob
import os
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gongkai.annual.showing.csv import COLUMNS
from gongkai.annual.showing.naming import CREATOR

STANDARD_INPUT = "-"

KINDS = frozenset(
    [
        *("pdf", "docx", "docm", "doc", "wps", "rtf", "odt"),
        *("html", "htm", "xhtml", "shtml", "mht", "mhtml"),
        *("xlsx", "xlsm", "xls", "et", "ods", "csv", "tsv"),
        *("txt", "text", "md", "markdown", "json"),
        *("png", "jpg", "jpeg", "tif", "tiff", "bmp", "webp"),
    ]
)
"""The extensions of files that may be reports: those that are taken out of a folder."""


@dataclass(frozen=True, slots=True)
class Found:
    """The files meant, in order and each once; ``missing`` are names and globs that fit none; ``skipped`` counts the
    files of folders that are of no kind that a report comes in, and results of an earlier check."""

    files: tuple[str, ...]
    missing: tuple[str, ...] = ()
    skipped: int = 0


def is_result(name: str) -> bool:
    """Whether the file is a result that this software wrote (page, workbook, list, JSON of a check), not a report."""
    suffix = os.path.splitext(name)[1].lower()
    try:
        if suffix == ".xlsx":
            with zipfile.ZipFile(name) as book, book.open("docProps/core.xml") as about:
                return f">{CREATOR}<" in about.read(4096).decode(errors="replace")
        with open(name, "rb") as file:
            start = file.read(1024).decode("utf-8-sig", errors="replace")
    except (OSError, zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError):
        return False
    if suffix == ".json":
        return _CHECKED.match(start) is not None
    return f'name="generator" content="{CREATOR}' in start if suffix == ".html" else start.startswith(",".join(COLUMNS))


_CHECKED = re.compile(r'\s*\{\s*"verdict"')
_SEVERAL = re.compile(r'\s*\{\s*"reports"')
STORED_BEGINS = 65_536
"""In so many bytes at the beginning of a stored report stands whose it is."""


def _other_json(name: str) -> bool:
    """Whether the file is JSON of something else than one report: a folder may hold any."""
    if not name.lower().endswith(".json"):
        return False
    try:
        with open(name, "rb") as file:
            start = file.read(STORED_BEGINS).decode("utf-8-sig", errors="replace")
    except OSError:
        return False
    return _SEVERAL.match(start) is not None or '"agency"' not in start


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
    known = [str(entry) for entry in entries if entry.suffix.lower().lstrip(".") in KINDS]
    mine = [name for name in known if not is_result(name) and not _other_json(name)]
    return mine, len(entries) - len(mine)
