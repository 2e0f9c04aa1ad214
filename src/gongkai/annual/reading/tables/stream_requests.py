"""The table of requests in running text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongkai.annual.form import Table
from gongkai.annual.reading.labels import bare
from gongkai.annual.reading.tables.anchors import nearest_label, stands_apart
from gongkai.annual.reading.tables.catalogue import REQUESTS, catalogue
from gongkai.annual.reading.tables.column_order import columns_moved
from gongkai.annual.reading.tables.evidence import Doubt, Evidence
from gongkai.annual.reading.tables.regions import HEAD
from gongkai.annual.reading.tables.row_order import Placed, place
from gongkai.annual.reading.tables.rows import Manner, column_middles, not_told, one_a_line, row_readings
from gongkai.annual.reading.tables.tokens import Stream


def requests_lines(stream: Stream, start: int, end: int, glued: bool) -> Evidence:
    """The rows of figures of the requests between two offsets."""
    runs = stream.runs(start, end, glued)
    known = catalogue(REQUESTS)
    table = _requests_form(stream, start, end, known.tables)
    rows = list(table.rows)
    by_key = {row.key: index for index, row in enumerate(rows)}
    anchors: list[int | None] = []
    apart: set[int] = set()
    last: str | None = None
    for at, run in enumerate(runs):
        anchor = nearest_label(run.before, rows, last)
        if anchor and stands_apart(run.before, anchor, rows):
            apart.add(at)
        anchors.append(by_key[anchor.key] if anchor else None)
        last = anchor.key if anchor else last
    columns = [column.key for column in table.columns]
    evidence = Evidence(forms=[(REQUESTS, table.form)])
    last_at = runs[-1].tokens[-1].at if runs else start
    placed = place(runs, anchors, rows, len(columns), glued, stream.text[last_at:end], apart)
    sparse = _mostly_plain(placed, len(columns))
    full = [tokens for _, tokens, _ in placed if len(tokens) == len(columns)]
    columns_at = column_middles(full) if sparse else ()
    manner = Manner(glued, one_a_line(stream, runs), whole=sparse, sparse=sparse, columns_at=columns_at)
    moved = columns_moved(stream, start, table, column_middles(full))
    for row, tokens, alone in placed:
        cells = tuple(table.cell(row, column) for column in columns)
        if not tokens or moved:
            why = "digits" if glued and not moved else "columns"
            evidence.doubts.append(Doubt(REQUESTS, cells, why, stream.where(start)))
            continue
        read = row_readings(
            stream,
            REQUESTS,
            table,
            row.key,
            cells,
            tokens,
            manner,
            by_position=not alone or not sparse,
        )
        evidence.rows += read
        if not read:
            evidence.doubts.append(not_told(stream, REQUESTS, cells, tokens, glued))
    placed_rows = {row.key for row, _, _ in placed}
    missing = [row for row in rows if row.key not in placed_rows]
    for row in missing:
        cells = tuple(table.cell(row, column) for column in columns)
        evidence.doubts.append(Doubt(REQUESTS, cells, "row", stream.where(start)))
    return evidence


def _requests_form(stream: Stream, start: int, end: int, tables: Mapping[str, Table]) -> Table:
    """The form whose own rows are named in the region; the oldest where none is."""
    ordered = list(tables.values())
    for table in reversed(ordered[1:]):
        older = {row.key for row in ordered[0].rows}
        own = [row for row in table.rows if row.key not in older and len(bare(row.label)) > HEAD]
        if any(stream.find(bare(label)[:HEAD], start, end) >= 0 for row in own for label in row.labels):
            return table
    return ordered[0]


def _mostly_plain(placed: Sequence[Placed], width: int) -> bool:
    """Whether most rows have just as many figures as columns: only then can a row with fewer have lost blanks."""
    return 2 * sum(len(tokens) == width for _, tokens, _ in placed) > len(placed)
