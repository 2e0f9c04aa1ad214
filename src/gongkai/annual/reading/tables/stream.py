"""Lines without cells → rows of figures: labels are anchors in a stream of figures, order and sums fill the rest.

For text as pdftotext or a browser's copy leaves it (layouts.md §B, §C): labels folded around their figures, figures
before their labels, digits glued together, blanks dropped.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.annual.reading.document import Document
from gongkai.annual.reading.tables.catalogue import DISPUTES, PUBLICATION, REQUESTS, catalogue
from gongkai.annual.reading.tables.evidence import Doubt, Evidence
from gongkai.annual.reading.tables.regions import find_regions
from gongkai.annual.reading.tables.stream_disputes import disputes_lines
from gongkai.annual.reading.tables.stream_publication import publication_lines
from gongkai.annual.reading.tables.stream_requests import requests_lines
from gongkai.annual.reading.tables.tokens import Stream

FIGURES = 8
"""So many figures tell whether figures are there twice."""

AGAIN = 10
"""One figure in so many is there twice at least where none were lost."""


def read_stream(document: Document) -> Evidence:
    """The rows of figures of all tables from a document's lines."""
    stream = Stream(list(document.lines()))
    regions = find_regions(stream)
    spans = [span for span in (regions.publication, *regions.requests, regions.disputes) if span]
    glued = stream.glued(spans)
    evidence = Evidence()
    if not glued and _each_once(stream, spans):
        newest = [list(catalogue(name).tables.values())[-1] for name in (PUBLICATION, REQUESTS, DISPUTES)]
        at = stream.where(min(start for start, _ in spans))
        return Evidence(doubts=[Doubt(table.name, tuple(table.cells), "row", at) for table in newest])
    for span in regions.requests:
        evidence.extend(requests_lines(stream, *span, glued))
    if regions.publication:
        evidence.extend(publication_lines(stream, *regions.publication, glued))
    if regions.disputes:
        evidence.extend(disputes_lines(stream, *regions.disputes, glued))
    return evidence


def _each_once(stream: Stream, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether hardly a figure is there twice: what extracted the text kept equal lines once, and most figures are
    lost. In a table most are 0, or a row's only figure and its total."""
    texts = [token.text for span in spans for run in stream.runs(*span) for token in run.tokens]
    return len(texts) >= FIGURES and len(texts) - len(set(texts)) < len(texts) / AGAIN
