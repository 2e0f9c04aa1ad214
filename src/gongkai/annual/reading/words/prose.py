"""The running text of a document as one string in which the place of every character is known.

Text files and PDFs break sentences over lines, browsers' copies have no lines at all: both become the same string,
with a line feed only where a paragraph surely ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection
from functools import cached_property

from gongkai.annual.finding import Where
from gongkai.annual.reading.document import Document, Line
from gongkai.annual.reading.labels import half_width, simplified
from gongkai.annual.reading.words.indents import Indents

_WHOLE_PARAGRAPHS = frozenset({"docx", "doc", "html", "xlsx", "xls"})
"""Kinds of document whose lines are paragraphs: a line is never the middle of a sentence."""

_AS_PRINTED = frozenset({"pdf", "docx", "html"})
"""Kinds of document whose lines hold no signs of markup: # and ** are what is printed."""

_MARKUP = re.compile(r"^[\s>]*#{1,6}\s*|\*\*|__|`|<!--|-->")
_PINYIN = re.compile(r"(?<=[\u3400-\u9fff])[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,6}[)）]")
_NO_WORDS = re.compile(r"[\W\d_]*")
_NUMBERED = re.compile(r"(?:第?[一二三四五六七八九十]{1,3}(?:[、.．]|部分)|[(（][一二三四五六七八九十]{1,3}[)）])")
_LIST = re.compile(r"(?:\d{1,2}[.．、)）](?!\d)|[(（]\d{1,2}[)）]|[①-⑳]|[一二三四五六七八九十]是)")
_SENTENCE_END = "。！？!?"
_GOES_ON = "，、；：,;:（(“《"
_SPACE = re.compile(r"\s+")
_FIGURE_CHARACTER = re.compile(r"[\d.,，．％%０-９]")

# One character for one character, so that what is found in the plain text can be shown as printed.
_PLAIN = str.maketrans(
    {
        **{chr(0xFF10 + i): str(i) for i in range(10)},
        **dict(zip("％．，,;:()?!", "%.，，；：（）？！", strict=True)),
        **dict.fromkeys("〔[【", "〔"),
        **dict.fromkeys("〕]】", "〕"),
    }
)
_THOUSANDS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")


class Prose:
    """The lines outside of tables as running text.

    ``printed`` has the characters as they stand in the file, blanks taken out; ``text`` has as many, simplified, with
    half-width digits and full-width punctuation. A blank stays where figures stand on both sides of it.
    """

    def __init__(self, document: Document, frame: Collection[int] = ()) -> None:
        """``frame`` are the places of blocks that are no running text, as tables are none."""
        self.lines: list[Line] = []
        self.starts: list[int] = []
        printed: list[str] = []
        at, last, apart = 0, "", True
        paragraphs = document.kind in _WHOLE_PARAGRAPHS
        indents = Indents(document)
        before: Line | None = None
        for place, block in enumerate(document.blocks):
            if not isinstance(block, Line) or place in frame:
                apart = True
                continue
            text = _tight(block.text if document.kind in _AS_PRINTED else _MARKUP.sub("", block.text))
            told = True if paragraphs or before is None else indents.begins(before, block)
            if not text or (_NO_WORDS.fullmatch(text) and (told is not False or apart)):
                continue  # a rule, a page's number; but 「占 / 20%。」 is a sentence that goes on
            if before is not None:
                joint = "\n" if apart or _breaks(last, text, before, block, told) else _joint(last, text)
                printed.append(joint)
                at += len(joint)
            self.lines.append(block)
            self.starts.append(at)
            printed.append(text)
            at += len(text)
            last, before, apart = text[-80:], block, False
        self.printed = "".join(printed)
        self.text = plain(self.printed)

    def where(self, at: int) -> Where:
        """The place of the character at that offset."""
        return self.lines[self.line(at)].where if self.lines else Where()

    def line(self, at: int) -> int:
        """The index of the line in which that offset stands."""
        return max(0, bisect_right(self.starts, at) - 1)

    def starts_line(self, at: int) -> bool:
        """Whether a line of the file begins at that offset."""
        return at in self._line_starts

    def end_of_line(self, at: int) -> int:
        """Where the line ends in which that offset stands."""
        following = self.line(at) + 1
        return self.starts[following] if following < len(self.starts) else len(self.text)

    @cached_property
    def _line_starts(self) -> frozenset[int]:
        return frozenset(self.starts)


def _tight(text: str) -> str:
    """The text without blanks; between figures one blank stays, so that two never become one."""
    text = without_pinyin(text).strip()
    if not _SPACE.search(text):
        return text
    pieces = _SPACE.split(text)
    tight = [pieces[0]]
    for piece in pieces[1:]:
        before = tight[-1][-1] if tight[-1] else ""
        if not piece:
            continue
        figures = _FIGURE_CHARACTER.match(before) and _FIGURE_CHARACTER.match(piece[0])
        if figures or ((before + piece[0]).isascii() and (before + piece[0]).isalpha()):
            tight.append(" ")
        tight.append(piece)
    return "".join(tight)


def _joint(last: str, text: str) -> str:
    return " " if _FIGURE_CHARACTER.match(last[-1]) and _FIGURE_CHARACTER.match(text[0]) else ""


def _breaks(last: str, text: str, before: Line, line: Line, told: bool | None) -> bool:
    """Whether a paragraph ends between two lines; ``told`` is what the file itself tells of it."""
    if before.heading or line.heading or before.text.lstrip().startswith("#") or line.text.lstrip().startswith("#"):
        return True
    if told is False:
        return last[-1] in _SENTENCE_END and _NUMBERED.match(text) is not None
    if last[-1] in _SENTENCE_END or (_NUMBERED.match(text) and last[-1] not in _GOES_ON):
        return True
    if _NUMBERED.match(last) and len(last) < 40 and not any(mark in last for mark in _SENTENCE_END + "，；"):
        return True
    if last[-1] in _GOES_ON:
        return False
    return bool(told) or bool(_LIST.match(text) and last[-1] in _SENTENCE_END)


def without_pinyin(text: str) -> str:
    """The text without the sounds that copies of pages on foreign servers put behind characters: 數(shù)據(jù)."""
    return _PINYIN.sub("", text)


def plain(text: str) -> str:
    """The text simplified and in one kind of punctuation, character by character."""
    simple = "\n".join(_simplified(line) for line in text.split("\n")).translate(_PLAIN)
    return _THOUSANDS.sub(",", simple)


def _simplified(line: str) -> str:
    found = simplified(line)
    if len(found) == len(line):
        return found
    return "".join(one if len(one) == 1 else char for char in line for one in (simplified(half_width(char)),))
