"""Eight writers at once for a minute, against bare inserts; and a hundred times killed in the middle."""

from __future__ import annotations

from benchmarks import Row
from benchmarks._platform import databases, measured, number, place

SECONDS = 60
KILLS = 100


def run() -> list[Row]:
    """The rows of the benchmark. GONGKAI_BENCH_SECONDS and GONGKAI_BENCH_KILLS make it shorter."""
    seconds = str(number("GONGKAI_BENCH_SECONDS", SECONDS))
    kills = str(number("GONGKAI_BENCH_KILLS", KILLS))
    rows = []
    for name in databases():
        with place(name) as where:
            rows += measured("_writers", where, name, seconds, kills)
    return rows
