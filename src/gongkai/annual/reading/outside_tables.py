"""The running text of a document without the tables that stand in its lines."""

from __future__ import annotations

from dataclasses import replace

from gongkai.annual.reading.document import Block, Document, Grid, Line
from gongkai.annual.reading.regions import find_regions
from gongkai.annual.reading.tokens import Stream


def without_tables(document: Document) -> Document:
    """The same document with the figures of tables taken out of its lines, so that only sentences are left."""
    lines = list(document.lines())
    stream = Stream(lines)
    regions = find_regions(stream)
    spans = [span for span in (regions.publication, regions.requests, regions.disputes) if span]
    spans = [(start, end) for start, end in spans if any(char.isdigit() for char in stream.text[start:end])]
    kept: list[Block] = []
    parts = stream.outside(spans)
    for block in document.blocks:
        if isinstance(block, Grid) or id(block) not in parts:
            kept.append(block)
            continue
        kept += [replace(block, text=text, words=()) if text != block.text else block for text in parts[id(block)]]
    return replace(document, blocks=tuple(block for block in kept if not isinstance(block, Line) or block.text.strip()))
