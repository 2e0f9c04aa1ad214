"""Which part of the running text belongs to which section of the form, and where tables stand in it.

Headings are recognised by their wording, not by their number: real reports number them wrongly, anew or not at all,
and a page's text may have no lines (layouts.md §F). The wordings are those of the forms' files.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from gongkai.annual.form import Form, forms
from gongkai.annual.reading.labels import bare, letters
from gongkai.annual.reading.words.prose import Prose
from gongkai.annual.report import Heading

NEAR = 84.0
"""From this likeness (0–100) on a numbered line counts as a heading of the form; 行政法复议 for 行政复议 has 97."""

LONGEST = 45
"""A heading has at most so many characters."""

TABLE_LABELS = 3
"""So many labels of a table with nothing but figures between them are a table, not a sentence."""

_NUMBER = (
    r"(?:第?[一二三四五六七八九十]{1,2}(?:部分|[、.：，]|是)[：、]?|[一二三四五六七八九十](?=[^一二三四五六七八九十]))"
)
_BRACKETED = r"（[一二三四五六七八九十]{1,2}）[、.]?"
_ANY_HEADING = re.compile(
    rf"(?:第?[一二三四五六七八九十]{{1,2}}(?:部分|[、.])[：、]?)([^。；，！？\n]{{2,{LONGEST}}})\Z"
)
_BETWEEN_LABELS = re.compile(r"(?:[\s\d.|/+\-—%：_（）()]|元|[一二三四五六七八九十\d][、.])*")
_DIGITS_BEHIND = re.compile(r"[\s\d.,|/+\-—%元（）]*")
_SAID = re.compile(r"[共计为有：]*\d+[件宗起例条]")  # 「未经复议直接起诉结果维持 1 件」 is a sentence
_QUOTED = '“"《‘见如'


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of running text under one heading: section number (None: not known), and its offsets."""

    section: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    section: int | None


@dataclass(frozen=True, slots=True)
class Division:
    """The headings found, the parts of the text between them without the tables, and the form that has them."""

    headings: tuple[Heading, ...]
    parts: tuple[Part, ...]
    form: Form | None


def divide(prose: Prose, form: Form | None = None) -> Division:
    """The text divided by the headings of that form; without one, by those of the form that fits best."""
    tables = _tables(prose)
    tried = [(one, _headings(prose, one, tables)) for one in ([form] if form else reversed(list(forms().values())))]
    form, found = max(tried, key=lambda pair: len({heading.section for heading in pair[1] if heading.section}))
    shown = tuple(
        Heading(
            prose.printed[heading.start : heading.end].strip("：。\n "), heading.section, prose.where(heading.start)
        )
        for heading in found
    )
    return Division(shown, tuple(_parts(prose, found, tables)), form if any(one.section for one in found) else None)


# ── Headings ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _headings(prose: Prose, form: Form, tables: Sequence[tuple[int, int]]) -> list[_Found]:
    wordings = _wordings(form.name)
    found = [
        _Found(match.start(), match.end(), wordings[_key(match["name"])])
        for match in _headed(form.name, _NUMBER).finditer(prose.text)
        if _stands_alone(prose, match)
    ]
    taken = {one.start for one in found}
    for start in prose.starts:
        if start not in taken and not _inside(start, tables):
            one = _line_heading(prose, start, wordings)
            if one:
                found.append(one)
    if sum(one.section is not None for one in found) < 2:
        brackets = [
            _Found(match.start(), match.end(), wordings[_key(match["name"])])
            for match in _headed(form.name, _BRACKETED).finditer(prose.text)
            if prose.starts_line(match.start())
        ]
        if len({one.section for one in brackets}) > 2:
            found = brackets
    found.sort(key=lambda one: one.start)
    return _without_contents(found)


@cache
def _wordings(form: str) -> dict[str, int]:
    """The wordings of a form's headings (letters only) by section."""
    wordings: dict[str, int] = {}
    for section in forms()[form].sections:
        for wording in (section.heading, *section.variants):
            wordings.setdefault(_key(wording), section.number)
    return wordings


@cache
def _headed(form: str, number: str) -> re.Pattern[str]:
    """What finds the wordings of a form's headings behind a number of that kind."""
    names = "|".join("[、，和及与]?".join(wording) for wording in sorted(_wordings(form), key=len, reverse=True))
    return re.compile(rf"{number}(?P<name>{names})")


def _key(wording: str) -> str:
    """A wording for comparison: letters only, and without the words that join two nouns."""
    return re.sub("[和及与]", "", letters(wording))


def _stands_alone(prose: Prose, match: re.Match[str]) -> bool:
    """Whether a numbered wording is a heading: it begins a line, or its number has a mark and nothing refers to it."""
    text, start = prose.text, match.start()
    if prose.starts_line(start):
        return True
    marked = text[match.start("name") - 1] in "、.：分"
    return (
        marked and (start == 0 or text[start - 1] not in _QUOTED + "第") and text[match.end() : match.end() + 1] != "”"
    )


def _line_heading(prose: Prose, start: int, wordings: dict[str, int]) -> _Found | None:
    """The heading that the line is which begins there: with a misprint if numbered or marked up, else to the letter."""
    end = prose.end_of_line(start)
    line = prose.lines[prose.line(start)]
    text = prose.text[start:end].strip("\n")
    if len(text) > LONGEST:
        return None
    key = _key(bare(text.strip("。：")))
    numbered = _ANY_HEADING.match(text)
    if key in wordings and not text.startswith("（"):
        return _Found(start, start + len(text), wordings[key])
    if not (numbered or line.heading) or text.startswith("（"):
        return None
    long = [wording for wording in wordings if len(wording) > 3]
    best = process.extractOne(key, long, scorer=fuzz.ratio, score_cutoff=NEAR)
    if best:
        return _Found(start, start + len(text), wordings[best[0]])
    if numbered and _label_like(text) is None:
        return _Found(start, start + len(text), None)
    return None


def _without_contents(found: list[_Found]) -> list[_Found]:
    """Without the headings of a table of contents: those that follow each other closely and come again later."""
    last = {one.section: one.start for one in found}
    kept = []
    for i, one in enumerate(found):
        again = one.section is not None and last[one.section] > one.start
        crowded = i + 1 < len(found) and found[i + 1].start - one.end < 12
        listed = i > 0 and one.start - found[i - 1].end < 12
        if not (again and (crowded or listed)):
            kept.append(one)
    return kept


# ── Tables in the text ───────────────────────────────────────────────────────────────────────────────────────────


@cache
def _labels() -> re.Pattern[str]:
    """Every label of every table of every form, the longest first."""
    labels: set[str] = set()
    for form in forms().values():
        for table in form.tables.values():
            labels |= {table.stub, *(group.label for group in table.groups)}
            for block in table.blocks:
                labels |= {block.heading, *(label for row in block.rows for label in row.labels)}
                labels |= {label for column in block.columns for label in (column.label, *column.variants)}
    joined = {re.sub(r"\s", "", label) for label in labels} - {""}
    return re.compile("|".join(re.escape(label) for label in sorted(joined, key=len, reverse=True)))


def _label_like(text: str) -> str | None:
    """The label of a table that the text is, without its number, or None."""
    match = _labels().fullmatch(re.sub(r"^[一二三四五六七八九十]{1,2}[、.]", "", text))
    return match[0] if match else None


def _tables(prose: Prose) -> list[tuple[int, int]]:
    """Where tables stand in the text: from a run of labels to the last figures before the next sentence."""
    text = prose.text
    hits = [(match.start(), match.end()) for match in _labels().finditer(text)]
    runs: list[tuple[int, int]] = []
    i = 0
    while i < len(hits):
        j = i
        while j + 1 < len(hits) and _close(text, hits[j][1], hits[j + 1][0]):
            j += 1
        if j - i + 1 >= TABLE_LABELS and not _SAID.match(text, hits[j][1]):
            runs.append((hits[i][0], _DIGITS_BEHIND.match(text, hits[j][1]).end()))  # type: ignore[union-attr]
        i = j + 1
    merged: list[tuple[int, int]] = []
    for start, end in runs:
        if merged and not _sentence(text, merged[-1][1], start):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _close(text: str, start: int, end: int) -> bool:
    return end - start <= 120 and _BETWEEN_LABELS.fullmatch(text, start, end) is not None


def _sentence(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends between two runs of labels."""
    return text.find("。", start, end) >= 0


def _inside(at: int, stretches: Sequence[tuple[int, int]]) -> bool:
    place = bisect_right(stretches, at, key=lambda stretch: stretch[0]) - 1
    return place >= 0 and at < stretches[place][1]


# ── Parts ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _parts(prose: Prose, headings: Sequence[_Found], tables: Sequence[tuple[int, int]]) -> Iterable[Part]:
    """The stretches of text between headings and tables."""
    cuts = sorted(
        [(one.start, one.end, True, one.section) for one in headings]
        + [(start, end, False, None) for start, end in tables]
    )
    section: int | None = None
    at = 0
    for start, end, heading, number in cuts:
        if start > at:
            yield Part(section, at, start)
        at = max(at, end)
        if heading and number is not None:
            section = number
    if at < len(prose.text):
        yield Part(section, at, len(prose.text))
