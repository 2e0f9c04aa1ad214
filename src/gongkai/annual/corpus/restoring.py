"""Reports taken out of a corpus again, whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gongkai.annual.corpus.columns import READ
from gongkai.annual.corpus.conditions import Conditions
from gongkai.annual.corpus.database import opened
from gongkai.annual.corpus.rows import unpacked
from gongkai.annual.report import Report

_AT_ONCE = 64


def reports(
    path: str | Path,
    *,
    where: str | list[str] | tuple[str, ...] = (),
    agency: str | None = None,
    area: str | None = None,
) -> Iterator[Report]:
    """The reports of a corpus, one after the other in the order of their files; never all in memory.

    ``where`` are conditions on columns (``"year=2024"``), ``agency`` and ``area`` as in ``query``. ``Report.source`` is
    the file's name in the corpus. Raises CorpusError if there is no such corpus or a condition cannot be understood,
    Unreadable if a stored report is damaged.
    """
    conditions = Conditions.of(where, agency, area)
    with opened(path) as connection:
        rows = connection.execute(
            f"SELECT report, file, format FROM files WHERE status = '{READ}' AND {conditions.sql}", conditions.values
        )
        while some := rows.fetchmany(_AT_ONCE):
            for data, file, format in some:
                yield unpacked(data, file, format)
