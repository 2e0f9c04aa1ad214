"""Reading on a Dask cluster: the same batches, the same guarded processes, on its machines."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Generator, Iterable
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from gongkai.annual.corpus.database import CorpusError
from gongkai.annual.corpus.reading import ABSENT, Job, Limits, Outcome, read_guarded, refused
from gongkai.annual.reading.files.guard import failed
from gongkai.annual.reading.files.limits import FILE_BYTES
from gongkai.annual.reading.warming import warm_up

AHEAD = 3
"""Batches handed out for each thread of the cluster, so that none waits for the network."""

LOST_SECONDS = 2.0
"""How often it is looked whether the scheduler is still there while nothing comes."""

CONNECT_SECONDS = 20
"""How long a scheduler is waited for."""


def read_all(work: Iterable[tuple[Job, ...]], limits: Limits, *, address: str) -> Generator[list[Outcome]]:
    """Reads the batches on the cluster of that scheduler. Files that its machines do not see are sent to them.

    Where a machine dies, its batches go to others; a file that kills three is unreadable. Raises CorpusError if the
    extra ``cluster`` is not installed, the scheduler is not there, or goes away.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise CorpusError("corpus_cluster_missing") from error
    connect: Any = Client
    try:
        client = connect(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise CorpusError("corpus_no_scheduler", address=address, reason=_first_line(error)) from error
    with client:
        if not client.nthreads():
            raise CorpusError("corpus_no_workers", address=address)
        yield from _as_they_come(client, work, limits, address)


def _as_they_come(
    client: Any, work: Iterable[tuple[Job, ...]], limits: Limits, address: str
) -> Generator[list[Outcome]]:
    from distributed import CancelledError, KilledWorker

    batches = iter(work)
    running: dict[str, tuple[Any, tuple[Job, ...]]] = {}
    done: SimpleQueue[Any] = SimpleQueue()

    def hand_out(batch: tuple[Job, ...]) -> None:
        future = client.submit(read_there, batch, limits, pure=False)
        running[future.key] = future, batch
        future.add_done_callback(done.put)

    def hand_out_more() -> None:
        while len(running) < AHEAD * max(1, sum(client.nthreads().values())):
            batch = next(batches, None)
            if batch is None:
                return
            hand_out(batch)

    hand_out_more()
    try:
        while running:
            future, batch = running.pop(_next(done, client, address))
            try:
                outcomes = future.result()
            except KilledWorker:
                if len(batch) > 1:
                    for job in batch:
                        hand_out((job,))
                    outcomes = []
                else:
                    outcomes = [refused(batch[0], failed())]
            except (OSError, TimeoutError, CancelledError) as error:
                raise CorpusError("corpus_cluster_lost", address=address, reason=_first_line(error)) from error
            except Exception as error:  # the machines lack this software, or have another version of it
                raise CorpusError("corpus_cluster_unfit", address=address, reason=_first_line(error)) from error
            jobs = {job.file: job for job in batch}
            there = [outcome for outcome in outcomes if outcome.status != ABSENT]
            for outcome in outcomes:
                if outcome.status == ABSENT:
                    carried = _carried(jobs[outcome.file])
                    if isinstance(carried, Job):
                        hand_out((carried,))
                    else:
                        there.append(carried)
            if there:
                yield there
            hand_out_more()
    finally:
        client.cancel([future for future, _ in running.values()])


def _next(done: SimpleQueue[Any], client: Any, address: str) -> str:
    """The key of the next batch that is done. Raises CorpusError if the scheduler has gone."""
    while True:
        try:
            return str(done.get(timeout=LOST_SECONDS).key)
        except Empty as error:
            if client.status != "running":
                raise CorpusError("corpus_cluster_lost", address=address, reason=client.status) from error


def read_there(batch: tuple[Job, ...], limits: Limits) -> list[Outcome]:
    """On a machine of the cluster: the outcomes of a batch."""
    # Dask's workers are daemons, which may have no children; the guarded ones are ended before this returns.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    global _WARM
    if not _WARM:
        warm_up()
        _WARM = True
    return read_guarded(batch, limits)


_WARM = False


def _carried(job: Job) -> Job | Outcome:
    """The job with the file's bytes, for a machine that does not see the file."""
    try:
        if os.path.getsize(job.path) > FILE_BYTES:
            return read_guarded([job], Limits())[0]
        return replace(job, data=Path(job.path).read_bytes())
    except OSError:
        from gongkai.annual.corpus.building import gone

        return gone(job.file)


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
