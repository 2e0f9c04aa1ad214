"""Folders of files → a corpus: thousands of reports read on all cores or on a cluster, resumed where it was stopped."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from gongkai.annual.corpus import reading, rows
from gongkai.annual.corpus.columns import OTHER_KIND, UNREADABLE
from gongkai.annual.corpus.database import CorpusError, opened
from gongkai.annual.corpus.listing import Entry, entries
from gongkai.annual.corpus.parts import FIRST_SECONDS, ROWS, SECONDS, Known, Parts
from gongkai.annual.corpus.reading import ABSENT, UNCHANGED, Job, Limits, Outcome, batches, read_guarded
from gongkai.annual.corpus.rows import Stamp
from gongkai.annual.reading.warming import warm_up

AGAIN = ("unreadable", "all")
"""What may be read again although it has not changed."""

AHEAD = 2
"""Batches handed out for each process, so that none waits for work."""

Progress = Callable[[int, int, Counter[str]], None]
"""Told how many of how many files are done, and how many of each status."""

Reader = Callable[[Iterable[tuple[Job, ...]], Limits], Generator[list[Outcome]]]
"""Something that reads batches of files and gives their outcomes as they come."""


@dataclass(frozen=True, slots=True)
class Account:
    """What became of every file: how many are read, unreadable, no report, of other kinds; of them how many were taken
    over from before; how many rows went because their file is gone; how long it took."""

    path: Path
    counts: Mapping[str, int]
    taken_over: int
    gone: int
    seconds: float
    other_kinds: Mapping[str, int] = field(default_factory=dict)
    """Files of other kinds by extension."""

    @property
    def files(self) -> int:
        """All files."""
        return sum(self.counts.values())

    def unread(self, limit: int | None = None, status: str = UNREADABLE) -> list[tuple[str, str, str]]:
        """Files of a status in the order of their names, each with the reason in Chinese and English."""
        with opened(self.path) as connection:
            cut = "" if limit is None else f" LIMIT {limit:d}"
            return connection.execute(
                f"SELECT file, error, error_en FROM files WHERE status = ? ORDER BY file{cut}", [status]
            ).fetchall()


def build(
    folders: str | Path | Sequence[str | Path],
    out: str | Path,
    *,
    processes: int | None = None,
    scheduler: str | None = None,
    seconds: float = reading.SECONDS,
    megabytes: int = reading.MEGABYTES,
    again: str | None = None,
    progress: Progress | None = None,
) -> Account:
    """Reads every file of the folders and those below into the Parquet file ``out`` (columns: docs/corpus.md).

    A file whose row is there already (in ``out``, or in the parts of a building that was stopped) is not read again
    unless its content has changed; ``again`` says what is read all the same: ``unreadable`` or ``all``. ``processes``
    read at a time, by default one for each processor; ``scheduler`` is the address of a Dask cluster that reads
    instead. ``seconds`` and ``megabytes`` limit each file.

    ``out`` is written whole or not at all; whatever stops the building, the next one goes on from there. Raises
    CorpusError where it cannot be written or is not named .parquet, a folder is none, another building is at it, or the
    cluster is not there.
    """
    begun = time.monotonic()
    given = [folders] if isinstance(folders, str | Path) else list(folders)
    target = Path(out)
    if target.suffix.lower() != ".parquet":
        raise CorpusError("corpus_needs_parquet", file=target)
    if not target.absolute().parent.is_dir():
        raise CorpusError("no_such_folder", file=target.absolute().parent)
    with Parts(target) as parts:
        if again == "all":
            parts.forget()
        try:
            listed = list(entries(given, [target, parts.folder]))
        except NotADirectoryError as error:
            there = os.path.exists(error.args[0])
            raise CorpusError("corpus_file_for_folder" if there else "corpus_no_folder", file=error.args[0]) from error
        known = parts.known()
        wanted = [entry for entry in listed if _wanted(entry, known.get(entry.file), again)]
        gathering = _Gathering(parts, listed, wanted, known, progress)
        reader = _cluster(scheduler) if scheduler else partial(_pool, processes=processes or _processors())
        with gathering:
            for entry in wanted:
                if entry.status is not None:
                    gathering.add(_not_read(entry))
            jobs = (_job(entry, known.get(entry.file)) for entry in wanted if entry.status is None)
            with closing(reader(batches(jobs), Limits(seconds, megabytes))) as outcomes:
                for some in outcomes:
                    for outcome in some:
                        gathering.add(outcome)
                    gathering.write_in_time()
        parts.finish(listed, gathering.seen)
    kinds = Counter(_extension(entry) for entry in listed if entry.why == "corpus_not_read")
    vanished = len(known.keys() - {entry.file for entry in listed})
    taken_over = len(listed) - len(wanted) + len(gathering.seen)
    return Account(target, dict(gathering.counts), taken_over, vanished, time.monotonic() - begun, kinds)


def _extension(entry: Entry) -> str:
    return os.path.splitext(entry.file)[1].lower()


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _wanted(entry: Entry, held: Known | None, again: str | None) -> bool:
    """Whether the file is to be read: it is new or changed, could not be opened, or is asked for again."""
    if held is None or (held.bytes, held.modified) != (entry.size, entry.modified):
        return True
    if entry.status is not None or held.status == OTHER_KIND:
        return (entry.status or OTHER_KIND) != held.status
    return held.sha256 is None or (again == UNREADABLE and held.status == UNREADABLE)


def _job(entry: Entry, held: Known | None) -> Job:
    """The file's reading; where only its date is new, with the hash by which its content may be found unchanged."""
    dated = held is not None and held.bytes == entry.size and held.modified != entry.modified
    return Job(entry.file, entry.path, entry.size, held.sha256 if held and dated else None, modified=entry.modified)


def _not_read(entry: Entry) -> Outcome:
    status = entry.status or OTHER_KIND
    stamp = Stamp(None, entry.size, entry.modified)
    return Outcome(entry.file, status, rows.of_other(entry.file, stamp, status, entry.reason))


class _Gathering:
    """Outcomes gathered into parts; on leaving, however it is left, what is there is written."""

    def __init__(
        self,
        parts: Parts,
        listed: Sequence[Entry],
        wanted: Sequence[Entry],
        known: Mapping[str, Known],
        progress: Progress | None,
    ) -> None:
        again = {entry.file for entry in wanted}
        self.parts = parts
        self.files = len(listed)
        self.known = known
        self.progress = progress
        self.counts = Counter(known[entry.file].status for entry in listed if entry.file not in again)
        self.seen: dict[str, int] = {}
        self._lines: list[bytes] = []
        self._written = time.monotonic()
        self._patience = FIRST_SECONDS

    def add(self, outcome: Outcome) -> None:
        if outcome.status == UNCHANGED:
            self.seen[outcome.file] = outcome.modified
            self.counts[self.known[outcome.file].status] += 1
        else:
            self.counts[outcome.status] += 1
            self._lines.append(outcome.line)
        self.write_in_time()
        self.tell()

    def write_in_time(self) -> None:
        """Writes a part if enough is gathered or it is long since the last."""
        if len(self._lines) >= ROWS or (self._lines and time.monotonic() - self._written > self._patience):
            self.write()
            self._patience = min(2 * self._patience, SECONDS)

    def tell(self) -> None:
        if self.progress:
            self.progress(sum(self.counts.values()), self.files, self.counts)

    def write(self) -> None:
        if self._lines:
            self.parts.write(self._lines)
            self._lines = []
        self._written = time.monotonic()

    def __enter__(self) -> None:
        self.tell()

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, CorpusError):
            self.write()


def _pool(work: Iterable[tuple[Job, ...]], limits: Limits, *, processes: int) -> Generator[list[Outcome]]:
    """Reads on this machine: each thread has one guarded process at a time, so that no other process can die."""
    warm_up()
    others = set(multiprocessing.active_children())
    pool = ThreadPoolExecutor(processes, thread_name_prefix="corpus")
    waiting: set[Future[list[Outcome]]] = set()
    batches = iter(work)
    try:
        while True:
            for batch in batches:
                waiting.add(pool.submit(read_guarded, batch, limits))
                if len(waiting) >= AHEAD * processes:
                    break
            if not waiting:
                return
            done, waiting = wait(waiting, timeout=FIRST_SECONDS, return_when=FIRST_COMPLETED)
            if not done:
                yield []  # nothing yet: what is gathered can be written meanwhile
            for future in done:
                yield [gone(each.file) if each.status == ABSENT else each for each in future.result()]
    finally:
        for future in waiting:
            future.cancel()
        if waiting:  # stopped: nobody waits for what is still being read
            for child in set(multiprocessing.active_children()) - others:
                child.kill()
        pool.shutdown(cancel_futures=True)


def gone(file: str) -> Outcome:
    """The outcome of a file that went away between listing and reading."""
    return _not_read(Entry(file, "", 0, 0, UNREADABLE, "corpus_went_away"))


def _cluster(address: str) -> Reader:
    from gongkai.annual.corpus import cluster

    return partial(cluster.read_all, address=address)
