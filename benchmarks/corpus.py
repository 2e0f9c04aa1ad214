"""Reading by the thousand: files a second, memory, and the rules over a million reports from Parquet.

``GONGKAI_BENCH_FILES`` says up to how many files the growth of memory is measured (by default 2,000; 10,000 in full).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import duckdb
import numpy as np

import gongkai
from benchmarks import Row
from benchmarks.checking import different
from gongkai.annual.checking.arrays import broken
from gongkai.annual.corpus import build, rows
from gongkai.annual.corpus.columns import columns, quoted
from gongkai.annual.corpus.database import opened, text
from gongkai.annual.corpus.figures import load
from gongkai.annual.corpus.listing import Entry
from gongkai.annual.corpus.parts import Parts
from gongkai.annual.reading import read
from gongkai.annual.report import Report
from gongkai.demo.making import make
from gongkai.demo.rendering import render

LAYOUTS = ("regular_page", "merged_cells", "raw_text", "page_in_gb18030", "layout_text", "pipe_tables")
"""Web pages, Word and text: the quick kinds, of which a folder of thousands mostly consists."""

DIFFERENT = 120
TIMED = 480
GROWTH = (500, 2_000, 10_000)
FILES = int(os.environ.get("GONGKAI_BENCH_FILES", "2000"))
MILLION = 1_000_000
SOURCES = Path(gongkai.__file__).resolve().parents[1]
FAULTS = 1_000


def run() -> list[Row]:
    """The rows of the benchmark."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        folder = Path(name)
        return [*_speed(folder), *_growth(folder), *_rules(folder)]


def files(folder: Path, count: int) -> Path:
    """So many files in a folder: made-up reports that differ, over and over under other names."""
    folder.mkdir()
    rng = Random(1)
    made = [render(make(rng, year=2019 + at % 6), LAYOUTS[at % len(LAYOUTS)], rng) for at in range(DIFFERENT)]
    for at in range(count):
        one = made[at % DIFFERENT]
        (folder / f"{at:06}-{one.name}").write_bytes(one.data)
    return folder


def _speed(folder: Path) -> Iterator[Row]:
    given = files(folder / "timed", TIMED)
    some = sorted(given.iterdir())
    read(some[0])
    used = _processor()
    loop = TIMED / _seconds(lambda: [read(path) for path in some])
    plain = (_processor() - used) / TIMED * 1000
    yardstick = "a plain loop over read(), nothing kept"
    for processes in (1, 2):
        out = folder / f"{processes}.parquet"
        used = _processor()
        speed = TIMED / _seconds(lambda n=processes, to=out: build(given, to, processes=n))  # type: ignore[misc]
        note = "each file in a guarded process, into Parquet"
        yield Row(f"corpus, {processes} process{'es' * (processes > 1)}", speed, "files/s", yardstick, loop, note=note)
        spent = (_processor() - used) / TIMED * 1000
        yield Row(
            f"processor time a file, {processes}", spent, "ms", yardstick, plain, note="true on a busy machine too"
        )
    again = _seconds(lambda: build(given, folder / "2.parquet"))
    yield Row(f"the same {TIMED} files again, unchanged", again, "s")
    try:
        from distributed import LocalCluster
    except ImportError:
        return
    make_cluster: Callable[..., LocalCluster] = LocalCluster
    with make_cluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", processes=True) as cluster:
        build(files(folder / "warm", 8), folder / "warm.parquet", scheduler=cluster.scheduler_address)
        speed = TIMED / _seconds(lambda: build(given, folder / "dask.parquet", scheduler=cluster.scheduler_address))
    yield Row("corpus, Dask, 2 workers", speed, "files/s", yardstick, loop, note="workers warm")


def _growth(folder: Path) -> Iterator[Row]:
    """Memory of a building with two processes, in a process of its own: the parent's, and with all its children."""
    first: tuple[float, float] | None = None
    for count in (count for count in GROWTH if count <= FILES):
        given = files(folder / f"growth{count}", count)
        arguments = f"{str(given)!r}, {str(folder / 'g.parquet')!r}, processes=2"
        command = f"from gongkai.annual.corpus import build; build({arguments})"
        (folder / "g.parquet").unlink(missing_ok=True)
        with subprocess.Popen(
            [sys.executable, "-c", command], env={**os.environ, "PYTHONPATH": str(SOURCES)}
        ) as process:
            begun = time.perf_counter()
            with _watched(process.pid) as most:
                assert process.wait() == 0
            seconds = time.perf_counter() - begun
        alone, together = most["parent"] / 1e6, most["all"] / 1e6
        size = (folder / "g.parquet").stat().st_size / count / 1000
        note = f"{seconds:,.0f} s, {size:.1f} kB of Parquet a file"
        yield Row(f"memory of the parent, {count:,} files", alone, "MB", note=note)
        yield Row(f"memory with its readers, {count:,} files", together, "MB", note="proportional share (PSS), peak")
        if first is not None:
            grown = (alone - first[1]) * 1000 / (count - first[0])
            yield Row(f"growth of the parent, {first[0]:,.0f} to {count:,} files", grown, "kB a file")
        first = first or (float(count), alone)


@contextmanager
def _watched(pid: int) -> Iterator[dict[str, int]]:
    """The most memory that a process takes while this is open, and it with all its children, in bytes."""
    most, over = {"parent": 0, "all": 0}, threading.Event()

    def watch() -> None:
        while not over.wait(0.2):
            held = {each: _pss(each) for each in _family(pid)}
            most["parent"] = max(most["parent"], held.get(pid, 0))
            most["all"] = max(most["all"], sum(held.values()))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def _family(pid: int) -> list[int]:
    found = [pid]
    for each in found:
        try:
            children = [
                number
                for task in Path(f"/proc/{each}/task").iterdir()
                for number in (task / "children").read_text().split()
            ]
        except OSError:
            continue
        found += [int(number) for number in children if int(number) not in found]
    return found


def _pss(pid: int) -> int:
    """Bytes of memory of a process, what it shares with others counted in parts."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _rules(folder: Path) -> Iterator[Row]:
    """A million reports as Parquet, loaded and checked; faults planted in some are to be found, and no others."""
    path, planted = million(folder / "million.parquet", different())
    with opened(path) as connection:
        begun = time.perf_counter()
        figures = load(connection)
        loading = time.perf_counter() - begun
    times, found = [], None
    for _ in range(3):
        begun = time.perf_counter()
        found = broken(figures)
        times.append(time.perf_counter() - begun)
    assert found is not None
    wrong = set(found.reports.tolist())
    each = f"{MILLION:,} reports from Parquet"
    yield Row(f"{each}: all rules, loaded", min(times), "s", at_most=3)
    yield Row(f"{each}: loading", loading, "s", note=f"{path.stat().st_size / 1e6:,.0f} MB without the whole reports")
    yield Row(f"{each}: planted faults found", 100 * len(planted & wrong) / len(planted), "%", at_least=100)
    yield Row(f"{each}: sound reports called wrong", len(wrong - planted), "", at_most=0)
    yield Row(f"{each}: memory of the figures", figures.nbytes / 1e6, "MB")


def million(path: Path, reports: list[Report]) -> tuple[Path, set[int]]:
    """A corpus of a million reports: those given, over and over under other agencies' names; 1 is added to a figure in
    some of them, whose places are given."""
    small = path.with_name("small.parquet")
    with Parts(small) as parts:
        parts.write(
            rows.of_report(f"{at:06}.html", rows.Stamp(None, 0, at), report) for at, report in enumerate(reports)
        )
        parts.finish([Entry(f"{at:06}.html", "", 0, at) for at in range(len(reports))], {})
    times = MILLION // len(reports)
    places = np.random.default_rng(1).choice(MILLION, FAULTS, replace=False)
    cell = quoted("requests/granted:natural_person")
    made = {
        "file": "printf('%06d/%s', again, file)",
        "agency_full": "concat('第', again, agency_full)",
        "report": "NULL::BLOB",
        "requests/granted:natural_person": f"{cell} + (place IS NOT NULL)::INTEGER",
    }
    wanted = ", ".join(f"{made.get(name, 'one.' + quoted(name))} AS {quoted(name)}" for name in columns())
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE planted AS SELECT unnest(?::BIGINT[]) AS place", [places.tolist()])
        connection.execute(
            f"COPY (SELECT {wanted} FROM read_parquet({text(small)}, file_row_number = true) one "
            f"CROSS JOIN range({times}) r(again) "
            f"LEFT JOIN planted ON place = again * {len(reports)} + file_row_number ORDER BY again, file_row_number) "
            f"TO {text(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 8192)"
        )
    return path, set(places.tolist())


def _processor() -> float:
    """Seconds of processor time of this process and of its children that have ended."""
    return sum(os.times()[:4])


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
