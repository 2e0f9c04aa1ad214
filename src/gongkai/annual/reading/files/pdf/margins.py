"""What stands in the margins of the pages and is no part of the text: page numbers, running headers and footers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from gongkai.annual.reading.files.pdf.words import Row

MARGIN = 0.13
"""Of the page's height: page numbers and running lines stand in this margin. Official documents (GB/T 9704) leave 37 mm
of 297 above the text and 35 mm below, and set the page number 7 mm under it."""
SAME_HEIGHT = 4.0
"""Points: a running line stands at the same height on every page."""
LEAST_PAGES = 3
"""A line that is the same on so many pages at the same height is a running line; on both of two pages also."""
FEW_WORDS = 4
"""A running line has at most so many pieces (day, hour, title, page); a row of a table has more."""
DEPTH = 3
"""So many running lines may stand one above the other."""

_DASHES = "-–—−‐·•.~～_|"
_PAGE_NUMBER = re.compile(
    rf"[{_DASHES}]+\d{{1,4}}[{_DASHES}]+"
    r"|第\d{1,4}页[,/]?(共\d{1,4}页)?|共\d{1,4}页[,/]?第\d{1,4}页"
    r"|\d{1,4}/\d{1,4}|page\d{1,4}(of\d{1,4})?|\d{1,4}of\d{1,4}|p\.?\d{1,4}",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(rf"[{_DASHES}]*(\d{{1,4}})[{_DASHES}]*")

_PAGE_OF_PAGES = re.compile(r"(\d{1,4})/(\d{1,4})")
_PRINTED_AT = re.compile(r"\d{2,4}[/.-]\d{1,2}[/.-]\d{2,4},?\d{1,2}:\d{2}(:\d{2})?([ap]m)?", re.IGNORECASE)
"""Browsers print the hour and the page's title above, its address and the page's number below."""

Place = tuple[int, int]


def margins(pages: Sequence[Sequence[object]], heights: Sequence[float]) -> set[Place]:
    """Which parts of the pages are page numbers and running lines, as (page, part) from 0.

    ``pages`` are each page's parts from the top (lines as Row; anything else is text), ``heights`` the pages' heights.
    """
    found: set[Place] = set()
    for from_top in (True, False):
        for _ in range(DEPTH):
            outer = dict(_outermost(pages, heights, found, from_top))
            new = _numbers(outer) | _running(outer, len(pages)) | _printed(outer, len(pages))
            if not new:
                break
            found |= new
    return found


def _outermost(
    pages: Sequence[Sequence[object]], heights: Sequence[float], found: set[Place], from_top: bool
) -> Iterator[tuple[Place, Row]]:
    """The outermost line of each page that is not found yet, where it stands in the margin."""
    for page, parts in enumerate(pages):
        order = range(len(parts)) if from_top else range(len(parts) - 1, -1, -1)
        part = next((part for part in order if (page, part) not in found), None)
        if part is None:
            continue
        row = parts[part]
        if not isinstance(row, Row) or len(row.words) > FEW_WORDS:
            continue
        within = MARGIN * heights[page]
        if row.box[3] <= within if from_top else row.box[1] >= heights[page] - within:
            yield (page, part), row


def _plain(row: Row) -> str:
    return unicodedata.normalize("NFKC", row.text).replace(" ", "")


def _numbers(outer: dict[Place, Row]) -> set[Place]:
    """Page numbers: written as such, or bare numbers that count with the pages."""
    found = {place for place, row in outer.items() if _PAGE_NUMBER.fullmatch(_plain(row))}
    bare = {
        place: int(match[1]) - place[0]
        for place, row in outer.items()
        if place not in found and (match := _BARE_NUMBER.fullmatch(_plain(row)))
    }
    together = Counter(bare.values())
    return found | {place for place, ahead in bare.items() if together[ahead] > 1 or ahead == 1}


def _printed(outer: dict[Place, Row], pages: int) -> set[Place]:
    """What a browser prints around each page, also where there is but one."""
    found = set()
    for place, row in outer.items():
        number = _PAGE_OF_PAGES.fullmatch(row.words[-1][2])
        counted = number is not None and (int(number[1]), int(number[2])) == (place[0] + 1, pages)
        if len(row.words) > 1 and (counted or _PRINTED_AT.match(_plain(row))):
            found.add(place)
    return found


def _running(outer: dict[Place, Row], pages: int) -> set[Place]:
    """Lines that stand at the same height on several pages and differ at most in their digits."""
    alike: dict[str, list[tuple[float, Place]]] = defaultdict(list)
    for place, row in outer.items():
        text = re.sub(r"\d+", "#", _plain(row))
        if text.count("#") > 2 or re.search(r"[^\W_]", text):  # words, or a date; one figure may be of a table
            alike[text].append((row.box[1], place))
    found = set()
    for standing in alike.values():
        for height, place in standing:
            level = sum(abs(height - other) <= SAME_HEIGHT for other, _ in standing)
            if level >= LEAST_PAGES or level == pages == 2:
                found.add(place)
    return found
