"""Which row's label stands nearest before a figure in running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from gongkai.annual.form import Row
from gongkai.annual.reading.labels import SHORT, bare, letters
from gongkai.annual.reading.tables.tokens import marked

BEGINNING = 4
"""A label may be cut by its figures after so many characters: 部分公开（区分… 447 7 0 …形，不计…）."""

MISPRINT = 85.0
"""From this partial similarity (0–100) on a label with misprints is recognised inside other words."""

BETWEEN = 4
"""So many letters may stand between a row's label and its figures: a unit, or a piece of a heading beside it."""

REST = 70.0
"""From this similarity on words behind a row's label are the rest of it, folded around a heading beside it."""

EXACT = 100.0
"""The similarity of a label with itself."""

CLEARLY = 5.0
"""By so much a label must be nearer than any other that may stand at the same place."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The row whose label stands nearest before a figure, and how many letters stand between label and figure."""

    key: str
    between: int
    begin: int
    """Where the label begins, in letters from the beginning of the words."""


def nearest_label(before: str, rows: Sequence[Row], last: str | None) -> Anchor | None:
    """The row whose label stands nearest to the end of ``before``, or None.

    A label of few characters (其他, 总计) counts only with its number, or alone between figures right behind the row
    before it. ``last`` is the row found before.
    """
    words = letters(_without_marks(before))
    spaced = _with_marks(before)
    best: tuple[int, int, str] | None = None
    for index, row in enumerate(rows):
        for label in row.labels:
            form = wording_of(label)
            found = _short(spaced, words, row, form, rows[index - 1].key if index else None, last)
            if found is None and len(form) > SHORT:
                found = _end_of(words, form)
            if found is not None and (best is None or found > best[:2]):
                best = (*found, row.key)
    if best is None:
        best = _misprinted(words, rows)
    elif (behind := _misprinted(words[best[0] :], _after(best[2], rows))) and not _rest_of(
        words[best[0] :], best[2], rows
    ):
        best = (best[0] + behind[0], *behind[1:])  # a later row's label, misprinted, stands nearer
    if best is not None and (other := _unnumbered_behind(words[best[0] :], best[2], rows)):
        if len(other) > 1:
            return None
        best = (len(words), len(wording_of(other[0].label)), other[0].key)
    return Anchor(best[2], max(0, len(words) - best[0]), best[0] - best[1]) if best else None


def wording_of(label: str) -> str:
    """A label as it stands in a stream: bare, and without the digits that belong to its wording."""
    return re.sub(r"\d", "", bare(label))


def _end_of(words: str, form: str) -> tuple[int, int] | None:
    """Where the label, or a beginning of it at the very end, ends in the words, and how much of it stands there."""
    at = words.rfind(form)
    if at >= 0:
        return at + len(form), len(form)
    for length in range(min(len(form) - 1, len(words)), BEGINNING - 1, -1):
        if words.endswith(form[:length]):
            return len(words), length
    return None


def _short(
    spaced: str, words: str, row: Row, form: str, before: str | None, last: str | None
) -> tuple[int, int] | None:
    if len(form) > SHORT:
        return None
    if row.number:
        at = spaced.rfind(marked(row.number) + form)
        if at >= 0:
            return len(letters(_without_marks(spaced[:at]))) + len(form), len(form)
        if words == form and (last == before or last is None):
            return len(form), len(form)
        return None
    at = words.rfind(form)
    return (at + len(form), len(form)) if at >= 0 else None


def _unnumbered_behind(words: str, key: str, rows: Sequence[Row]) -> list[Row]:
    """Later rows of few characters (其他, 总计) whose label, without its number, ends the words behind a row's label.

    The rows between were left blank, and left no figures.
    """
    short = [row for row in _after(key, rows) if len(wording_of(row.label)) <= SHORT]
    return [row for row in short if words.endswith(wording_of(row.label))]


def stands_apart(before: str, anchor: Anchor, rows: Sequence[Row]) -> bool:
    """Whether other words stand between a row's label and the figures: those of a row whose label is damaged."""
    if anchor.between <= BETWEEN:
        return False
    words = letters(_without_marks(before))[-anchor.between :]
    labels = next(wording_of(row.label) for row in rows if row.key == anchor.key)
    return len(words) > len(labels) or fuzz.partial_ratio(words, labels) < REST


def _rest_of(words: str, key: str, rows: Sequence[Row]) -> bool:
    """Whether the words are the rest of the row's own label, which it may share with later rows."""
    labels = next(row.labels for row in rows if row.key == key)
    return any(fuzz.partial_ratio(words, wording_of(label)) >= MISPRINT for label in labels)


def _after(key: str, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows behind the one of that key."""
    return rows[next(index for index, row in enumerate(rows) if row.key == key) + 1 :]


def _misprinted(words: str, rows: Sequence[Row]) -> tuple[int, int, str] | None:
    """The label with a misprint that stands nearest to the end, or None if that could be two rows' labels."""
    found = _misprints(words, rows)
    if not found:
        return None
    last = max(found, key=lambda one: (one.end, one.score))
    there = sorted((one for one in found if one.end > last.begin), key=lambda one: -one.score)
    best = there[0]
    if any(one.key != best.key and best.score - one.score < CLEARLY for one in there):
        return None
    return best.end, best.length, best.key


@dataclass(frozen=True, slots=True)
class _Misprint:
    """A row's label, with a misprint, among words: how like it is, where it stands, how long the label is."""

    score: float
    begin: int
    end: int
    length: int
    key: str


def _misprints(words: str, rows: Sequence[Row]) -> list[_Misprint]:
    found: list[_Misprint] = []
    for row in rows:
        for label in row.labels:
            form = wording_of(label)
            if len(form) < BEGINNING + 2 or len(words) < BEGINNING:
                continue
            near = fuzz.partial_ratio_alignment(form, words, score_cutoff=MISPRINT)
            if near is not None and near.src_end - near.src_start >= BEGINNING + 1:
                found.append(_Misprint(near.score, near.dest_start, near.dest_end, len(form), row.key))
    return found


def labels_among(before: str, rows: Sequence[Row]) -> list[str]:
    """The keys of the rows whose labels stand among the words, in the order in which they stand there.

    Labels of few characters (其他, 总计) stand inside others, and count with their number only.
    """
    words = letters(_without_marks(before))
    spaced = _with_marks(before)
    places: dict[str, tuple[float, int]] = {}
    for one in _misprints(words, rows):
        places[one.key] = max(places.get(one.key, (0.0, 0)), (one.score, one.begin))
    for row in rows:
        at = spaced.rfind(marked(row.number) + wording_of(row.label)) if row.number else -1
        if at >= 0:
            places[row.key] = (EXACT, len(letters(_without_marks(spaced[:at]))))
    return sorted(places, key=lambda key: places[key][1])


def _without_marks(text: str) -> str:
    return "".join(char for char in text if not "\ue000" <= char <= "\ue009")


def _with_marks(text: str) -> str:
    """Letters and numbering only: 「3.其他」 keeps its 3."""
    return re.sub(r"[^0-9A-Za-z\u3400-\u9fff\ue000-\ue009]", "", text)
