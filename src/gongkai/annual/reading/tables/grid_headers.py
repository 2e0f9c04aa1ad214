"""Header rows of a grid: which columns stand where, which group and which form they name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongkai.annual.reading.document import GridCell
from gongkai.annual.reading.labels import letters
from gongkai.annual.reading.tables.catalogue import DISPUTES, PUBLICATION, REQUESTS, catalogue
from gongkai.annual.reading.tables.grid_state import State
from gongkai.annual.reading.tables.spans import Header, has_figure


def is_header(row: Sequence[GridCell]) -> bool:
    """A row that names three columns or more, and no figures, is a header whatever else it names."""
    if any(has_figure(cell) for cell in row):
        return False
    for table in (REQUESTS, PUBLICATION, DISPUTES):
        labels = catalogue(table).column_labels
        if sum(labels.find(cell.text) is not None for cell in row) >= 2:
            return True
    return False


def note_header(row: Sequence[GridCell], state: State) -> None:
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
    note_group([cell.text for cell in row], state)
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


def note_group(texts: Iterable[str], state: State) -> None:
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


def _note_forms(table: str, keys: Sequence[str], state: State) -> None:
    """Columns that only one form has tell which form the table follows."""
    known = catalogue(table)
    for key in keys:
        having = [name for name, entry in known.tables.items() if any(column.key == key for column in entry.columns)]
        if len(having) == 1:
            state.evidence.forms.append((table, having[0]))
