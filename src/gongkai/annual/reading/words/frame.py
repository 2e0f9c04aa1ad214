"""Lines that belong to a report's frame and are no sentence of it: its title, its day of publication, and what stands
over a table (表3, 单位：件)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.annual.reading.document import Block, Document, Grid, Line
from gongkai.annual.reading.words.dates import published_on

UNNAMED = "（行政机关名称）"
"""What stands in a title for an agency that is not known: a place to fill in."""

TITLE_LINES = 5
"""A title is broken over so many lines at most."""

HEAD = 60
"""So many blocks at the beginning may hold the title and the day of publication."""

LONGEST = 60
"""A line of publication has at most so many characters: 发布日期, 来源, 浏览次数."""

_AROUND = re.compile(rf"[\s#*>《》]|{UNNAMED}")
_CAPTION = re.compile(
    r"[（(]?(?:计量)?单位[：:][^。，]{1,8}[）)]?|附?表[一二三四五六七八九十\d]{1,2}(?:[：:、.．\s].{0,30})?"
)


def frame_of(document: Document, title: str) -> frozenset[int]:
    """The places (among the document's blocks) of the lines that are no running text; ``title`` is as it was read."""
    head = document.blocks[:HEAD]
    return frozenset((*_title(head, _tight(title)), *_published(head), *_captions(document.blocks)))


def _tight(text: str) -> str:
    return _AROUND.sub("", text)


def _title(blocks: Sequence[Block], title: str) -> Iterator[int]:
    """The lines that, one behind the other, are the title and nothing else; and a place to fill in above them."""
    texts = [_tight(block.text) if isinstance(block, Line) else None for block in blocks]
    for first, block in enumerate(blocks):
        if isinstance(block, Line) and block.text.strip() == UNNAMED:
            yield first
        together = ""
        for last, text in enumerate(texts[first : first + TITLE_LINES], first):
            if text is None:
                break
            together += text
            if text and together == title:
                yield from range(first, last + 1)


def _published(blocks: Sequence[Block]) -> Iterator[int]:
    for at, block in enumerate(blocks):
        if isinstance(block, Line) and len(block.text) <= LONGEST and published_on([block.text]):
            yield at


def _captions(blocks: Sequence[Block]) -> Iterator[int]:
    for at, block in enumerate(blocks[1:], 1):
        before = blocks[at - 1]
        if isinstance(block, Grid) and isinstance(before, Line) and _CAPTION.fullmatch(before.text.strip()):
            yield at - 1
