"""Where the tables stand in running text, by wordings that only they have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.annual.form import forms
from gongkai.annual.reading.labels import bare
from gongkai.annual.reading.tables.anchors import BEGINNING
from gongkai.annual.reading.tables.catalogue import DISPUTES, PUBLICATION, REQUESTS, catalogue
from gongkai.annual.reading.tables.tokens import Stream

HEAD = 8
"""So many characters of a label, found in order, open a table's region."""


NEAR = 80
"""Within so many characters behind its heading a block of the publication table names its columns."""

FEWEST = 3
"""So many rows must be named for a place to be the table and not a sentence."""


@dataclass(frozen=True, slots=True)
class Regions:
    """Where the tables stand in the stream: (start, end) offsets; None where a table is not there.

    The table of requests may be there several times (last year's beside this year's): each is a region.
    """

    publication: tuple[int, int] | None
    requests: tuple[tuple[int, int], ...]
    disputes: tuple[int, int] | None


def find_regions(stream: Stream) -> Regions:
    """The regions of the tables, by the labels that only they have in that order."""
    end = len(stream.text)
    requests = _requests_regions(stream)
    disputes_from = requests[-1][1] if requests else 0
    disputes = _disputes_region(stream, disputes_from)
    publication = _publication_region(stream, requests[0][0] if requests else (disputes[0] if disputes else end))
    return Regions(publication, requests, disputes)


def _requests_regions(stream: Stream) -> tuple[tuple[int, int], ...]:
    """From the first row's label (or, if that is misprinted, the first that is found) to the next section or table.

    The narrative may use the same words; the place behind which most rows are named is the table, and others behind
    which nearly as many are named are tables too.
    """
    known = catalogue(REQUESTS)
    heads = [bare(known.rows[key].label)[:HEAD] for key in known.row_order]
    heads = [head for head in heads if len(head) >= HEAD]
    starts = list(stream.find_all(heads[0]))
    if not starts:
        found = [at for head in heads if (at := stream.find(head)) >= 0]
        starts = [min(found)] if len(found) >= FEWEST else []
    found_at: list[tuple[int, int, int]] = []
    for start, following in pairwise([*starts, len(stream.text)]):
        end = min(following, _requests_end(stream, start, heads[-1]))
        found_at.append((sum(stream.find(head, start, end) >= 0 for head in heads), start, end))
    most = max((named for named, _, _ in found_at), default=0)
    return tuple((start, end) for named, start, end in found_at if named >= FEWEST and 2 * named >= most)


def _requests_end(stream: Stream, start: int, last: str) -> int:
    """Where the section after the table begins: behind the last row's label, if that is there."""
    behind = max(start, stream.find(last, start))
    ends = [_first(stream, _section_headings(DISPUTES), behind), stream.find(_dispute_labels()[0], behind)]
    return min((at for at in ends if at >= 0), default=len(stream.text))


def _disputes_region(stream: Stream, start: int) -> tuple[int, int] | None:
    table = next(iter(catalogue(DISPUTES).tables.values()))
    innermost = [group.label for group in table.groups if len(bare(group.label)) > BEGINNING]
    wordings = (_dispute_labels()[:1], innermost, _section_headings(DISPUTES))
    at = next((at for some in wordings if (at := _first(stream, some, start)) >= 0), -1)
    if at < 0:
        return None
    closing = _first(stream, _section_headings_after(DISPUTES), at)
    return at, closing if closing >= 0 else len(stream.text)


def _publication_region(stream: Stream, end: int) -> tuple[int, int] | None:
    """From the first block's heading that a column's heading follows closely, or the first column's heading."""
    tables = catalogue(PUBLICATION).tables.values()
    blocks = [block for table in tables for block in table.blocks]
    columns = [label for block in blocks for column in block.columns for label in (column.label, *column.variants)]
    columns = [label for label in dict.fromkeys(columns) if len(bare(label)) > BEGINNING]
    headings = dict.fromkeys(block.heading for block in blocks if block.heading)
    starts = [
        at
        for heading in headings
        for at in stream.find_all(heading)
        if at < end and _first(stream, columns, at, min(end, at + NEAR)) >= 0
    ]
    start = min(starts, default=_first(stream, columns, 0, end))
    if start < 0:
        return None
    closing = _first(stream, _section_headings_after(PUBLICATION), start, end)
    return start, closing if closing >= 0 else end


def _first(stream: Stream, wordings: Sequence[str], start: int, end: int | None = None) -> int:
    found = [at for wording in wordings if (at := stream.find(wording, start, end)) >= 0]
    return min(found, default=-1)


def _dispute_labels() -> list[str]:
    table = next(iter(catalogue(DISPUTES).tables.values()))
    return [column.label for column in table.columns]


def _section_headings(table: str) -> list[str]:
    return [
        text
        for form in forms().values()
        for section in form.sections
        if table in section.tables
        for text in (section.heading, *section.variants)
    ]


def _section_headings_after(table: str) -> list[str]:
    wordings = []
    for form in forms().values():
        numbers = [section.number for section in form.sections if table in section.tables]
        after = [section for section in form.sections if numbers and section.number == numbers[0] + 1]
        wordings += [text for section in after for text in (section.heading, *section.variants)]
    return wordings
