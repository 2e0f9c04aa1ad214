"""Reports put into a corpus for tests, as files or straight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import duckdb

from gongkai.annual.corpus import rows
from gongkai.annual.corpus.listing import Entry
from gongkai.annual.corpus.parts import Parts
from gongkai.annual.report import Report
from gongkai.demo.agencies import AGENCIES
from gongkai.demo.making import make
from gongkai.demo.rendering import render


def kept(out: Path, reports: Mapping[str, Report]) -> Path:
    """A corpus of these reports by file name, as building makes it of their files."""
    with Parts(out) as parts:
        stamped = [
            (name, rows.Stamp(f"{at:064x}", at, at), report) for at, (name, report) in enumerate(reports.items())
        ]
        lines = [rows.of_report(name, stamp, replace(report, source=name)) for name, stamp, report in stamped]
        if lines:
            parts.write(lines)
        parts.finish([Entry(name, name, at, at) for at, name in enumerate(reports)], {})
    return out


def folder_of(folder: Path, count: int, *, layouts: Sequence[str] = ("regular_page", "pipe_tables")) -> Path:
    """A folder with so many reports of as many made-up agencies, quick to read."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = Random(count)
    for at in range(count):
        of = replace(AGENCIES[0], name=f"云岭省青禾市第{at}局")
        made = render(make(rng, agency=of, year=2021 + at % 3), layouts[at % len(layouts)], rng)
        (folder / f"{at:03}-{made.name}").write_bytes(made.data)
    return folder


def stored(path: Path, columns: str = "*", rest: str = "ORDER BY file") -> list[tuple[Any, ...]]:
    """The rows of a corpus, asked for without our own code."""
    with duckdb.connect() as connection:
        return connection.execute(f"SELECT {columns} FROM read_parquet('{path}') {rest}").fetchall()
