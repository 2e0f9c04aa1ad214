"""Which files lie in the folders: those to be read, and those that are accounted for without being read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gongkai.annual.corpus.columns import OTHER_KIND, UNREADABLE
from gongkai.annual.reading.files.kinds import EXTENSIONS
from gongkai.annual.showing.words import LANGUAGES, say

KINDS = EXTENSIONS | {"json"}
"""The extensions of files that are read; JSON is what ``gongkai read`` and ``gongkai write`` give."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file: its name in the corpus (relative to the folder), its path, size, and when it was changed (µs).

    ``status`` and ``why`` (the key of the words) are set where it is not to be read.
    """

    file: str
    path: str
    size: int
    modified: int
    status: str | None = None
    why: str = ""

    @property
    def reason(self) -> tuple[str, str]:
        """Why the file is not read, in Chinese and English."""
        zh, en = (say(self.why, lang) for lang in LANGUAGES)
        return zh, en


def entries(folders: Sequence[str | Path], leave_out: Sequence[Path]) -> Iterator[Entry]:
    """Every file of the folders and those below, each once, in the order of their names.

    ``leave_out`` are files and folders that are no part of it (the corpus itself). Links to folders are not followed.
    Raises NotADirectoryError if a folder is none.
    """
    roots = list(dict.fromkeys(os.path.realpath(folder) for folder in folders))
    for root in roots:
        if not os.path.isdir(root):
            raise NotADirectoryError(root)
    roots = [root for root in roots if not any(_inside(root, other) for other in roots if other != root)]
    base = os.path.commonpath(roots)
    out = {os.path.realpath(path) for path in leave_out}
    for root in sorted(roots):
        yield from _below(root, base, out)


def _inside(path: str, folder: str) -> bool:
    return os.path.commonpath([path, folder]) == folder


def _below(folder: str, base: str, out: set[str]) -> Iterator[Entry]:
    try:
        with os.scandir(folder) as found:
            children = sorted(found, key=lambda child: child.name)
    except OSError:
        yield Entry(f"{name_of(folder, base)}/", folder, 0, 0, UNREADABLE, "corpus_folder_closed")
        return
    for child in children:
        if child.path in out:
            continue
        if child.is_dir(follow_symlinks=False) and not child.name.startswith("."):
            yield from _below(child.path, base, out)
        else:
            yield _entry(child, base)


def _entry(child: os.DirEntry[str], base: str) -> Entry:
    name = name_of(child.path, base)
    try:
        about = child.stat()
    except OSError:
        return Entry(name, child.path, 0, 0, UNREADABLE, "corpus_broken_link")
    why = ""
    if stat.S_ISDIR(about.st_mode):
        name, why = f"{name}/", "corpus_hidden" if child.name.startswith(".") else "corpus_link_to_folder"
    elif not stat.S_ISREG(about.st_mode):
        why = "corpus_no_plain_file"
    elif child.name.startswith((".", "~$")):
        why = "corpus_hidden"
    elif os.path.splitext(child.name)[1].lower().lstrip(".") not in KINDS:
        why = "corpus_not_read"
    return Entry(name, child.path, about.st_size, about.st_mtime_ns // 1000, OTHER_KIND if why else None, why)


def name_of(path: str, base: str) -> str:
    """The file's name in the corpus. A name in no known encoding is written with the bytes as ``\\xNN``."""
    name = os.path.relpath(path, base).replace(os.sep, "/")
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
