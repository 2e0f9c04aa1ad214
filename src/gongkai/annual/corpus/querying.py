"""Questions to a corpus: tables by agency, area and year; lists of reports and files; SQL that can only look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from gongkai.annual.corpus.columns import READ, STATUSES, cells, quoted
from gongkai.annual.corpus.conditions import Conditions
from gongkai.annual.corpus.database import CorpusError, opened, text
from gongkai.annual.showing.words import say

MAIN = (
    "requests/received:total",
    "requests/carried_in:total",
    "requests/total:total",
    "requests/carried_out:total",
    "disputes/reconsideration.total",
    "disputes/litigation_direct.total",
    "disputes/litigation_after_reconsideration.total",
)
"""The figures that a table shows unless others are asked for."""

GROUPS = {
    "area": "area",
    "agency": "agency_full",
    "kind": "kind",
    "year": "year",
    "form": "form",
    "format": "format",
}
"""What reports can be put together by, and the column that it is."""

BY = ("area", "kind", "year")
"""By area and year; a government's report holds those of its departments, so they are not added to one another."""

RULES = ("fullest", "newest", "all", "refuse")
"""Of several reports of one agency and year: the one with most figures, the newest file, all of them, or an error."""

_ORDER = {"fullest": "figures DESC, modified DESC, file", "newest": "modified DESC, figures DESC, file"}


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Files with reports of one agency for one year, or with one content; ``taken`` is the one that counts, None if
    all do."""

    agency: str | None
    year: int | None
    files: tuple[str, ...]
    taken: str | None


@dataclass(frozen=True)
class Answer:
    """A table: names of columns, rows, the columns' types in DuckDB. ``beside`` names for a column of figures the
    column that explains it: how many reports lack the figure, or whether it is blank or unread. ``notes`` are what
    whoever uses the figures must know, Chinese and English."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    beside: Mapping[str, str] = field(default_factory=dict)
    duplicates: tuple[Duplicate, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def dicts(self) -> list[dict[str, Any]]:
        """The rows by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def query(
    path: str | Path,
    *,
    by: str | Sequence[str] | None = None,
    cells: str | Sequence[str] | None = None,
    where: str | Sequence[str] = (),
    agency: str | None = None,
    area: str | None = None,
    each: bool = False,
    files: str | None = None,
    sql: str | None = None,
    duplicates: str = "fullest",
) -> Answer:
    """A table out of a corpus.

    By default how many reports there are ``by`` area, kind of agency and year (``BY``), and the sums of the main
    ``cells`` (``MAIN``); ``each``: the reports one by one. ``files``: the files of that status, with the reason.
    ``where``, ``agency`` and ``area`` limit the reports. ``sql``: one SELECT over the views ``reports`` (of each agency
    and year one) and ``files``; it reaches nothing else. ``duplicates`` says which of several reports of one agency and
    year counts.

    Beside each sum stands in how many reports that figure is lacking (blank, unread, not in their form): a sum is
    never taken for more than it is. Raises CorpusError if there is no such corpus, the question cannot be put, or two
    things are asked that exclude each other.
    """
    _one_question(
        {"--by": by is not None, "--cells": cells is not None, "--where": bool(where), "--agency": bool(agency)}
        | {"--area": bool(area), "--each": each, "--files": files is not None, "--sql": sql is not None}
    )
    by, cells = BY if by is None else by, MAIN if cells is None else cells
    if duplicates not in RULES:
        raise CorpusError("corpus_choice", option="--duplicates", choices=" ".join(RULES))
    conditions = Conditions.of(where, agency, area)
    with opened(path) as connection:
        if files is not None:
            return _files(connection, files, conditions)
        found = _set_aside(connection, duplicates, Conditions() if sql is not None else conditions)
        connection.execute("CREATE VIEW reports AS FROM files ANTI JOIN aside USING (file) WHERE status = 'read'")
        if sql is not None:
            answer = _ask(connection, sql)
        elif each:
            answer = _each(connection, _listed(cells), conditions)
        else:
            answer = _sums(connection, _listed(by), _listed(cells), conditions)
    return Answer(answer.columns, answer.types, answer.rows, answer.beside, found, answer.notes)


_ALONE = {
    "--sql": ("--by", "--cells", "--where", "--agency", "--area", "--each", "--files"),
    "--files": ("--by", "--cells", "--each"),
    "--each": ("--by",),
}
"""What would be without effect beside each of these; passed over, it would give another answer than meant."""


def _one_question(given: Mapping[str, bool]) -> None:
    for option, others in _ALONE.items():
        for other in others:
            if given[option] and given[other]:
                raise CorpusError("corpus_not_together", option=option, other=other)


def _listed(told: str | Sequence[str]) -> list[str]:
    parts = told.split(",") if isinstance(told, str) else told
    return [part.strip() for part in parts if part.strip()]


def _set_aside(connection: duckdb.DuckDBPyConnection, rule: str, conditions: Conditions) -> tuple[Duplicate, ...]:
    """Makes the table ``aside`` of the files that do not count; the duplicates among the reports that are meant."""
    order = _ORDER.get(rule, _ORDER["fullest"])
    connection.execute(
        f"""CREATE TABLE doubled AS
        SELECT *, row_number() OVER (PARTITION BY one ORDER BY {order}) AS rank FROM (
            SELECT file, agency, year, figures, modified,
                CASE WHEN agency_full IS NULL OR year IS NULL THEN sha256 ELSE concat(year, ' ', agency_full) END AS one
            FROM files WHERE status = '{READ}' AND {conditions.sql})
        QUALIFY count(*) OVER (PARTITION BY one) > 1""",
        conditions.values,
    )
    everyone = rule in ("all", "refuse")
    connection.execute(f"CREATE TABLE aside AS SELECT file FROM doubled WHERE rank > 1 AND NOT {everyone}")
    rows = connection.execute(
        "SELECT first(agency ORDER BY rank), any_value(year), list(file ORDER BY rank) "
        "FROM doubled GROUP BY one ORDER BY 3"
    ).fetchall()
    found = tuple(Duplicate(agency, year, tuple(files), None if everyone else files[0]) for agency, year, files in rows)
    if found and rule == "refuse":
        first = found[0]
        raise CorpusError(
            "corpus_duplicates_refused",
            n=len(found),
            agency=first.agency or "—",
            year=first.year or "—",
            files="、".join(first.files),
        )
    return found


def _sums(
    connection: duckdb.DuckDBPyConnection, by: Sequence[str], wanted: Sequence[str], conditions: Conditions
) -> Answer:
    for name in by:
        if name not in GROUPS:
            raise CorpusError("corpus_choice", option="--by", choices=" ".join(GROUPS))
    _must_be_cells(wanted)
    groups = [f"{GROUPS[name]} AS {name}" for name in by]
    sums = [
        f"sum({quoted(name)})::DECIMAL(38,{6 if 'DECIMAL' in cells()[name] else 0}) AS {quoted(name)}, "
        f"count(*) - count({quoted(name)}) AS {quoted(lacking(name))}"
        for name in wanted
    ]
    grouped = f" GROUP BY {', '.join(GROUPS[name] for name in by)}" if by else ""
    order = f" ORDER BY {', '.join(f'{name} NULLS LAST' for name in by)}" if by else ""
    select = ", ".join([*groups, "count(*) AS reports", *sums])
    answer = _answer(
        connection, f"SELECT {select} FROM reports WHERE {conditions.sql}{grouped}{order}", conditions.values
    )
    beside = {name: lacking(name) for name in wanted}
    notes = [] if "agency" in by else list(_mixed(connection, by, conditions))
    return Answer(answer.columns, answer.types, answer.rows, beside, notes=tuple(notes))


def lacking(cell: str) -> str:
    """The column that says how many reports lack the figure."""
    return f"{cell}.lacking"


def _mixed(
    connection: duckdb.DuckDBPyConnection, by: Sequence[str], conditions: Conditions
) -> Iterator[tuple[str, str]]:
    """The note that sums may count a case twice: a government's report merges those of its departments and of the
    places below it."""
    governments = "FROM meant WHERE kind IS DISTINCT FROM 'department'"
    mixed = [f"EXISTS (SELECT 1 {governments} GROUP BY area, year HAVING count(DISTINCT agency_full) > 1)"]
    if "kind" not in by:
        mixed.append("(SELECT count(DISTINCT kind = 'department') > 1 FROM meant)")
    if "area" not in by:
        places = f"(SELECT DISTINCT area {governments})"
        mixed.append(
            f"EXISTS (SELECT 1 FROM {places} a JOIN {places} b ON a.area <> b.area AND starts_with(b.area, a.area))"
        )
    meant = f"WITH meant AS (SELECT area, kind, year, agency_full FROM reports WHERE {conditions.sql})"
    found = connection.execute(f"{meant} SELECT {' OR '.join(mixed)}", conditions.values).fetchone()
    if found and found[0]:
        yield say("corpus_mixed", "zh"), say("corpus_mixed", "en")


def _each(connection: duckdb.DuckDBPyConnection, wanted: Sequence[str], conditions: Conditions) -> Answer:
    _must_be_cells(wanted)
    figures = [
        f"{quoted(name)}, CASE WHEN {quoted(name)} IS NOT NULL THEN "
        f"if(list_contains(inferred, {text(name)}), 'inferred', 'read') "
        f"WHEN list_contains(blank, {text(name)}) THEN 'blank' WHEN list_contains(beyond, {text(name)}) THEN 'beyond' "
        f"WHEN list_contains(unread, {text(name)}) THEN 'unread' ELSE 'absent' END AS {quoted(state(name))}"
        for name in wanted
    ]
    select = ", ".join(["agency", "year", "form", *figures, "file"])
    answer = _answer(
        connection,
        f"SELECT {select} FROM reports WHERE {conditions.sql} ORDER BY area, agency_full, year, file",
        conditions.values,
    )
    return Answer(answer.columns, answer.types, answer.rows, {name: state(name) for name in wanted})


def state(cell: str) -> str:
    """The column that says how the figure was read, or why there is none."""
    return f"{cell}.state"


def _must_be_cells(wanted: Sequence[str]) -> None:
    for name in wanted:
        if name not in cells():
            raise CorpusError("corpus_no_cell", cell=name)


def _files(connection: duckdb.DuckDBPyConnection, status: str, conditions: Conditions) -> Answer:
    if status not in STATUSES:
        raise CorpusError("corpus_choice", option="--files", choices=" ".join(STATUSES))
    about = "format, agency, year" if status == READ else "error, error_en"
    return _answer(
        connection,
        f"SELECT file, {about}, bytes, modified FROM files WHERE status = ? AND {conditions.sql} ORDER BY file",
        (status, *conditions.values),
    )


def _ask(connection: duckdb.DuckDBPyConnection, sql: str) -> Answer:
    """One SELECT. The connection reaches no other file; that it changes nothing is seen to here."""
    with _asked():
        statements = connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise CorpusError("corpus_only_select")
        return _answer(connection, sql)


@contextmanager
def _asked() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        kind, _, rest = str(error).partition(" Error: ")
        key = {"Parser": "corpus_sql_syntax", "Catalog": "corpus_sql_names", "Binder": "corpus_sql_names"}.get(kind)
        raise CorpusError(key or "corpus_sql", reason=" ".join((rest if key else str(error)).split())) from error


def _answer(connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[str] = ()) -> Answer:
    with _asked():
        done = connection.execute(sql, list(values))
        described = done.description or []
        names = _distinct([str(column[0]) for column in described])
        return Answer(names, tuple(str(column[1]) for column in described), tuple(done.fetchall()))


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """The names, a name that comes again with a number behind it."""
    found: list[str] = []
    for name in names:
        number, free = 1, name
        while free in found:
            number += 1
            free = f"{name}_{number}"
        found.append(free)
    return tuple(found)
