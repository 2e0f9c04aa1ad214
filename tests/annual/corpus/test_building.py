"""A corpus is built of whatever lies in the folders: every file accounted for, stopped and gone on with, never half."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from gongkai.annual.corpus import CorpusError, build, building, parts, reading, reports
from gongkai.annual.reading import read
from gongkai.demo import write_samples
from tests.annual.corpus.cases import folder_of, kept, stored

SRC = Path(__file__).resolve().parents[3] / "src"
ALL_BUT_TIME = "* EXCLUDE (modified)"


def statuses(path: Path) -> dict[str, str]:
    return dict(stored(path, "file, status"))


@pytest.fixture
def read_files(monkeypatch) -> list[str]:
    """The files that are read (and not taken over) while the test runs."""
    seen: list[str] = []
    really = reading.read_guarded

    def noted(jobs, limits):
        seen.extend(job.file for job in jobs)
        return really(jobs, limits)

    monkeypatch.setattr(building, "read_guarded", noted)
    return seen


def test_what_is_no_file_any_more_is_refused_in_each_language(tmp_path):
    pipe = tmp_path / "年报.txt"
    os.mkfifo(pipe)
    (outcome,) = reading.read_all([reading.Job(pipe.name, str(pipe), 1)])
    told = json.loads(outcome.line)
    assert (outcome.status, told["status"]) == ("unreadable", "unreadable")
    assert "不是普通文件" in told["error"]
    assert told["error_en"].isascii() and "not a regular file" in told["error_en"]


def test_every_file_is_accounted_for(tmp_path):
    folder = tmp_path / "年报"
    (folder / "各局" / ".隐藏").mkdir(parents=True)
    samples = write_samples(folder)
    page = next(path for path in samples if path.suffix == ".html")
    shutil.copy(page, folder / "各局" / "其实是网页.docx")
    shutil.copy(page, folder / "各局" / os.fsdecode("青禾市.html".encode("gb18030")))
    (folder / "空.pdf").write_bytes(b"")
    (folder / "截断.docx").write_bytes(next(path for path in samples if path.suffix == ".docx").read_bytes()[:3000])
    with zipfile.ZipFile(folder / "炸弹.docx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", b" " * 40_000_000)
    (folder / "通知.txt").write_text("关于召开会议的通知", encoding="utf-8")
    (folder / "程序.exe").write_bytes(b"MZ")
    (folder / "~$正在编辑.docx").write_bytes(b"x")
    (folder / "断链.html").symlink_to(folder / "没有")
    (folder / "链到各局").symlink_to(folder / "各局")
    os.mkfifo(folder / "管道.txt")
    out = folder / "语料库.parquet"

    account = build(folder, out, processes=2)

    found = statuses(out)
    assert found == {
        **{path.name: "read" for path in samples},
        "各局/其实是网页.docx": "read",
        "各局/\\xc7\\xe0\\xba\\xcc\\xca\\xd0.html": "read",
        "空.pdf": "unreadable",
        "截断.docx": "unreadable",
        "炸弹.docx": "unreadable",
        "断链.html": "unreadable",
        "通知.txt": "no_report",
        **dict.fromkeys(("程序.exe", "~$正在编辑.docx", "链到各局/", "管道.txt", "各局/.隐藏/"), "other_kind"),
    }
    assert account.counts == Counter(found.values()) and account.files == len(found)
    assert account.other_kinds == {".exe": 1}
    for _, error, error_en in account.unread():
        assert error and error_en and error != error_en
    assert sorted(path.name for path in folder.iterdir() if "parquet" in path.name) == ["语料库.parquet"]


def test_reports_come_out_as_a_reader_reads_them(tmp_path):
    samples = write_samples(tmp_path)
    build(tmp_path, tmp_path / "r.parquet")
    for report, path in zip(reports(tmp_path / "r.parquet"), sorted(samples), strict=True):
        whole = read(path)
        assert report.content == whole.content
        assert (report.source, report.format, report.forms) == (path.name, whole.format, whole.forms)
        assert [finding.message_en for finding in report.findings] == [one.message_en for one in whole.findings]
        assert [figure.value for figure in report.narrative.figures] == [one.value for one in whole.narrative.figures]


def test_hundreds_of_broken_files_do_not_stop_it(tmp_path):
    good = folder_of(tmp_path / "f", 3)
    page = next(good.glob("*.html")).read_bytes()
    for at in range(300):
        broken = (
            b"",
            b"%PDF-1.7\n",
            b"PK\x03\x04" + bytes(at),
            page[: 10 + at % 20],
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        )
        suffix = ("html", "pdf", "docx", "htm", "xls")[at % 5]
        (good / f"broken{at}.{suffix}").write_bytes(broken[at % 5])
    account = build(good, tmp_path / "r.parquet", processes=2)
    assert account.files == 303 and account.counts["read"] == 3
    assert all(reason for (reason,) in stored(tmp_path / "r.parquet", "error", "WHERE status <> 'read'"))


def test_a_file_is_not_read_again_until_it_changes(tmp_path, read_files):
    folder, out = folder_of(tmp_path / "f", 4), tmp_path / "r.parquet"
    first, second, third, fourth = sorted(folder.iterdir())
    build(folder, out)
    before = stored(out)
    read_files.clear()

    assert build(folder, out).taken_over == 4 and not read_files
    assert stored(out) == before

    os.utime(first, (1_000_000, 1_000_000))
    second.write_bytes(third.read_bytes())
    fourth.unlink()
    account = build(folder, out)
    assert (account.taken_over, account.gone, account.counts["read"]) == (2, 1, 3)
    assert sorted(read_files) == [first.name, second.name]
    after = dict(stored(out, "file, sha256"))
    assert set(after) == {first.name, second.name, third.name} and after[second.name] == after[third.name]
    assert str(stored(out, "modified", f"WHERE file = '{first.name}'")[0][0]) == "1970-01-12 13:46:40"

    read_files.clear()
    build(folder, out)
    assert not read_files, "a file whose date alone is new is known by its new date"


def test_what_was_unreadable_is_read_again_when_asked(tmp_path, read_files):
    folder, out = folder_of(tmp_path / "f", 2), tmp_path / "r.parquet"
    (folder / "空.pdf").write_bytes(b"")
    build(folder, out)
    read_files.clear()
    build(folder, out, again="unreadable")
    assert read_files == ["空.pdf"]
    build(folder, out, again="all")
    assert len(read_files) == 4


def test_a_process_killed_by_a_file_takes_no_other_with_it(tmp_path, monkeypatch):
    folder, out = folder_of(tmp_path / "f", 6), tmp_path / "r.parquet"
    killer = sorted(folder.iterdir())[2].name

    def deadly(data, name=""):
        if name == killer:
            os.kill(os.getpid(), signal.SIGKILL)
        return read(data, name)

    monkeypatch.setattr(reading, "read", deadly)
    build(folder, out)
    assert Counter(statuses(out).values()) == {"read": 5, "unreadable": 1}
    assert statuses(out)[killer] == "unreadable"
    assert stored(out, "sha256", f"WHERE file = '{killer}'") != [(None,)]


def test_a_process_killed_once_is_given_another_try(tmp_path, monkeypatch):
    folder, out, mark = folder_of(tmp_path / "f", 1), tmp_path / "r.parquet", tmp_path / "mark"

    def unlucky(data, name=""):
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return read(data, name)

    monkeypatch.setattr(reading, "read", unlucky)
    assert build(folder, out).counts == {"read": 1}


def test_a_file_that_takes_too_long_or_too_much_costs_itself_only(tmp_path, monkeypatch):
    folder, out = folder_of(tmp_path / "f", 4), tmp_path / "r.parquet"
    slow, hungry = (path.name for path in sorted(folder.iterdir())[:2])

    def greedy(data, name=""):
        if name == slow:
            time.sleep(600)
        if name == hungry:
            bytearray(900_000_000)
        return read(data, name)

    monkeypatch.setattr(reading, "read", greedy)
    build(folder, out, seconds=4, megabytes=500)
    found = {file: (status, error) for file, status, error in stored(out, "file, status, error")}
    assert Counter(status for status, _ in found.values()) == {"read": 2, "unreadable": 2}
    assert "秒" in str(found[slow][1]) and "内存" in str(found[hungry][1])


BUILD = """
import sys
from gongkai.annual.corpus import build, parts
parts.ROWS = 4
from gongkai.annual.corpus import building, reading
building.ROWS = 4
reading.TOGETHER = 2
build(sys.argv[1], sys.argv[2], processes=2)
"""


def heeding_interrupts() -> None:
    """A process that is started in the background is deaf to them."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def begin(folder: Path, out: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(folder), str(out)],
        env={**os.environ, "PYTHONPATH": str(SRC)},
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=heeding_interrupts,
    )


def after_parts(process: subprocess.Popen[bytes], out: Path, count: int) -> None:
    """Waits until so many parts are written."""
    folder = out.with_name(f"{out.name}.parts")
    while process.poll() is None and len(list(folder.glob("*.parquet"))) < count:
        time.sleep(0.01)
    assert process.poll() is None, "it ended before it could be stopped"


@pytest.mark.parametrize("how", [signal.SIGKILL, pytest.param(signal.SIGINT, marks=pytest.mark.slow)])
def test_killed_in_the_middle_it_goes_on_where_it_was(tmp_path, read_files, how):
    folder, out = folder_of(tmp_path / "f", 40), tmp_path / "r.parquet"
    process = begin(folder, out)
    after_parts(process, out, 2)
    process.send_signal(how)
    process.wait()
    assert not out.exists(), "what is not whole has not the name of the whole"
    done = {file for part in (tmp_path / "r.parquet.parts").glob("*.parquet") for (file,) in stored(part, "file")}
    assert 8 <= len(done) < 40

    account = build(folder, out, processes=2)
    assert account.taken_over == len(done) and not done & set(read_files)
    assert account.counts == {"read": 40}
    assert not out.with_name("r.parquet.parts").exists()
    build(folder, tmp_path / "other.parquet", processes=1)
    assert stored(out, ALL_BUT_TIME) == stored(tmp_path / "other.parquet", ALL_BUT_TIME)


STUCK = """
import os, sys, time
from pathlib import Path
from gongkai.annual.corpus import build, reading
reading.TOGETHER, reading.TOGETHER_SECONDS = 2, 3000.0
really = reading.read

def read(data, name=""):
    if name >= "008":
        (Path(sys.argv[3]) / str(os.getpid())).touch()
        time.sleep(3600)
    return really(data, name)

reading.read = read
build(sys.argv[1], sys.argv[2], processes=2, seconds=3000)
"""


def test_killed_it_leaves_no_reader_behind_that_keeps_the_next_building_out(tmp_path, read_files):
    folder, out, marks = folder_of(tmp_path / "f", 20), tmp_path / "r.parquet", tmp_path / "marks"
    marks.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", STUCK, str(folder), str(out), str(marks)], env={**os.environ, "PYTHONPATH": str(SRC)}
    )
    after_parts(process, out, 1)  # what was read is kept although every reader is stuck
    while len(list(marks.iterdir())) < 2:
        assert process.poll() is None
        time.sleep(0.01)
    readers = [int(path.name) for path in marks.iterdir()]
    process.kill()
    process.wait()

    account = build(folder, out, processes=2)
    assert account.counts == {"read": 20} and account.taken_over > 0
    assert len(read_files) == 20 - account.taken_over
    assert not [reader for reader in readers if alive(reader)]


def alive(process: int) -> bool:
    """Whether it runs; one that has ended and that nobody waited for does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def test_the_lock_is_held_by_the_building_process_and_by_no_copy_of_it(tmp_path):
    folder, out = folder_of(tmp_path / "f", 1), tmp_path / "r.parquet"
    context = multiprocessing.get_context("fork")
    copy = context.Process(target=time.sleep, args=(3600,))
    with parts.Parts(out) as held:
        copy.start()
        (held.folder / "000001.parquet").write_bytes(b"something to go on with")
        with pytest.raises(CorpusError, match="另一个进程"):
            build(folder, out)
    try:
        assert build(folder, out).counts == {"read": 1}
    finally:
        copy.kill()
        copy.join()


def test_a_full_disk_leaves_what_was_there_and_goes_on_later(tmp_path, monkeypatch, read_files):
    folder, out = folder_of(tmp_path / "f", 2), tmp_path / "r.parquet"
    build(folder, out)
    before = out.read_bytes()
    folder_of(folder, 9)
    really, written = parts._copy, []

    def full(connection, select, path):
        written.append(path)
        if len(written) > 2:
            path.write_bytes(b"half")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        really(connection, select, path)

    monkeypatch.setattr(parts, "_copy", full)
    monkeypatch.setattr(building, "ROWS", 3)
    monkeypatch.setattr(reading, "TOGETHER", 1)
    with pytest.raises(CorpusError, match=r"磁盘空间不足.*腾出"):
        build(folder, out, processes=1)
    assert out.read_bytes() == before
    monkeypatch.setattr(parts, "_copy", really)
    read_files.clear()
    account = build(folder, out, processes=1)
    assert account.counts == {"read": 9} and 0 < len(read_files) <= 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["f", "r.parquet"]


def test_a_limit_of_the_system_on_files_is_told_in_one_line(tmp_path):
    folder, out = folder_of(tmp_path / "f", 6), tmp_path / "r.parquet"

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(
        [sys.executable, "-m", "gongkai", "corpus", "build", str(folder), "-o", str(out)],
        env={**os.environ, "PYTHONPATH": str(SRC)},
        capture_output=True,
        text=True,
        preexec_fn=small_files,
    )
    assert done.returncode == 2 and not out.exists()
    assert done.stderr.startswith(str(out)) and len(done.stderr.splitlines()) == 1


def test_a_damaged_part_is_read_again(tmp_path):
    folder, out = folder_of(tmp_path / "f", 3), tmp_path / "r.parquet"
    held = tmp_path / "r.parquet.parts"
    held.mkdir()
    (held / "000001.parquet").write_bytes(b"PAR1 half of it")
    (held / "unfinished").write_bytes(b"x")
    assert build(folder, out).counts == {"read": 3}
    assert not held.exists()


def test_another_file_is_never_written_over(tmp_path):
    folder, out = folder_of(tmp_path / "f", 1), tmp_path / "r.parquet"
    out.write_text("重要")
    with pytest.raises(CorpusError, match="不是年报语料库"):
        build(folder, out)
    assert out.read_text() == "重要"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["f", "r.parquet"]


def test_two_do_not_build_one_corpus(tmp_path):
    folder, out = folder_of(tmp_path / "f", 1), tmp_path / "r.parquet"
    with parts.Parts(out), pytest.raises(CorpusError, match="另一个进程"):
        build(folder, out)
    assert build(folder, out).counts == {"read": 1}


def test_several_folders_are_one_corpus_and_no_file_is_read_twice(tmp_path, read_files):
    folder_of(tmp_path / "a", 2)
    folder_of(tmp_path / "b" / "c", 2)
    account = build([tmp_path / "a", tmp_path / "b", tmp_path / "b" / "c", f"{tmp_path}/a/"], tmp_path / "r.parquet")
    assert account.counts == {"read": 4} and len(read_files) == 4
    assert {file.split("/")[0] for file in statuses(tmp_path / "r.parquet")} == {"a", "b"}


def test_an_empty_folder_makes_an_empty_corpus(tmp_path):
    (tmp_path / "f").mkdir()
    assert build(tmp_path / "f", tmp_path / "r.parquet").files == 0
    assert list(reports(tmp_path / "r.parquet")) == []
    with pytest.raises(CorpusError, match="没有这个文件夹"):
        build(tmp_path / "nowhere", tmp_path / "r.parquet")


def test_a_file_is_no_folder_and_a_corpus_is_named_parquet(tmp_path):
    file = next(folder_of(tmp_path / "f", 1).iterdir())
    with pytest.raises(CorpusError, match="是文件，不是文件夹"):
        build(file, tmp_path / "r.parquet")
    with pytest.raises(CorpusError, match=r"\.parquet 结尾"):
        build(tmp_path / "f", tmp_path / "r.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["f"]


def test_a_folder_that_went_away_is_told_as_such_and_nobody_is_sent_to_make_room(tmp_path):
    (tmp_path / "gone").mkdir()
    held = parts.Parts(tmp_path / "gone" / "r.parquet")
    (tmp_path / "gone").rmdir()
    with pytest.raises(CorpusError) as refused, held:
        pass
    assert "没有这个文件或文件夹" in refused.value.message and "腾出" not in refused.value.message
    assert "no such file or folder" in refused.value.message_en and "make room" not in refused.value.message_en


def test_a_corpus_kept_straight_is_like_one_built(tmp_path):
    """The helper of the other tests keeps reports as building does."""
    folder = folder_of(tmp_path / "f", 2)
    build(folder, tmp_path / "r.parquet")
    kept(tmp_path / "k.parquet", {path.name: read(path) for path in sorted(folder.iterdir())})
    same = "* EXCLUDE (modified, sha256, bytes)"
    assert stored(tmp_path / "r.parquet", same) == stored(tmp_path / "k.parquet", same)
