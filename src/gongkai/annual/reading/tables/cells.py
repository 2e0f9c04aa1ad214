"""Grids → rows of figures: each row of a grid is recognised by its label, each figure by its column's label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from gongkai.annual.form import Column, Table
from gongkai.annual.reading.document import Document, Grid, GridCell, Line
from gongkai.annual.reading.labels import SHORT, bare
from gongkai.annual.reading.numbers import read_figure
from gongkai.annual.reading.tables.catalogue import DISPUTES, PUBLICATION, REQUESTS, catalogue, numbered
from gongkai.annual.reading.tables.evidence import Doubt, Evidence, Value
from gongkai.annual.reading.tables.grid_disputes import dispute_row
from gongkai.annual.reading.tables.grid_headers import is_header, note_group, note_header
from gongkai.annual.reading.tables.grid_state import State, is_words
from gongkai.annual.reading.tables.grid_values import add, scattered
from gongkai.annual.reading.tables.solve import adds_up
from gongkai.annual.reading.tables.spans import Header, has_figure, in_order, is_blank, mended, under

SERIAL = 1
"""A figure before a row's label is a serial number if no more than one cell stands there."""


def read_grids(document: Document) -> Evidence:
    """The rows of figures in a document's grids, of all tables and forms."""
    state = State()
    for block in document.blocks:
        if isinstance(block, Line):
            note_group([block.text], state)
        else:
            _read_grid(block, state)
    return _without_headings(_without_guesses(state.evidence))


def _read_grid(grid: Grid, state: State) -> None:
    for number, row in enumerate(grid.rows()):
        if not row:
            continue
        if grid.continues and number == 0 and state.cut and not any(is_words(cell) for cell in row):
            _mend_cut_row(row, state)
        before = len(state.evidence.rows)
        label_at, key, table = _row_label(row, state)
        if key is not None and table == REQUESTS:
            _requests_row(grid, number, row, label_at, key, state)
        elif key is not None and table == PUBLICATION:
            _publication_row(grid, number, row, label_at, key, state)
        elif not dispute_row(row, state):
            note_header(row, state)
        state.cut = len(state.evidence.rows) > before


def _mend_cut_row(row: Sequence[GridCell], state: State) -> None:
    """A page's end has cut a row, and figures in it: 182 on one page, 0 on the next. Whether 182 or 1820 is meant is
    for the sums to say; without them the cell is unread."""
    last = state.evidence.rows.pop()
    rest = in_order(row, len(last.cells))
    if rest is None or len(last.readings) != 1:
        if any(has_figure(cell) for cell in row):
            state.evidence.doubts.append(Doubt(last.table, last.cells, "cut", last.where, last.text))
        else:
            state.evidence.rows.append(last)
        return
    options: list[tuple[Value, ...]] = []
    for index, cell in enumerate(rest):
        whole = read_figure(last.printed(index) + cell.text.strip())
        value = last.readings[0][index]
        options.append((value,) if is_blank(cell) else (value, whole.value if whole else None))
    cut = frozenset(name for name, given in zip(last.cells, options, strict=True) if len(given) > 1)
    state.evidence.rows.append(replace(last, readings=tuple(product(*options)), doubtful=last.doubtful | cut))


def _row_label(row: Sequence[GridCell], state: State) -> tuple[int, str | None, str]:
    """Where the row's own label stands, the row's key and its table; key None if the row is not one of figures."""
    begin = next((index for index, cell in enumerate(row) if is_words(cell)), len(row))
    first = next((index for index, cell in enumerate(row) if index > begin and has_figure(cell)), len(row))
    if begin == len(row) or (begin > SERIAL and any(has_figure(cell) for cell in row[:begin])) or is_header(row):
        return -1, None, ""
    label_at = max(index for index, cell in enumerate(row[:first]) if is_words(cell))
    values = row[label_at + 1 :]
    if not values:
        return -1, None, ""
    text = row[label_at].text
    for table in (REQUESTS, PUBLICATION):
        known = catalogue(table)
        key = known.row_labels.find(text)
        if key is None:
            continue
        if table == REQUESTS and len(bare(text)) <= SHORT:
            before = known.row_order[known.order(key) - 1]
            figures = sum(has_figure(cell) for cell in values)
            if not (numbered(known.rows[key], text) or state.last_row == before or figures >= len(values) > 1):
                continue
        return label_at, key, table
    return -1, None, ""


def _values(row: Sequence[GridCell], at: int) -> list[GridCell]:
    """The cells behind a row's label, without remarks behind the last figure (备注)."""
    values = list(row[at + 1 :])
    while values and is_words(values[-1]):
        values.pop()
    return values


def _requests_row(grid: Grid, number: int, row: Sequence[GridCell], at: int, key: str, state: State) -> None:
    table = next(iter(catalogue(REQUESTS).tables.values()))
    keys = [column.key for column in table.columns]
    header = state.columns.get(REQUESTS)
    values = _values(row, at)
    placed = in_order(values, len(keys))
    printed, told = list(keys), header is not None and _as_printed(header, table)
    if header is not None and header.apart and sorted(header.keys) == sorted(keys):
        told = True
        moved = list(header.keys) != keys and not _as_printed(header, table)  # else its spans are broken
        if placed is None or moved:
            by_header = under(grid, number, header, row[at].column + 1)
            placed, keys = by_header or placed, list(header.keys)
    state.last_row = key
    names = tuple(table.cell(key, column) for column in keys)
    where = row[at].where
    if not told and (state.moved or (header is not None and sorted(header.read) == sorted(printed))):
        # The columns stand in another order than the form's, and the spans that would tell which are lost.
        state.evidence.doubts.append(Doubt(REQUESTS, names, "order", where, " ".join(cell.text for cell in values)))
        return
    if placed is not None and mended(values, placed) and not _adds_up(table, names, placed):
        placed = None
    if placed is None:
        figures = [cell for cell in values if not is_blank(cell)]
        if grid.exact:  # a blank is a cell there: fewer cells than columns are a broken row, not a row with blanks
            text = " ".join(cell.text for cell in figures)
            state.evidence.doubts.append(Doubt(REQUESTS, names, "columns", where, text))
        else:
            scattered(REQUESTS, key, names, figures, where, state)
        return
    add(REQUESTS, key, names, placed, [None] * len(names), state, by_position=not told or keys != printed, where=where)


def _adds_up(table: Table, names: Sequence[str], placed: Sequence[GridCell]) -> bool:
    reads = [read_figure(cell.text) for cell in placed]
    return adds_up(table, names, tuple(read.value if read else None for read in reads))


def _as_printed(header: Header, table: Table) -> bool:
    """Whether a header that lost its spans names the columns in the form's order, outer ones first, row by row."""
    printed = sorted(table.columns, key=lambda column: len(column.group))
    return list(header.read) == [column.key for column in printed]


def _without_guesses(evidence: Evidence) -> Evidence:
    """Rows that lost blanks are read only among rows that did not: where most have, columns cannot be told at all."""
    for table in (REQUESTS, DISPUTES):
        rows = evidence.of(table)
        scattered = [row for row in rows if row.inferred]
        if 2 * len(scattered) >= len(rows):
            evidence.rows = [row for row in evidence.rows if row not in scattered]
            evidence.doubts += [Doubt(table, row.cells, "columns", row.where, row.text) for row in scattered]
    return evidence


def _without_headings(evidence: Evidence) -> Evidence:
    """A row of one form that is a heading in another (其他处理) is a row only where no rows stand under it: beside
    them its figures are those of a row that has lost its label."""
    known = catalogue(REQUESTS)
    seen = {row.row for row in evidence.of(REQUESTS)}
    headings = [row for row in evidence.of(REQUESTS) if seen & known.under(row.row)]
    evidence.rows = [row for row in evidence.rows if row not in headings]
    evidence.doubts += [Doubt(REQUESTS, row.cells, "row", row.where, row.text) for row in headings]
    return evidence


def _publication_row(grid: Grid, number: int, row: Sequence[GridCell], at: int, key: str, state: State) -> None:
    known = catalogue(PUBLICATION)
    header = state.columns.get(PUBLICATION)
    values = _values(row, at)
    where = row[at].where
    choice = _publication_columns(key, values, header, state)
    if choice is None:
        figures = [cell.text for cell in values if not is_blank(cell)]
        names = tuple(next(iter(known.tables.values())).cell(key, column) for column in (header.keys if header else ()))
        if names or figures:
            state.evidence.doubts.append(Doubt(PUBLICATION, names, "columns", where, " ".join(figures)))
        return
    form, columns = choice
    placed = in_order(values, len(columns))
    all_named = header is not None and len(header.keys) == len(columns)
    by_header = under(grid, number, header, row[at].column + 1) if header is not None and all_named else None
    if placed is None or (mended(values, placed) and placed != by_header):
        placed = by_header
    if placed is None:
        return
    table = known.tables[form]
    names = tuple(table.cell(key, column) for column in columns)
    headings = list(header.texts) if header and len(header.texts) == len(columns) else [""] * len(columns)
    add(PUBLICATION, key, names, placed, columns, state, headings=headings, where=where, form=form)


def _publication_columns(
    key: str, values: Sequence[GridCell], header: Header | None, state: State
) -> tuple[str, list[Column]] | None:
    """The form and the columns that a publication row has, told by its header and the number of its figures."""
    fitting: list[tuple[str, list[Column]]] = []
    for form, block in catalogue(PUBLICATION).blocks_of(key):
        columns = list(block.columns)
        if header is not None:
            own = {column.key for column in columns}
            matched = [name for name in header.keys if name in own]
            if len(header.keys) == len(columns) == len(matched):
                by_key = {column.key: column for column in columns}
                columns = [by_key[name] for name in header.keys]
            elif set(header.keys) - own or not _in_sequence(matched, [column.key for column in columns]):
                continue
        if in_order(values, len(columns)) is not None:
            fitting.append((form.name, columns))
    if len(fitting) > 1:
        seen = [form for table, form in state.evidence.forms if table == PUBLICATION]
        same_cells = len({tuple(column.key for column in columns) for _, columns in fitting}) == 1
        preferred = [choice for choice in fitting if seen and choice[0] == seen[-1]]
        fitting = preferred or (fitting[:1] if same_cells else [])
    return fitting[0] if fitting else None


def _in_sequence(some: Sequence[str], every: Sequence[str]) -> bool:
    rest = iter(every)
    return all(name in rest for name in some)
