"""The desk's two main pages with ten thousand, a hundred thousand and a million requests, against a bare view."""

from __future__ import annotations

from benchmarks import Row
from benchmarks._platform import databases, measured, number, place

MOST = 1_000_000


def run() -> list[Row]:
    """The rows of the benchmark. GONGKAI_BENCH_REQUESTS sets how many requests there are at most."""
    rows = []
    for name in databases():
        with place(name) as where:
            rows += measured("_desk", where, name, str(number("GONGKAI_BENCH_REQUESTS", MOST)))
    return rows
