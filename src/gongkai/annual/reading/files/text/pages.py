"""The lines of a text file with their places; page numbers between pages taken out."""

from __future__ import annotations

import re
from typing import NamedTuple

_BREAKS = re.compile("\r\n|\r|\x0b|\x85|\u2028|\u2029")
_STRAY = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff\u00ad]")
_DASHED = re.compile(
    r"\s*[-—–－─]{1,2}\s*\d{1,4}\s*[-—–－─]{1,2}\s*|\s*第\s*\d{1,4}\s*页\s*(?:[,，/]?\s*共\s*\d{1,4}\s*页)?\s*"
)
_BARE = re.compile(r"\s*(\d{1,4})\s*")


class Source(NamedTuple):
    """A line as the file has it: its number from 1, its page (None where the file has no pages), its text."""

    number: int
    page: int | None
    text: str


def sources(text: str) -> list[Source]:
    """The lines of a text, page numbers left out.

    ``- 2 -`` and 第 2 页 are page numbers wherever they stand alone. A bare number is one only right beside a form feed
    and only if it counts on as the pages do: elsewhere it may be a figure of a table.
    """
    paged = "\f" in text
    found: list[Source] = []
    number = 0
    for page, part in enumerate(_BREAKS.sub("\n", text).split("\f"), 1):
        for index, line in enumerate(part.split("\n")):
            # The line that a form feed stands in is one line of the file.
            number += 0 if index == 0 and page > 1 else 1
            found.append(Source(number, page if paged else None, _STRAY.sub("", line)))
    dropped = _page_numbers(found) if paged else set()
    return [line for index, line in enumerate(found) if index not in dropped and not _DASHED.fullmatch(line.text)]


def _page_numbers(lines: list[Source]) -> set[int]:
    """The indexes of bare numbers at the ends of pages that go up with the pages."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for index, line in enumerate(lines):
        if line.page is not None and line.text.strip():
            first.setdefault(line.page, index)
            last[line.page] = index
    candidates: dict[int, int] = {}
    for page in first:
        for index in {first[page], last[page]}:
            if match := _BARE.fullmatch(lines[index].text):
                candidates[index] = int(match[1]) - page
    offsets = list(candidates.values())
    return {index for index, offset in candidates.items() if offset == 0 or offsets.count(offset) > 1}
