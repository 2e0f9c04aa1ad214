"""Running text of two reports side by side, sentence by sentence, and what was changed inside a sentence."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from gongkai.annual.checking.likeness import bare
from gongkai.annual.comparing.comparison import ComparedSection, Kind, Pair, Piece
from gongkai.annual.comparing.figures import rule
from gongkai.annual.form import form_for, forms
from gongkai.annual.report import Report

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*%?|[A-Za-z]+|\s+|.", re.DOTALL)
_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]{1,2}|\d{1,2})[、.．]\s*")

ISLAND = 2
"""Equal characters between two changes that are too few to be read for themselves belong to the change."""


def sections(left: Report, right: Report) -> tuple[ComparedSection, ...]:
    """The sections of both texts in the order of the form; what stands under no heading first."""
    numbers = [number for report in (left, right) for number, text, _ in report.narrative.paragraphs if text.strip()]
    ordered = sorted(set(numbers), key=lambda number: number or 0)
    return tuple(_section(left, right, number) for number in ordered)


def _section(left: Report, right: Report, number: int | None) -> ComparedSection:
    texts = [_text(report, number) for report in (left, right)]
    pairs = tuple(side_by_side(sentences(texts[0]), sentences(texts[1])))
    plain = [bare(text, report.agency) for text, report in zip(texts, (left, right), strict=True)]
    least = rule("C-3").settings["least"]
    likeness = int(fuzz.ratio(*plain)) if min(map(len, plain)) >= least else None
    return ComparedSection(number, _heading(left, right, number), pairs, likeness)


def _text(report: Report, number: int | None) -> str:
    return "\n".join(text for section, text, _ in report.narrative.paragraphs if section == number)


def _heading(left: Report, right: Report, number: int | None) -> str:
    """The heading without its number as the right report has it, or the left one, or their form."""
    for report in (right, left):
        for heading in report.narrative.headings:
            if heading.section == number and number is not None:
                return _NUMBER.sub("", heading.text)
    form = forms().get(right.form or "") or (form_for(right.year) if right.year else None)
    return next((one.heading for one in form.sections if one.number == number), "") if form else ""


def sentences(text: str) -> list[str]:
    """The text in sentences and clauses that end with a semicolon, each with its mark; no blank ones."""
    return [found for match in _SENTENCE.findall(text) if (found := match.strip())]


def side_by_side(left: Sequence[str], right: Sequence[str]) -> Iterator[Pair]:
    """The sentences of both in order: the same, changed ones beside each other, those of one side alone."""
    for same, mine, theirs in _runs(left, right):
        if same:
            yield from (Pair(Kind.SAME, one, other) for one, other in zip(mine, theirs, strict=True))
        else:
            yield from _replaced(mine, theirs)


def _runs(left: Sequence[str], right: Sequence[str]) -> list[tuple[bool, list[str], list[str]]]:
    """Both in runs, in order: what is the same in both, and between that what each has alone."""
    runs: list[tuple[bool, list[str], list[str]]] = []
    for step in LCSseq.opcodes(left, right):
        same = step.tag == "equal"
        if not runs or runs[-1][0] != same:
            runs.append((same, [], []))
        runs[-1][1].extend(left[step.src_start : step.src_end])
        runs[-1][2].extend(right[step.dest_start : step.dest_end])
    return runs


def _replaced(left: Sequence[str], right: Sequence[str]) -> Iterator[Pair]:
    """A stretch that is not the same: sentences that are alike beside each other, in the order of both."""
    at = other = 0
    for mine, theirs in [*_matched(left, right), (len(left), len(right))]:
        yield from (Pair(Kind.GONE, one, "") for one in left[at:mine])
        yield from (Pair(Kind.NEW, "", one) for one in right[other:theirs])
        if mine < len(left):
            yield Pair(Kind.CHANGED, left[mine], right[theirs], tuple(pieces(left[mine], right[theirs])))
        at, other = mine + 1, theirs + 1


def _matched(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Which sentences are one that was changed: the most alike first, none across another pair; none where there are
    too many to try."""
    settings = rule("C-3").settings
    if len(left) * len(right) > settings["longest"]:
        return []
    tried = [
        (-likeness, at, other)
        for at, one in enumerate(left)
        for other, two in enumerate(right)
        if (likeness := fuzz.ratio(one, two, score_cutoff=settings["sentence"]))
    ]
    chosen: list[tuple[int, int]] = []
    for _, at, other in sorted(tried):
        place = bisect(chosen, (at, other))
        before, after = chosen[max(place - 1, 0) : place], chosen[place : place + 1]
        if all(one < at and two < other for one, two in before) and all(one > at and two > other for one, two in after):
            chosen.insert(place, (at, other))
    return chosen


def pieces(left: str, right: str) -> Iterator[Piece]:
    """What was taken out of a sentence and what was put in; figures and Latin words are taken whole."""
    runs = _runs(_TOKEN.findall(left), _TOKEN.findall(right))
    gone = new = ""
    for number, (same, mine, theirs) in enumerate(runs):
        island = 0 < number < len(runs) - 1 and len("".join(mine)) < ISLAND
        if same and not island:
            yield from _change(gone, new)
            gone = new = ""
            yield Piece(Kind.SAME, "".join(mine))
        else:
            gone, new = gone + "".join(mine), new + "".join(theirs)
    yield from _change(gone, new)


def _change(gone: str, new: str) -> Iterator[Piece]:
    if gone:
        yield Piece(Kind.GONE, gone)
    if new:
        yield Piece(Kind.NEW, new)
