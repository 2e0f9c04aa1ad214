"""Where the tables stand in running text, by wordings that only they have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.annual.form import forms
from gongkai.annual.reading.anchors import BEGINNING
from gongkai.annual.reading.catalogue import DISPUTES, PUBLICATION, REQUESTS, catalogue
from gongkai.annual.reading.labels import bare
from gongkai.annual.reading.tokens import Stream

HEAD = 8
"""So many characters of a label, found in order, open a table's region."""


@dataclass(frozen=True, slots=True)
class Regions:
    """Where the tables stand in the stream: (start, end) offsets; None where a table is not there."""

    publication: tuple[int, int] | None
    requests: tuple[int, int] | None
    disputes: tuple[int, int] | None


def find_regions(stream: Stream) -> Regions:
    """The regions of the tables, by the labels that only they have in that order."""
    end = len(stream.text)
    requests = _requests_region(stream)
    disputes_from = requests[1] if requests else 0
    disputes = _disputes_region(stream, disputes_from)
    publication = _publication_region(stream, requests[0] if requests else (disputes[0] if disputes else end))
    return Regions(publication, requests, disputes)


def _requests_region(stream: Stream) -> tuple[int, int] | None:
    rows = catalogue(REQUESTS).rows
    first, *_, last = catalogue(REQUESTS).row_order
    second = catalogue(REQUESTS).row_order[1]
    opening = bare(rows[first].label)[:HEAD]
    for start in stream.find_all(opening):
        following = stream.find(bare(rows[second].label)[:HEAD], start)
        again = stream.find(opening, start + 1)
        if following >= 0 and (again < 0 or following < again):
            break
    else:
        return None
    closing = _first(stream, _section_headings(DISPUTES), start)
    outcome = stream.find(_dispute_labels()[0], start)
    ends = [at for at in (closing, outcome) if at >= 0]
    carried = stream.find(bare(rows[last].label), start)
    end = min(ends) if ends else len(stream.text)
    return start, max(end, carried + 1) if carried < end or not ends else end


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
    known = catalogue(PUBLICATION)
    headings = [block.heading for table in known.tables.values() for block in table.blocks if block.heading]
    start = _first(stream, headings[:1], 0, end)
    if start < 0:
        labels = [column.label for table in known.tables.values() for column in table.blocks[0].columns]
        start = _first(stream, labels, 0, end)
    closing = _first(stream, _section_headings_after(PUBLICATION), start, end) if start >= 0 else -1
    return (start, closing if closing >= 0 else end) if start >= 0 else None


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
