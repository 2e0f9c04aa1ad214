"""Lines without cells → rows of figures: labels are anchors in a stream of figures, order and sums fill the rest.

For text as pdftotext or a browser's copy leaves it (layouts.md §B, §C): labels folded around their figures, figures
before their labels, digits glued together, blanks dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from gongkai.annual.form import Block, Row, Table
from gongkai.annual.reading.document import Document
from gongkai.annual.reading.labels import bare, letters
from gongkai.annual.reading.numbers import Read, in_unit, unit_named
from gongkai.annual.reading.tables.anchors import labels_among, nearest_label
from gongkai.annual.reading.tables.blocks import by_groups, by_sums
from gongkai.annual.reading.tables.catalogue import DISPUTES, PUBLICATION, REQUESTS, catalogue
from gongkai.annual.reading.tables.column_order import columns_moved
from gongkai.annual.reading.tables.evidence import Doubt, Evidence, RowReading
from gongkai.annual.reading.tables.regions import HEAD, find_regions
from gongkai.annual.reading.tables.rows import Manner, column_middles, one_a_line, row_readings
from gongkai.annual.reading.tables.tokens import Run, Stream, Token

_NOTE = re.compile(r"\([^()]{0,40}\)")

BESIDE = 2
"""In the publication table no more letters than these (a unit) stand between a row's label and its figures: what
stands behind more is a row that the form does not have, below one that it has (其他对外管理服务事项 行政检查 3)."""

FAR = 120
"""A wording of more letters than this between figures ends the disputes table."""


def read_stream(document: Document) -> Evidence:
    """The rows of figures of all tables from a document's lines."""
    stream = Stream(list(document.lines()))
    regions = find_regions(stream)
    spans = [span for span in (regions.publication, *regions.requests, regions.disputes) if span]
    glued = stream.glued(spans)
    evidence = Evidence()
    for span in regions.requests:
        evidence.extend(_requests(stream, *span, glued))
    if regions.publication:
        evidence.extend(_publication(stream, *regions.publication, glued))
    if regions.disputes:
        evidence.extend(_disputes(stream, *regions.disputes, glued))
    return evidence


def _requests(stream: Stream, start: int, end: int, glued: bool) -> Evidence:
    runs = stream.runs(start, end, glued)
    known = catalogue(REQUESTS)
    table = _requests_form(stream, start, end, known.tables)
    rows = list(table.rows)
    by_key = {row.key: index for index, row in enumerate(rows)}
    anchors: list[int | None] = []
    last: str | None = None
    for run in runs:
        anchor = nearest_label(run.before, rows, last)
        anchors.append(by_key[anchor.key] if anchor else None)
        last = anchor.key if anchor else last
    columns = [column.key for column in table.columns]
    evidence = Evidence(forms=[(REQUESTS, table.form)])
    last_at = runs[-1].tokens[-1].at if runs else start
    placed = _place(runs, anchors, rows, len(columns), glued, stream.text[last_at:end])
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
            evidence.doubts.append(_not_told(stream, REQUESTS, cells, tokens, glued))
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


def _increasing(anchors: Sequence[int | None]) -> list[int | None]:
    """The anchors that agree with the form's order: the longest increasing sequence; others count as unknown."""
    best: list[tuple[int, int]] = []
    chains: dict[int, tuple[int, int]] = {}
    for i, row in enumerate(anchors):
        if row is None:
            continue
        length, before = 1, -1
        for j, (size, _) in chains.items():
            other = anchors[j]
            if other is not None and other < row and size + 1 > length:
                length, before = size + 1, j
        chains[i] = (length, before)
    if not chains:
        return list(anchors)
    at = max(chains, key=lambda i: chains[i][0])
    while at >= 0:
        best.append((at, anchors[at] or 0))
        at = chains[at][1]
    kept = dict(best)
    return [kept.get(i) if anchors[i] is not None else None for i in range(len(anchors))]


Placed = tuple[Row, tuple[Token, ...], bool]


def _place(
    runs: Sequence[Run], named: Sequence[int | None], rows: Sequence[Row], width: int, glued: bool, behind: str
) -> list[Placed]:
    """Figures for each row: (row, its figures, whether its own label stands before them). ``behind`` is the text behind
    the last of them.

    Between two anchors lie as many rows as the form has there; if the figures are just enough for them, they are
    theirs in order. If there are figures for the first row only, they are its own. Digits run together are a row's only
    where the next row follows: else they may be those of two. A row named out of order (a part of the table is there
    twice) ends the row before it, and counts beside the row that is in order.

    Where labels stand apart from their figures, several before one row's, and the figures before them were neither one
    row's nor just enough, a label is missing somewhere: then the row named last is not the figures' for sure.
    """
    anchors = _increasing(named)
    placed: list[Placed] = []
    at = 0
    strayed = False
    while at < len(runs):
        anchor = anchors[at]
        if anchor is None:
            at += 1
            continue
        tokens = list(runs[at].tokens)
        own = len(tokens)
        following = at + 1
        while following < len(runs) and named[following] is None and _goes_on(rows[anchor:], runs[following]):
            tokens += runs[following].tokens
            following += 1
        upper = anchors[following] if following < len(runs) else len(rows)
        count = (upper - anchor) if upper is not None else 0
        said = labels_among(runs[at].before, rows) if strayed else []
        strayed = len(tokens) > width and len(tokens) != count * width
        if (count > 1 and glued) or len(said) > 1:
            placed.append((rows[anchor], (), True))
        elif (
            count > 1
            and len(tokens) == count * width
            and _out_of_order([*(run.before for run in runs), behind][following], rows)
        ):
            placed += [(rows[anchor + offset], (), True) for offset in range(count)]
        elif count > 1 and len(tokens) == count * width:
            for offset in range(count):
                chunk = tuple(tokens[offset * width : (offset + 1) * width])
                placed.append((rows[anchor + offset], chunk, offset == 0 and own == width))
        elif own == width or count == 1 or len(tokens) < 2 * width:
            chosen = tokens if count == 1 and own != width else tokens[:own]
            placed.append((rows[anchor], tuple(chosen), chosen is not tokens or own == len(tokens)))
        at = following
    there = {row.key for row, _, _ in placed}
    for run, row, anchor in zip(runs, named, anchors, strict=True):
        if anchor is None and row is not None and len(run.tokens) == width and rows[row].key in there:
            placed.append((rows[row], run.tokens, True))
    return placed


def _out_of_order(words: str, rows: Sequence[Row]) -> bool:
    """Whether labels stand among the words in another order than the form's: then so may the figures before them."""
    order = {row.key: index for index, row in enumerate(rows)}
    named = [order[key] for key in labels_among(words, rows)]
    return named != sorted(named)


def _goes_on(rows: Sequence[Row], run: Run) -> bool:
    """Whether figures may still be those of these rows: behind the table's last row only if no other words begin."""
    return len(rows) > 1 or any(letters(run.before) in letters(label) for label in rows[0].labels)


def _not_told(stream: Stream, table: str, cells: tuple[str, ...], tokens: Sequence[Token], glued: bool) -> Doubt:
    text = " ".join(token.text for token in tokens)
    return Doubt(table, cells, "digits" if glued else "columns", stream.where(tokens[0].at), text)


def _mostly_plain(placed: Sequence[Placed], width: int) -> bool:
    """Whether most rows have just as many figures as columns: only then can a row with fewer have lost blanks."""
    return 2 * sum(len(tokens) == width for _, tokens, _ in placed) > len(placed)


# ── Section two ──────────────────────────────────────────────────────────────────────────────────────────────────


def _publication(stream: Stream, start: int, end: int, glued: bool) -> Evidence:
    known = catalogue(PUBLICATION)
    seen = {name: _own_columns(stream, start, end, name) for name in known.tables}
    best = max(seen, key=lambda name: seen[name])
    if not seen[best]:
        return Evidence()
    table = known.tables[best]
    evidence = Evidence(forms=[(PUBLICATION, best)])
    rows = list(table.rows)
    taken: set[str] = set()
    last: str | None = None
    runs = stream.runs(start, end, glued)
    manner = Manner(glued, one_a_line(stream, runs))
    for run in runs:
        anchor = nearest_label(_NOTE.sub("", run.before), rows, last)
        if anchor is None or anchor.between > BESIDE:
            continue
        key = anchor.key
        block = next(block for block in table.blocks if any(row.key == key for row in block.rows))
        if key in taken and len(run.tokens) != len(block.columns):
            continue
        taken.add(key)
        last = key
        cells = tuple(table.cell(key, column) for column in block.columns)
        heading = run.before
        read = row_readings(
            stream,
            PUBLICATION,
            table,
            key,
            cells,
            run.tokens,
            manner,
            signed=[column.signed for column in block.columns],
            decimal=[column.decimal for column in block.columns],
        )
        if glued and _next_unnamed(stream, run.at, end, block, key):
            read = []  # the next row's figures may hang on these
        for entry in read:
            money = {i: column.unit for i, column in enumerate(block.columns) if column.decimal}
            evidence.rows.append(_in_units(entry, money, heading, run.tokens))
        if not read:
            evidence.doubts.append(_not_told(stream, PUBLICATION, cells, run.tokens, glued))
    for row in rows:
        if row.key not in taken:
            block = next(block for block in table.blocks if row in block.rows)
            cells = tuple(table.cell(row, column) for column in block.columns)
            evidence.doubts.append(Doubt(PUBLICATION, cells, "row", stream.where(start)))
    return evidence


def _next_unnamed(stream: Stream, start: int, end: int, block: Block, key: str) -> bool:
    """Whether the block has a row behind that one whose label does not stand behind it in the region."""
    rows = [row for row in block.rows if not row.heading]
    behind = rows[[row.key for row in rows].index(key) + 1 :][:1]
    return any(all(stream.find(label, start, end) < 0 for label in row.labels) for row in behind)


def _own_columns(stream: Stream, start: int, end: int, form: str) -> int:
    """How many labels of columns that only this form has stand in the region."""
    known = catalogue(PUBLICATION)
    others = {column.key for name, table in known.tables.items() if name != form for column in table.columns}
    own = [column for column in known.tables[form].columns if column.key not in others]
    return sum(any(stream.find(label, start, end) >= 0 for label in (column.label, *column.variants)) for column in own)


def _in_units(entry: RowReading, money: Mapping[int, str], heading: str, tokens: Sequence[Token]) -> RowReading:
    """Amounts in the column's unit, where the figure or the heading before it names another."""
    if not money:
        return entry
    printed = unit_named(tokens[-1].text)
    readings = []
    for values in entry.readings:
        row = [in_unit(Read(value, printed), money.get(i, ""), heading[-60:]) for i, value in enumerate(values)]
        readings.append(tuple(row))
    return replace(entry, readings=tuple(readings))


# ── Section four ─────────────────────────────────────────────────────────────────────────────────────────────────


def _disputes(stream: Stream, start: int, end: int, glued: bool) -> Evidence:
    table = next(iter(catalogue(DISPUTES).tables.values()))
    cells = tuple(column.key for column in table.columns)
    runs: list[Run] = []
    for run in stream.runs(start, end, glued):
        if runs and len(bare(run.before)) > FAR:
            break
        runs.append(run)
    tokens = [token for run in runs for token in run.tokens]
    evidence = Evidence()
    header = stream.find(table.columns[0].label, start, end) >= 0
    if not header and 2 * len(tokens) < len(cells):
        return evidence  # a section about disputes in sentences, and no table
    if not tokens:
        evidence.doubts.append(Doubt(DISPUTES, cells, "row", stream.where(start)))
        return evidence
    if len(runs) == 1:
        read = row_readings(stream, DISPUTES, table, "", cells, tokens, Manner(glued, one_a_line(stream, runs)))
        evidence.rows += read
        if not read:
            evidence.doubts.append(_not_told(stream, DISPUTES, cells, tokens, glued))
        return evidence
    evidence.extend(by_groups(stream, table, runs) or by_sums(stream, table, runs))
    return evidence
