"""What is known while going down a document's grids."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gongkai.annual.reading.document import GridCell
from gongkai.annual.reading.numbers import read_figure
from gongkai.annual.reading.tables.evidence import Evidence
from gongkai.annual.reading.tables.spans import Header

_WORDS = re.compile(r"[\u3400-\u9fff]")


@dataclass(slots=True)
class State:
    """What is known while going down a document's grids: the last headers, the last row, the last group named."""

    evidence: Evidence = field(default_factory=Evidence)
    columns: dict[str, Header] = field(default_factory=dict)
    moved: bool = False
    """Whether the last header of the requests named its innermost columns in another order than the form."""
    last_row: str | None = None
    group: str | None = None
    dispute_header: bool = False
    dispute_labels: list[str] = field(default_factory=list)
    cut: bool = False
    """Whether the row before was one of figures: a page's end may have cut it."""


def is_words(cell: GridCell) -> bool:
    """Whether words stand in the cell, and no figure."""
    return bool(_WORDS.search(cell.text)) and read_figure(cell.text) is None
