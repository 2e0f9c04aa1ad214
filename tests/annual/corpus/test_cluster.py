"""On a Dask cluster the same comes out as on one machine, whatever its workers see or suffer."""

from __future__ import annotations

import builtins
import os
import signal
from pathlib import Path

import pytest

from gongkai.annual.corpus import CorpusError, build, cluster
from gongkai.annual.corpus.reading import Job, Limits, Outcome
from tests.annual.corpus.cases import folder_of, stored


@pytest.fixture
def local_cluster():
    distributed = pytest.importorskip("distributed")
    dask = pytest.importorskip("dask")
    once = {"distributed.scheduler.allowed-failures": 0}  # to start a worker anew takes seconds
    with (
        dask.config.set(once),
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", processes=True) as made,
    ):
        yield made


@pytest.mark.slow
def test_a_cluster_gives_the_same_rows_as_the_pool(tmp_path, local_cluster):
    folder = folder_of(tmp_path / "f", 20)
    (folder / "空.pdf").write_bytes(b"")
    build(folder, tmp_path / "pool.parquet", processes=2)
    account = build(folder, tmp_path / "cluster.parquet", scheduler=local_cluster.scheduler_address)
    assert account.counts == {"read": 20, "unreadable": 1}
    assert stored(tmp_path / "cluster.parquet") == stored(tmp_path / "pool.parquet")


@pytest.mark.slow
def test_files_that_the_machines_do_not_see_are_sent_to_them(tmp_path, local_cluster, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = folder_of(tmp_path / "f", 3)
    # A path that means a file only here: the workers were started in another folder.
    jobs = [Job(path.name, f"f/{path.name}", path.stat().st_size) for path in sorted(folder.iterdir())]
    jobs.append(Job("gone.html", "f/gone.html", 10))
    outcomes_of = cluster.read_all([tuple(jobs)], Limits(), address=local_cluster.scheduler_address)
    here = {outcome.file: outcome.status for some in outcomes_of for outcome in some}
    assert here == {**{path.name: "read" for path in folder.iterdir()}, "gone.html": "unreadable"}


really_read_there = cluster.read_there


def deadly(batch: tuple[Job, ...], limits: Limits) -> list[Outcome]:
    """What a worker does whose machine falls over at one file."""
    if any(job.file == "deadly.html" for job in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return really_read_there(batch, limits)


@pytest.mark.slow
def test_a_file_that_kills_workers_costs_itself_only(tmp_path, local_cluster, monkeypatch):
    folder = folder_of(tmp_path / "f", 3)
    min(folder.iterdir()).rename(folder / "deadly.html")
    monkeypatch.setattr(cluster, "read_there", deadly)
    account = build(folder, tmp_path / "r.parquet", scheduler=local_cluster.scheduler_address)
    assert account.counts == {"read": 2, "unreadable": 1}
    assert [file for file, *_ in account.unread()] == ["deadly.html"]


def test_where_nobody_answers_it_is_said_and_what_was_there_stays(tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    folder, out = folder_of(tmp_path / "f", 1), tmp_path / "r.parquet"
    build(folder, out)
    before = out.read_bytes()
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    with pytest.raises(CorpusError, match="连不上"):
        build(folder, out, scheduler="tcp://127.0.0.1:9", again="unreadable")
    assert out.read_bytes() == before


def test_without_dask_the_way_to_get_it_is_told(tmp_path, monkeypatch):
    really = builtins.__import__

    def without(name, *rest):
        if name == "distributed":
            raise ImportError(name)
        return really(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(CorpusError, match="run install cluster") as refused:
        build(folder_of(tmp_path / "f", 1), tmp_path / "r.parquet", scheduler="tcp://127.0.0.1:9")
    assert "run install cluster" in refused.value.message_en
    assert not Path(tmp_path / "r.parquet").exists()
