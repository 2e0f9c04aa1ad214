"""Lines without cells → rows of figures: labels are anchors in a stream of figures, order and sums fill the rest.

For text as pdftotext or a browser's copy leaves it (layouts.md §B, §C): labels folded around their figures, figures
before their labels, digits glued together, blanks dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


from gongkai.annual.finding import Number
from gongkai.annual.form import Row, Table, forms
from gongkai.annual.reading.anchors import BEGINNING, nearest_label
from gongkai.annual.reading.catalogue import DISPUTES, PUBLICATION, REQUESTS, catalogue
from gongkai.annual.reading.document import Document
from gongkai.annual.reading.evidence import Doubt, Evidence, RowReading, Values
from gongkai.annual.reading.labels import bare
from gongkai.annual.reading.numbers import in_unit, read_figure
from gongkai.annual.reading.solve import holds, sums_of
from gongkai.annual.reading.splitting import MOST, Prune, merges, placings, splits
from gongkai.annual.reading.tokens import Run, Stream, Token

HEAD = 8
"""So many characters of a label, found in order, open a table's region."""

FAR = 120
"""A wording of more letters than this between figures ends the disputes table."""


@dataclass(frozen=True, slots=True)
class Regions:
    """Where the tables stand in the stream: (start, end) offsets; None where a table is not there."""

    publication: tuple[int, int] | None
    requests: tuple[int, int] | None
    disputes: tuple[int, int] | None


def read_stream(document: Document, tables: Sequence[str]) -> Evidence:
    """The rows of figures of those tables from a document's lines."""
    stream = Stream(list(document.lines()))
    regions = find_regions(stream)
    evidence = Evidence()
    if REQUESTS in tables and regions.requests:
        evidence.extend(_requests(stream, *regions.requests))
    if PUBLICATION in tables and regions.publication:
        evidence.extend(_publication(stream, *regions.publication))
    if DISPUTES in tables and regions.disputes:
        evidence.extend(_disputes(stream, *regions.disputes))
    return evidence


def find_regions(stream: Stream) -> Regions:
    """The regions of the tables, by the labels that only they have in that order."""
    end = len(stream.text)
    requests = _requests_region(stream)
    disputes_from = requests[1] if requests else 0
    disputes = _disputes_region(stream, disputes_from)
    publication = _publication_region(stream, requests[0] if requests else (disputes[0] if disputes else end))
    return Regions(publication, requests, disputes)


def _requests_region(stream: Stream) -> tuple[int, int] | None:
    rows = catalogue(REQUESTS).rows
    first, *_, last = catalogue(REQUESTS).row_order
    second = catalogue(REQUESTS).row_order[1]
    opening = bare(rows[first].label)[:HEAD]
    for start in stream.find_all(opening):
        following = stream.find(bare(rows[second].label)[:HEAD], start)
        again = stream.find(opening, start + 1)
        if following >= 0 and (again < 0 or following < again):
            break
    else:
        return None
    closing = _first(stream, _section_headings(DISPUTES), start)
    outcome = stream.find(_dispute_labels()[0], start)
    ends = [at for at in (closing, outcome) if at >= 0]
    carried = stream.find(bare(rows[last].label), start)
    end = min(ends) if ends else len(stream.text)
    return start, max(end, carried + 1) if carried < end or not ends else end


def _disputes_region(stream: Stream, start: int) -> tuple[int, int] | None:
    table = next(iter(catalogue(DISPUTES).tables.values()))
    innermost = [group.label for group in table.groups if len(bare(group.label)) > BEGINNING]
    wordings = (_dispute_labels()[:1], innermost, _section_headings(DISPUTES))
    at = next((at for some in wordings if (at := _first(stream, some, start)) >= 0), -1)
    if at < 0:
        return None
    closing = _first(stream, _section_headings_after(DISPUTES), at)
    return at, closing if closing >= 0 else len(stream.text)


def _publication_region(stream: Stream, end: int) -> tuple[int, int] | None:
    known = catalogue(PUBLICATION)
    headings = [block.heading for table in known.tables.values() for block in table.blocks if block.heading]
    start = _first(stream, headings[:1], 0, end)
    if start < 0:
        labels = [column.label for table in known.tables.values() for column in table.blocks[0].columns]
        start = _first(stream, labels, 0, end)
    closing = _first(stream, _section_headings_after(PUBLICATION), start, end) if start >= 0 else -1
    return (start, closing if closing >= 0 else end) if start >= 0 else None


def _first(stream: Stream, wordings: Sequence[str], start: int, end: int | None = None) -> int:
    found = [at for wording in wordings if (at := stream.find(wording, start, end)) >= 0]
    return min(found, default=-1)


def _dispute_labels() -> list[str]:
    table = next(iter(catalogue(DISPUTES).tables.values()))
    return [column.label for column in table.columns]


def _section_headings(table: str) -> list[str]:
    return [
        text
        for form in forms().values()
        for section in form.sections
        if table in section.tables
        for text in (section.heading, *section.variants)
    ]


def _section_headings_after(table: str) -> list[str]:
    wordings = []
    for form in forms().values():
        numbers = [section.number for section in form.sections if table in section.tables]
        after = [section for section in form.sections if numbers and section.number == numbers[0] + 1]
        wordings += [text for section in after for text in (section.heading, *section.variants)]
    return wordings


# ── Section three ────────────────────────────────────────────────────────────────────────────────────────────────


def _requests(stream: Stream, start: int, end: int) -> Evidence:
    runs = stream.runs(start, end)
    known = catalogue(REQUESTS)
    table = _requests_form(stream, start, end, known.tables)
    rows = list(table.rows)
    by_key = {row.key: index for index, row in enumerate(rows)}
    anchors: list[int | None] = []
    last: str | None = None
    for run in runs:
        key = nearest_label(run.before, rows, last)
        anchors.append(by_key[key] if key is not None else None)
        last = key or last
    columns = [column.key for column in table.columns]
    evidence = Evidence(forms=[(REQUESTS, table.form)])
    placed = _place(runs, _increasing(anchors), rows, len(columns))
    width = _glued(placed, len(columns))
    for row, tokens, alone in placed:
        cells = tuple(table.cell(row, column) for column in columns)
        evidence.rows += _row(stream, REQUESTS, table, row.key, cells, tokens, glued=width, by_position=not alone)
    missing = [row for row in rows if row.key not in {entry.row for entry in evidence.rows}]
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


def _place(runs: Sequence[Run], anchors: Sequence[int | None], rows: Sequence[Row], width: int) -> list[Placed]:
    """Figures for each row: (row, its figures, whether its own label stands before them).

    Between two anchors lie as many rows as the form has there; if the figures are just enough for them, they are
    theirs in order. If there are figures for the first row only, they are its own.
    """
    placed: list[Placed] = []
    at = 0
    while at < len(runs):
        anchor = anchors[at]
        if anchor is None:
            at += 1
            continue
        tokens = list(runs[at].tokens)
        own = len(tokens)
        following = at + 1
        while following < len(runs) and anchors[following] is None:
            tokens += runs[following].tokens
            following += 1
        upper = anchors[following] if following < len(runs) else len(rows)
        count = (upper if upper is not None else len(rows)) - anchor
        if count > 1 and len(tokens) == count * width:
            for offset in range(count):
                chunk = tuple(tokens[offset * width : (offset + 1) * width])
                placed.append((rows[anchor + offset], chunk, offset == 0))
        elif own == width or count == 1 or len(tokens) < 2 * width:
            chosen = tokens if count == 1 and own != width else tokens[:own]
            placed.append((rows[anchor], tuple(chosen), True))
        at = following
    return placed


def _glued(placed: Sequence[Placed], width: int) -> bool:
    """Whether the digits of the table are glued: most rows have too few figures but digits enough for every column."""
    plain = sum(len(tokens) == width for _, tokens, _ in placed)
    stuck = sum(len(tokens) < width <= sum(len(token.text) for token in tokens) for _, tokens, _ in placed)
    return stuck > plain


def _row(
    stream: Stream,
    name: str,
    table: Table,
    key: str,
    cells: tuple[str, ...],
    tokens: Sequence[Token],
    *,
    glued: bool,
    by_position: bool = False,
    signed: Sequence[bool] = (),
    decimal: Sequence[bool] = (),
) -> list[RowReading]:
    """The readings of a row's figures: plain if their number fits, else every way to cut, join or place them."""
    where = stream.where(tokens[0].at)
    texts = tuple(token.text for token in tokens)
    text = " ".join(texts)
    values = [read.value if (read := read_figure(piece)) else None for piece in texts]
    plain = len(tokens) == len(cells) and all(value is not None for value in values)
    prune = _prune(table, cells)
    pieces = [piece.replace(",", "") for piece in texts]
    whole = ["".join(pieces)]
    if plain:
        direct = tuple(values)
        if not by_position and not prune(_filled(direct)) and _other_way(whole, len(cells), signed, decimal, prune):
            readings: list[Values] = [direct, *splits(whole, len(cells), signed=signed, decimal=decimal, prune=prune)]
            return [RowReading(name, key, cells, tuple(readings), where, text)]
        places = tuple(stream.where(token.at) for token in tokens)
        return [RowReading(name, key, cells, (direct,), where, text, by_position, places, texts)]
    readings = []
    if glued or len(tokens) < len(cells) and any(value is None for value in values):
        readings = splits(pieces, len(cells), signed=signed, decimal=decimal, prune=prune)
        readings = readings or splits(whole, len(cells), signed=signed, decimal=decimal, prune=prune)
        readings = readings or splits(pieces, len(cells), signed=signed, decimal=decimal)
    elif len(tokens) > len(cells):
        joined = [tuple(_value(piece) for piece in row) for row in merges(pieces, len(cells))][:MOST]
        readings = [row for row in joined if None not in row and prune(_filled(row))]
    elif all(value is not None for value in values):
        readings = list(placings([value for value in values if value is not None], len(cells)))
    if not readings or len(readings) > MOST:
        return []
    return [RowReading(name, key, cells, tuple(dict.fromkeys(readings)), where, text)]


def _value(piece: str) -> Number | None:
    read = read_figure(piece)
    return read.value if read else None


def _filled(row: Values) -> tuple[Number, ...]:
    return tuple(value or 0 for value in row)


def _other_way(
    whole: Sequence[str], count: int, signed: Sequence[bool], decimal: Sequence[bool], prune: Prune
) -> bool:
    """Whether the same digits, cut otherwise, would add up: then a plain reading that does not is in doubt."""
    return bool(splits(whole, count, signed=signed, decimal=decimal, prune=prune))


def _prune(table: Table, cells: Sequence[str]) -> Prune:
    """Whether the beginning of a row can still add up: every sum is tested as soon as its cells are there."""
    place = {name: index for index, name in enumerate(cells)}
    tests = []
    for relation in sums_of(table):
        if all(term.name in place for term in relation.terms):
            tests.append((max(place[term.name] for term in relation.terms) + 1, relation))

    def may(row: tuple[Number, ...]) -> bool:
        values = dict(zip(cells, row, strict=False))
        return all(holds(relation, values) is not False for size, relation in tests if size == len(row))

    def whole(row: tuple[Number, ...]) -> bool:
        if len(row) < len(cells):
            return may(row)
        values = dict(zip(cells, row, strict=True))
        return all(holds(relation, values) is not False for _, relation in tests)

    return whole


# ── Section two ──────────────────────────────────────────────────────────────────────────────────────────────────


def _publication(stream: Stream, start: int, end: int) -> Evidence:
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
    for run in stream.runs(start, end):
        key = nearest_label(run.before, rows, last)
        if key is None or key in taken:
            continue
        taken.add(key)
        last = key
        block = next(block for block in table.blocks if any(row.key == key for row in block.rows))
        cells = tuple(table.cell(key, column) for column in block.columns)
        heading = run.before
        read = _row(
            stream,
            PUBLICATION,
            table,
            key,
            cells,
            run.tokens,
            glued=len(run.tokens) < len(cells),
            signed=[column.signed for column in block.columns],
            decimal=[column.decimal for column in block.columns],
        )
        for entry in read:
            money = {i: column.unit for i, column in enumerate(block.columns) if column.decimal}
            evidence.rows.append(_in_units(entry, money, heading, run.tokens))
        if not read:
            text = " ".join(token.text for token in run.tokens)
            evidence.doubts.append(Doubt(PUBLICATION, cells, "digits", stream.where(run.at), text))
    for row in rows:
        if row.key not in taken:
            block = next(block for block in table.blocks if row in block.rows)
            cells = tuple(table.cell(row, column) for column in block.columns)
            evidence.doubts.append(Doubt(PUBLICATION, cells, "row", stream.where(start)))
    return evidence


def _own_columns(stream: Stream, start: int, end: int, form: str) -> int:
    """How many labels of columns that only this form has stand in the region."""
    known = catalogue(PUBLICATION)
    others = {column.key for name, table in known.tables.items() if name != form for column in table.columns}
    own = [column for column in known.tables[form].columns if column.key not in others]
    return sum(
        any(stream.find(label, start, end) >= 0 for label in (column.label, *column.variants)) for column in own
    )


def _in_units(entry: RowReading, money: Mapping[int, str], heading: str, tokens: Sequence[Token]) -> RowReading:
    """Amounts in the column's unit, where the figure or the heading before it names another."""
    if not money:
        return entry
    unit_read = read_figure(tokens[-1].text)
    readings = []
    for values in entry.readings:
        row = list(values)
        for index, unit in money.items():
            value = row[index]
            if value is not None and unit_read is not None:
                printed = type(unit_read)(value, unit_read.unit)
                row[index] = in_unit(printed, unit, heading[-60:])
        readings.append(tuple(row))
    return RowReading(
        entry.table,
        entry.row,
        entry.cells,
        tuple(readings),
        entry.where,
        entry.text,
        entry.by_position,
        entry.places,
        entry.texts,
        entry.form,
    )


# ── Section four ─────────────────────────────────────────────────────────────────────────────────────────────────


def _disputes(stream: Stream, start: int, end: int) -> Evidence:
    table = next(iter(catalogue(DISPUTES).tables.values()))
    cells = tuple(column.key for column in table.columns)
    runs: list[Run] = []
    for run in stream.runs(start, end):
        if runs and len(bare(run.before)) > FAR:
            break
        runs.append(run)
    tokens = [token for run in runs for token in run.tokens]
    evidence = Evidence()
    if not tokens:
        evidence.doubts.append(Doubt(DISPUTES, cells, "row", stream.where(start)))
        return evidence
    if len(runs) == 1:
        digits = sum(len(token.text) for token in tokens)
        glued = len(tokens) < len(cells) <= digits
        read = _row(stream, DISPUTES, table, "", cells, tokens, glued=glued)
        evidence.rows += read
        if not read:
            text = " ".join(token.text for token in tokens)
            evidence.doubts.append(Doubt(DISPUTES, cells, "digits", stream.where(tokens[0].at), text))
        return evidence
    from gongkai.annual.reading.blocks import by_groups, by_sums

    evidence.extend(by_groups(stream, table, runs) or by_sums(stream, table, runs))
    return evidence


