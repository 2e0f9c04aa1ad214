"""Whose report it is, of which year, under which title, over which period, and published when.

The title says it first; where it does not, the text, the day of publication and the file's name are asked in that
order, and only what is certain is said. The year of a report is not the year in which it was published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from gongkai.annual.reading.document import Document
from gongkai.annual.reading.words.agencies import (
    body,
    compiled_by,
    completed,
    is_area,
    issued_by,
    plausible,
    spoken_of_twice,
)
from gongkai.annual.reading.words.dates import day_in, days_between, possible, published_on, spoken_years
from gongkai.annual.reading.words.prose import plain, without_pinyin
from gongkai.annual.reading.words.titles import HeadLine, best_title, titles_in

HEAD = 3000
"""So many characters at the beginning are looked through for a title and what stands around it."""

LINES = 120
"""So many lines at the beginning."""

END = 40
"""So many lines at the end may state the period."""

TAIL = 12
"""So many lines at the end may hold a signature and a day."""

LATEST_MONTH = 6
"""A report published later in the year than this may be a late one: its year is not told by that day."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Agency, year of the report, title as printed, period of the statistics (first and last day, ISO) and day of
    publication (ISO); None or empty where the document does not say."""

    agency: str | None = None
    year: int | None = None
    title: str = ""
    period: tuple[str, str] | None = None
    published: str | None = None


def identify(document: Document, name: str = "") -> Identity:
    """The identity of a document; ``name`` is its file's name, asked last. Never raises."""
    written = [line.text for line in document.lines() if line.text.strip()]
    head, lines = _head(written), [_head_line(text) for text in written[-END:]]
    title = best_title(titles_in([_head_line(document.title), *head] if document.title else head))
    opening = _tight(line.plain for line in head)
    period = days_between(opening) or days_between(_tight(line.plain for line in lines)[-HEAD:])
    published = _published(document, head, lines)
    agency = title.agency if title else None
    if agency is None:
        agency = _agency_of(head, lines)
    elif is_area(agency):
        agency = completed(agency, opening) or agency
    elif not plausible(agency):
        agency = _agency_of(head, lines) or agency
    year = title.year if title else None
    if year is None:
        year = _year_of(period, opening, published, name)
    return Identity(body(agency) if agency else None, year, title.printed if title else "", period, published)


def _head_line(text: str) -> HeadLine:
    printed = without_pinyin(re.sub(r"^[\s#>*]+|[*]{2}", "", text[:HEAD])).strip()
    return HeadLine(printed, spoken_years(plain(printed)))


def _head(lines: list[str]) -> list[HeadLine]:
    """The lines at the beginning, as far as a title and the first sentences may stand."""
    head, length = [], 0
    for line in lines[:LINES]:
        head.append(_head_line(line))
        length += len(head[-1].plain)
        if length >= HEAD:
            break
    return head


def _tight(lines: Iterable[str]) -> str:
    return "".join(re.sub(r"\s", "", line) for line in lines)


# ── Who, where the title does not say ────────────────────────────────────────────────────────────────────────────


def _agency_of(head: list[HeadLine], lines: list[HeadLine]) -> str | None:
    """The agency from 发布机构, 本报告由…编制 or the signature, in that order."""
    named = issued_by(line.plain for line in head) or compiled_by(_tight(line.plain for line in head))
    if named:
        return named
    if named := spoken_of_twice([line.plain for line in head]):
        return named
    tail = [re.sub(r"\s", "", line.plain) for line in lines[-TAIL:]]
    for signature, day in pairwise(tail):
        if len(day) <= 12 and day_in(day) and plausible(signature):
            return signature
    return None


# ── When ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_OPENING_YEAR = re.compile(r"(?:^|[。：；>）情况述])(20\d\d)年(?:度)?(?:以来)?，")
_OWN_REPORT_YEAR = re.compile(
    r"(?<!\d)(20\d\d)年(?:度)?(?:的)?(?:政府|政务)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:报告|年报)"
)
_NAMED_YEAR = re.compile(r"(?<!\d)(20[012]\d)(?!\d)")


def _year_of(period: tuple[str, str] | None, opening: str, published: str | None, name: str) -> int | None:
    """The year of a report whose title has none: period, first sentences, day of publication, file name."""
    if period and period[0][:4] == period[1][:4]:
        return int(period[0][:4])
    for pattern in (_OWN_REPORT_YEAR, _OPENING_YEAR):
        said = {int(match[1]) for match in pattern.finditer(opening) if not _eaten(opening, match.end(1))}
        if len(said) == 1 and possible(*said):
            return said.pop()
    if published and int(published[5:7]) <= LATEST_MONTH:
        return int(published[:4]) - 1
    named = {int(year) for year in _NAMED_YEAR.findall(name.rsplit("/", 1)[-1])}
    return named.pop() if len(named) == 1 and possible(*named) else None


def _eaten(text: str, at: int) -> bool:
    """Whether characters are missing behind a year (2018年11日)."""
    return re.match(r"年\d{1,4}日", text[at : at + 8]) is not None


def _published(document: Document, head: list[HeadLine], lines: list[HeadLine]) -> str | None:
    """The day of publication: of the file's metadata, of a line that says it, or under the signature."""
    if document.published:
        return document.published[:10]
    said = published_on([line.plain for line in head])
    if said:
        return said
    signed = [line.plain for line in lines[: -TAIL - 1 : -1]] + [
        line.plain for line in head if line.plain.startswith("（")
    ]
    for line in signed:
        text = re.sub(r"[\s（）]", "", line)
        if len(text) <= 12 and (day := day_in(text)):
            return day
    return None
