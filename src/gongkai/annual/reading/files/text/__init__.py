"""Text files (pdftotext, a browser's copy, Markdown, tab-separated tables) → lines and grids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.annual.finding import Where
from gongkai.annual.reading.document import Block, Document, Grid, Line, Unreadable
from gongkai.annual.reading.files.encoding import decode
from gongkai.annual.reading.files.html import read_markup
from gongkai.annual.reading.files.limits import LINES, PAGES, TEXT_CHARACTERS, too_large
from gongkai.annual.reading.files.metadata import published_in, title_in
from gongkai.annual.reading.files.text.columns import Measure, measure_for
from gongkai.annual.reading.files.text.markdown import HEADING, RULE, SETEXT, is_markdown, plain
from gongkai.annual.reading.files.text.pages import Source, sources
from gongkai.annual.reading.files.text.pipes import pipe_tables
from gongkai.annual.reading.files.text.tabs import comma_table, tab_tables

_TABLE_TAG = re.compile(r"<(/?)table\b", re.IGNORECASE)
_HEAD_LINES = 12
"""Within so many lines a page's text names its title and day of publication."""

_CONTROL = re.compile("[\x00-\x08\x0e-\x1b]")
_CONTROL_SHARE = 0.005
"""Text has no control characters; up to this share they are stray, above it the file is not text."""


def read_text(data: bytes, name: str = "") -> Document:
    """The lines and grids of a text file. ``name`` (its end) only hints at Markdown and CSV. Raises Unreadable."""
    return parse_text(decode(data), name)


def parse_text(text: str, name: str = "") -> Document:
    """The same from text."""
    if len(text) > TEXT_CHARACTERS:
        raise too_large("文字数", "number of characters", TEXT_CHARACTERS)
    if len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise Unreadable(
            "不是可识别的文件：内容是二进制数据；请确认文件，或用原软件另存为 DOCX、PDF",
            "not a known kind of file: its content is binary; check it, or save it as DOCX or PDF where it was made",
        )
    pages = text.count("\f") + (0 if text.rstrip(" \r\n\t").endswith("\f") else 1) if "\f" in text else None
    if pages and pages > PAGES:
        raise too_large("页数", "number of pages", PAGES)
    if max(text.count("\n"), text.count("\r")) > LINES:
        raise too_large("行数", "number of lines", LINES)
    lines = sources(text)
    if name.lower().endswith(".csv") and (grid := comma_table(lines)) is not None:
        return Document("csv", (grid,))
    markdown = is_markdown(lines, name)
    blocks = tuple(_blocks(lines, markdown, measure_for(lines)))
    head = [line.text for line in lines[:_HEAD_LINES]]
    return Document(
        "markdown" if markdown else "text", blocks, pages, title=title_in(head), published=published_in(head)
    )


def _blocks(lines: Sequence[Source], markdown: bool, measure: Measure) -> Iterator[Block]:
    """Tables where there are any, everything else line by line. ``starts`` says at which line each table begins."""
    tables: dict[int, tuple[Sequence[Block], int]] = {}
    for begin, end, blocks in (*_markup(lines), *pipe_tables(lines, markdown), *tab_tables(lines)):
        if all(end <= other or begin >= other_end for other, (_, other_end) in tables.items()):
            tables[begin] = (blocks, end)
    at = 0
    while at < len(lines):
        if at in tables:
            blocks, at = tables[at]
            yield from blocks
        else:
            line = lines[at]
            below = lines[at + 1].text if at + 1 < len(lines) else ""
            shown = _line(line, below, markdown, measure)
            if shown is not None:
                yield shown
            at += 1


def _line(line: Source, below: str, markdown: bool, measure: Measure) -> Line | None:
    where = Where(page=line.page, line=line.number)
    if not markdown:
        return Line(line.text, where, words=measure.words(line.text)) if line.text.strip() else None
    if RULE.match(line.text):
        return None
    heading = HEADING.match(line.text)
    text = plain(heading[1] if heading else line.text)
    underlined = bool(text and SETEXT.match(below))
    return Line(text, where, measure.words(text), heading=bool(heading) or underlined) if text else None


def _markup(lines: Sequence[Source]) -> Iterator[tuple[int, int, Sequence[Block]]]:
    """HTML tables inside text, as programs that transcribe pages to Markdown write them."""
    at = 0
    while at < len(lines):
        if not _TABLE_TAG.search(lines[at].text):
            at += 1
            continue
        depth = 0
        for end in range(at, len(lines)):
            depth += sum(-1 if tag == "/" else 1 for tag in _TABLE_TAG.findall(lines[end].text))
            if depth <= 0:
                break
        else:
            return
        fragment = "\n".join(line.text for line in lines[at : end + 1])
        found = read_markup(fragment, lines[at].number - 1)
        if any(isinstance(block, Grid) for block in found.blocks):
            yield at, end + 1, found.blocks
        at = end + 1
