"""The text of a document as a stream of words and figures, for tables that have lost their cells."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from gongkai.annual.finding import Where
from gongkai.annual.reading.document import Line
from gongkai.annual.reading.labels import half_width, letters, simplified
from gongkai.annual.reading.numbers import read_figure
from gongkai.annual.reading.tables.catalogue import digits_in_labels

_MARK = 0xE000
"""Private characters that stand for the digits of numbering (1. 2. 3.), so that they are not taken for figures."""

_NUMBERING = re.compile(r"(\d)(\s*[.、](?=\s*[\"'“”‘’]*[\u4e00-\u9fff]))")
_CIRCLED = re.compile(r"[①-⑳]")
_PAGE_NUMBER = re.compile(r"[-—–―_]+\s*\d{1,3}\s*[-—–―_]+|第\s*\d{1,3}\s*页(\s*[/,]?\s*共\s*\d{1,3}\s*页)?")
_NOTE = re.compile(r"(?<=[\d件项条元])\((?![一二三四五六七八九十]{1,3}\))[^()\n]{1,40}\)")
"""A note behind a figure, 22(其中修订16件): its figures are not the table's. But (二) there begins the next row."""

_IN_BRACKETS = re.compile(r"(?<=[\u4e00-\u9fff])\s?\([^()]{6,60}\)")
_DIGIT = re.compile(r"(?<=[\u4e00-\u9fff])\d(?=[\u4e00-\u9fff])")
"""A digit between words in brackets (不同方式公开相同信息计1条) is the label's own, however the words are misprinted.
Figures that stand in the middle of a folded label have blanks or a line's end beside them."""

_STROKE = r"(?<=[\s|])(?:——|[-—–/])(?=[\s|]|$)"
"""A stroke that stands alone where a figure could: a cell left blank."""

_FIGURE = re.compile(r"[+\-−]?\d[\d,]*(?:\.\d+)?(?![\d,.]*年)(?:\s*(?:亿元|万元|元|件|项|条|宗|个|次))?|" + _STROKE)
"""A figure with the unit behind it. A year (附：2023年统计表) counts nothing."""

_GLUED = re.compile(r"[\d/—–+\-−][\d/—–+\-−,.]*(?<![,.])(?![\d,.]*年)(?:亿元|万元|元|件|项|条|宗|个|次)?")
"""Figures and strokes that have lost the borders of their cells."""

IMPOSSIBLE = 2
"""From so many pieces on that can be no figure (0000000) the digits of a document's tables are glued."""

_JOINT = re.compile(r"(?:[\s|]|\?(?=\s))*")


def _mark_circled(match: re.Match[str]) -> str:
    return chr(_MARK + (ord(match[0]) - ord("①") + 1) % 10)


def _mark_digit(digit: re.Match[str] | str) -> str:
    return chr(_MARK + int(digit if isinstance(digit, str) else digit[0]))


def marked(number: str) -> str:
    """The numbering of a row as it stands in a stream: ``3.`` → the private character for 3; others unchanged."""
    digits = number.strip(".、 ")
    return chr(_MARK + int(digits)) if digits.isdigit() else letters(number)


def unmarked(text: str) -> str:
    """The text with its numbering in digits again."""
    return "".join(str(ord(char) - _MARK) if _MARK <= ord(char) < _MARK + 10 else char for char in text)


@dataclass(frozen=True, slots=True)
class Token:
    """A figure as it stands in the stream, with the character offset and the middle of its place across the line."""

    text: str
    at: int
    across: float | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Figures with nothing but space between them, and the words before them."""

    tokens: tuple[Token, ...]
    before: str
    at: int


class Stream:
    """The lines of a document as one text, simplified and half-width, in which every place is known."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = [line for line in lines if not _PAGE_NUMBER.fullmatch(half_width(line.text).strip())]
        parts: list[str] = []
        self._starts: list[int] = []
        self._found: dict[str, list[int]] = {}
        at = 0
        for line in self.lines:
            text = simplified(half_width(_CIRCLED.sub(_mark_circled, line.text)))
            text = _NUMBERING.sub(lambda match: chr(_MARK + int(match[1])) + match[2], text)
            self._starts.append(at)
            parts.append(text)
            at += len(text) + 1
        text = _NOTE.sub(lambda match: " " * len(match[0]), "\n".join(parts))
        text = _IN_BRACKETS.sub(lambda match: _DIGIT.sub(_mark_digit, match[0]), text)
        self.text = digits_in_labels().sub(lambda match: match[1] + _mark_digit(match[2]), text)

    def where(self, at: int) -> Where:
        """The place of a character."""
        return self.lines[self._line(at)].where if self.lines else Where()

    def line(self, at: int) -> int:
        """The number of the line in which a character stands."""
        return self._line(at)

    def printed(self, start: int, end: int) -> str:
        """What stands in the file between two offsets of one line, as printed where that can be told."""
        index = self._line(start)
        line, begin = self.lines[index], self._starts[index]
        after = self._end(index)
        if len(line.text) == after - begin and end <= after:
            return line.text[start - begin : end - begin]
        return unmarked(self.text[start:end])

    def printed_over(self, start: int, end: int) -> str:
        """The same for a stretch of several lines."""
        pieces, at = [], start
        while at < end:
            stop = min(end, self._end(self._line(at)))
            pieces.append(self.printed(at, stop))
            at = stop + 1
        return "".join(pieces)

    def _end(self, index: int) -> int:
        return self._starts[index + 1] - 1 if index + 1 < len(self._starts) else len(self.text)

    def _line(self, at: int) -> int:
        return max(0, bisect_right(self._starts, at) - 1)

    @cached_property
    def _letters(self) -> tuple[str, list[int]]:
        kept = [
            (char, index) for index, char in enumerate(self.text) if char.isalnum() or _MARK <= ord(char) < _MARK + 10
        ]
        return "".join(char for char, _ in kept), [index for _, index in kept]

    def _places(self, wanted: str) -> list[int]:
        """All offsets of a wording. They are looked for once: a text may ask thousands of times for what it has not."""
        found = self._found.get(wanted)
        if found is None:
            text, offsets = self._letters
            found, at = [], text.find(wanted) if wanted else -1
            while at >= 0:
                found.append(offsets[at])
                at = text.find(wanted, at + 1)
            self._found[wanted] = found
        return found

    def find(self, wanted: str, start: int = 0, end: int | None = None) -> int:
        """The offset of a wording (compared without spaces and punctuation) from ``start`` on, or -1."""
        places = self._places(letters(wanted))
        next_one = bisect_left(places, start)
        if next_one == len(places) or (end is not None and places[next_one] >= end):
            return -1
        return places[next_one]

    def back(self, at: int, count: int) -> int:
        """The offset so many letters before another."""
        offsets = self._letters[1]
        here = bisect_left(offsets, at)
        return offsets[max(0, here - count)] if offsets else at

    def find_all(self, wanted: str) -> Iterator[int]:
        """All offsets of a wording."""
        at = self.find(wanted)
        while at >= 0:
            yield at
            at = self.find(wanted, at + 1)

    def glued(self, spans: Sequence[tuple[int, int]]) -> bool:
        """Whether cells have lost their borders there: pieces like 0000000 stand in them, which can be no figure."""
        pieces = [token.text for span in spans for run in self.runs(*span) for token in run.tokens]
        return sum(read_figure(piece) is None for piece in pieces) >= IMPOSSIBLE

    def runs(self, start: int, end: int, glued: bool = False) -> list[Run]:
        """The figures between two offsets, in runs. Where they are ``glued``, strokes among them are blank cells."""
        found: list[Run] = []
        tokens: list[Token] = []
        before, last = start, start
        for match in (_GLUED if glued else _FIGURE).finditer(self.text, start, end):
            if tokens and not _JOINT.fullmatch(self.text, last, match.start()):
                found.append(Run(tuple(tokens), self.text[before : tokens[0].at], tokens[0].at))
                before, tokens = last, []
            tokens.append(Token(match[0], match.start(), self.across(match.start(), match.end())))
            last = match.end()
        if tokens:
            found.append(Run(tuple(tokens), self.text[before : tokens[0].at], tokens[0].at))
        return found

    def across(self, start: int, end: int) -> float | None:
        """The middle of what stands there across its line, from the positions of the line's words."""
        index = self._line(start)
        line = self.lines[index]
        if not line.words or "\t" in line.text:
            return None
        wanted = re.sub(r"\s", "", self.text[start:end])
        seen = re.sub(r"\s", "", self.text[self._starts[index] : start])
        passed = 0
        for left, right, text in line.words:
            word = re.sub(r"\s", "", simplified(half_width(text)))
            if passed <= len(seen) < passed + len(word):
                share = (right - left) / max(1, len(word))
                return left + share * (len(seen) - passed + len(wanted) / 2)
            passed += len(word)
        return None
