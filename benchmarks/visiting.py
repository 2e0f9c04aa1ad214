"""Citizens file and officers read, all at once, through the real server; against the server's smallest answer."""

from __future__ import annotations

from benchmarks import Row
from benchmarks._platform import databases, measured, number, place

SECONDS = 60


def run() -> list[Row]:
    """The rows of the benchmark. GONGKAI_BENCH_SECONDS makes it shorter."""
    rows = []
    for name in databases():
        with place(name) as where:
            rows += measured("_visiting", where, name, str(number("GONGKAI_BENCH_SECONDS", SECONDS)))
    return rows
