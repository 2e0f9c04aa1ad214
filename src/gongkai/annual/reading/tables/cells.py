"""Grids → rows of figures: each row of a grid is recognised by its label, each figure by its column's label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod

from gongkai.annual.finding import Where
from gongkai.annual.form import Column, Table
from gongkai.annual.reading.document import Document, Grid, GridCell, Line
from gongkai.annual.reading.labels import SHORT, bare, letters
from gongkai.annual.reading.numbers import in_unit, read_figure
from gongkai.annual.reading.tables.catalogue import DISPUTES, PUBLICATION, REQUESTS, catalogue, numbered
from gongkai.annual.reading.tables.evidence import Doubt, Evidence, RowReading, Value
from gongkai.annual.reading.tables.solve import adds_up
from gongkai.annual.reading.tables.spans import Header, has_figure, in_order, is_blank, under
from gongkai.annual.reading.tables.splitting import MOST, placings

SERIAL = 1
"""A figure before a row's label is a serial number if no more than one cell stands there."""

_WORDS = re.compile(r"[\u3400-\u9fff]")


@dataclass(slots=True)
class _State:
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


def read_grids(document: Document) -> Evidence:
    """The rows of figures in a document's grids, of all tables and forms."""
    state = _State()
    for block in document.blocks:
        if isinstance(block, Line):
            _note_group([block.text], state)
        else:
            _read_grid(block, state)
    return _without_headings(_without_guesses(state.evidence))


def _read_grid(grid: Grid, state: _State) -> None:
    for number, row in enumerate(grid.rows()):
        if not row:
            continue
        if grid.continues and number == 0 and state.cut and not any(_is_words(cell) for cell in row):
            _mend_cut_row(row, state)
        before = len(state.evidence.rows)
        label_at, key, table = _row_label(row, state)
        if key is not None and table == REQUESTS:
            _requests_row(grid, number, row, label_at, key, state)
        elif key is not None and table == PUBLICATION:
            _publication_row(grid, number, row, label_at, key, state)
        elif not _dispute_row(row, state):
            _note_header(row, state)
        state.cut = len(state.evidence.rows) > before


def _mend_cut_row(row: Sequence[GridCell], state: _State) -> None:
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


def _row_label(row: Sequence[GridCell], state: _State) -> tuple[int, str | None, str]:
    """Where the row's own label stands, the row's key and its table; key None if the row is not one of figures."""
    begin = next((index for index, cell in enumerate(row) if _is_words(cell)), len(row))
    first = next((index for index, cell in enumerate(row) if index > begin and has_figure(cell)), len(row))
    if begin == len(row) or (begin > SERIAL and any(has_figure(cell) for cell in row[:begin])) or _is_header(row):
        return -1, None, ""
    label_at = max(index for index, cell in enumerate(row[:first]) if _is_words(cell))
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
    while values and _is_words(values[-1]):
        values.pop()
    return values


def _is_words(cell: GridCell) -> bool:
    return bool(_WORDS.search(cell.text)) and read_figure(cell.text) is None


def _is_header(row: Sequence[GridCell]) -> bool:
    """A row that names three columns or more, and no figures, is a header whatever else it names."""
    if any(has_figure(cell) for cell in row):
        return False
    for table in (REQUESTS, PUBLICATION, DISPUTES):
        labels = catalogue(table).column_labels
        if sum(labels.find(cell.text) is not None for cell in row) >= 2:
            return True
    return False


def _note_header(row: Sequence[GridCell], state: _State) -> None:
    """Remember the columns that a header row names; header rows of one header add up."""
    for table in (REQUESTS, PUBLICATION):
        known = catalogue(table)
        found = [(known.column_labels.find(cell.text), cell) for cell in row]
        named = [(key, cell) for key, cell in found if key is not None]
        if not named:
            continue
        columns = [(key, cell.column, cell.column + cell.colspan) for key, cell in named]
        texts = [cell.text for _, cell in named]
        read = [key for key, _ in named]
        if table == REQUESTS:
            state.moved = _in_other_order(read, state.moved)
            before = state.columns.get(REQUESTS)
            if before and state.last_row is None and not set(before.keys) & {key for key, _, _ in columns}:
                columns, texts = [*before.columns, *columns], [*before.texts, *texts]
                read = [*before.read, *read]
            elif before and len(columns) < len(before.columns) and state.last_row is not None:
                state.columns.pop(REQUESTS)
            state.last_row = None
        order = sorted(range(len(columns)), key=lambda index: columns[index][1])
        state.columns[table] = Header(tuple(columns[i] for i in order), tuple(texts[i] for i in order), tuple(read))
        if table == PUBLICATION:
            _note_forms(table, [key for key, _, _ in columns], state)
    _note_group([cell.text for cell in row], state)
    labels = catalogue(DISPUTES).column_labels
    leaves = [key.rpartition(".")[2] for cell in row if (key := labels.find(cell.text))]
    if len(leaves) >= 4:
        state.dispute_header = True
        state.dispute_labels = [*state.dispute_labels, *leaves]


def _in_other_order(keys: Sequence[str], before: bool) -> bool:
    """Whether a header names the innermost columns of the requests in another order than the form; as before, if it
    names none or one of them."""
    columns = next(iter(catalogue(REQUESTS).tables.values())).columns
    depth = max(len(column.group) for column in columns)
    inner = [column.key for column in columns if len(column.group) == depth]
    named = [inner.index(key) for key in keys if key in inner]
    return named != sorted(named) if len(named) > 1 else before


def _note_group(texts: Iterable[str], state: _State) -> None:
    """Remember which group of the disputes table (行政复议, 未经复议直接起诉 …) was named last."""
    groups = catalogue(DISPUTES).group_labels
    for text in texts:
        if len(letters(text)) > 30:
            continue
        named = letters(text)
        hits = [key for key, form in zip(groups.keys, groups.forms, strict=True) if form in named]
        if hits:
            state.group = hits[-1]
            state.dispute_labels = []


def _note_forms(table: str, keys: Sequence[str], state: _State) -> None:
    """Columns that only one form has tell which form the table follows."""
    known = catalogue(table)
    for key in keys:
        having = [name for name, entry in known.tables.items() if any(column.key == key for column in entry.columns)]
        if len(having) == 1:
            state.evidence.forms.append((table, having[0]))


def _requests_row(grid: Grid, number: int, row: Sequence[GridCell], at: int, key: str, state: _State) -> None:
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
    if placed is None:
        figures = [cell for cell in values if not is_blank(cell)]
        if grid.exact:  # a blank is a cell there: fewer cells than columns are a broken row, not a row with blanks
            text = " ".join(cell.text for cell in figures)
            state.evidence.doubts.append(Doubt(REQUESTS, names, "columns", where, text))
        else:
            _scattered(REQUESTS, key, names, figures, where, state)
        return
    _add(REQUESTS, key, names, placed, [None] * len(names), state, by_position=not told or keys != printed, where=where)


def _as_printed(header: Header, table: Table) -> bool:
    """Whether a header that lost its spans names the columns in the form's order, outer ones first, row by row."""
    printed = sorted(table.columns, key=lambda column: len(column.group))
    return list(header.read) == [column.key for column in printed]


def _scattered(
    table: str, key: str, names: tuple[str, ...], figures: Sequence[GridCell], where: Where, state: _State
) -> None:
    """A row with fewer figures than columns and no way to tell whose they are: every placing is a reading."""
    texts = [cell.text for cell in figures]
    values = [read.value if (read := read_figure(text)) else None for text in texts]
    if len(values) > len(names) or any(value is None for value in values) or not values:
        state.evidence.doubts.append(Doubt(table, names, "columns", where, " ".join(texts)))
        return
    numbers = [value for value in values if value is not None]
    form = next(iter(catalogue(table).tables.values()))
    readings = tuple(reading for reading in placings(numbers, len(names)) if adds_up(form, names, reading))
    if not readings:
        state.evidence.doubts.append(Doubt(table, names, "columns", where, " ".join(texts)))
        return
    state.evidence.rows.append(
        RowReading(table, key, names, readings, where, " ".join(texts), by_position=True, inferred=True)
    )


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


def _publication_row(grid: Grid, number: int, row: Sequence[GridCell], at: int, key: str, state: _State) -> None:
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
    if placed is None and header is not None:
        placed = under(grid, number, header, row[at].column + 1)
    if placed is None:
        return
    table = known.tables[form]
    names = tuple(table.cell(key, column) for column in columns)
    headings = list(header.texts) if header and len(header.texts) == len(columns) else [""] * len(columns)
    _add(PUBLICATION, key, names, placed, columns, state, headings=headings, where=where, form=form)


def _publication_columns(
    key: str, values: Sequence[GridCell], header: Header | None, state: _State
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


def _dispute_row(row: Sequence[GridCell], state: _State) -> bool:
    """A row of figures under the disputes header, or a row that names its group before five figures."""
    known = catalogue(DISPUTES)
    every = list(next(iter(known.tables.values())).columns)
    words = [cell for cell in row if _is_words(cell)]
    values = [cell for cell in row if not _is_words(cell)]
    unfilled = not words and len(values) == len(every) and state.dispute_labels == [_leaf(column) for column in every]
    if (sum(has_figure(cell) for cell in values) < 2 and not unfilled) or len(words) > 1:
        return False
    group = known.group_labels.find(words[0].text) if words else state.group
    if (words and group is None) or not state.dispute_header:
        return False
    for columns in _dispute_columns(every, group, bool(words), len(state.dispute_labels)):
        placed = in_order(values, len(columns))
        if placed is not None:
            told = state.dispute_labels == [_leaf(column) for column in columns]
            names = tuple(column.key for column in columns)
            _add(DISPUTES, "", names, placed, columns, state, by_position=not told, where=placed[0].where)
            state.dispute_header = len(columns) < len(every)
            return True
    if len(values) < len(every) and not words:
        figures = [cell for cell in values if not is_blank(cell)]
        _scattered(DISPUTES, "", tuple(column.key for column in every), figures, row[0].where, state)
        state.dispute_header = False
        return True
    return False


def _dispute_columns(every: list[Column], group: str | None, named: bool, labels: int) -> list[list[Column]]:
    """The columns that a row of the disputes may have: all, or a group's where the header names just so many."""
    choices = [] if named else [every]
    if group is not None:
        choices.append([column for column in every if column.group and column.group[-1] == group])
        choices.append([column for column in every if group in column.group])
    return [columns for columns in choices if columns and (columns is every or len(columns) == labels)]


def _leaf(column: Column) -> str:
    return column.key.rpartition(".")[2]


def _add(
    table: str,
    key: str,
    names: tuple[str, ...],
    placed: Sequence[GridCell],
    columns: Sequence[Column | None],
    state: _State,
    *,
    where: Where,
    headings: Sequence[str] = (),
    by_position: bool = False,
    form: str | None = None,
) -> None:
    """Add a row whose figures stand in known columns; a cell that holds no one figure is a doubt."""
    kept: list[tuple[str, tuple[Value, ...], GridCell]] = []
    for index, (name, cell) in enumerate(zip(names, placed, strict=True)):
        column, heading = columns[index], headings[index] if headings else ""
        options = _options(cell, column, heading)
        if options:
            kept.append((name, options, cell))
        else:
            why = "picture" if cell.doubtful else "figure"
            state.evidence.doubts.append(Doubt(table, (name,), why, cell.where, _shown(cell)))
    if not kept or prod(len(options) for _, options, _ in kept) > MOST:
        return
    state.evidence.rows.append(
        RowReading(
            table,
            key,
            tuple(name for name, _, _ in kept),
            tuple(product(*(options for _, options, _ in kept))),
            where,
            by_position=by_position,
            places=tuple(cell.where for _, _, cell in kept),
            texts=tuple(_shown(cell) for _, _, cell in kept),
            form=form,
            doubtful=frozenset(name for name, _, cell in kept if cell.doubtful),
        )
    )


def _shown(cell: GridCell) -> str:
    """What stands in the cell, or what it may say."""
    return " / ".join(cell.doubtful) if cell.doubtful else cell.text


def _options(cell: GridCell, column: Column | None, heading: str) -> tuple[Value, ...]:
    """The figures that may stand in the cell: one for a plain cell, more where a recogniser was not sure, none if
    what stands there is not one figure."""
    values: list[Value] = []
    for text in cell.doubtful or (cell.text,):
        read = read_figure(text)
        if read is None:
            return ()
        values.append(in_unit(read, column.unit, heading) if column else read.value)
    return tuple(dict.fromkeys(values))
