"""A reader in a process of its own: its value or its refusal comes back, and nothing of it stays behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from gongkai.annual.reading.document import Document, Unreadable
from gongkai.annual.reading.files.guard import failed, guarded, in_child
from gongkai.annual.reading.files.opening import open_document


def double(number: int) -> int:
    return 2 * number


def refuse() -> None:
    raise Unreadable("文件是空的", "the file is empty")


def stumble() -> None:
    raise KeyError("x")


def crash() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave() -> None:
    os._exit(0)


def hang() -> None:
    time.sleep(600)


def spin() -> None:
    while True:
        pass


def fill(megabytes: int) -> int:
    return len(bytearray(megabytes * 1024 * 1024))


def fill_slowly() -> None:
    kept = []
    while True:
        kept.append(bytearray(1024 * 1024))


def unpicklable() -> object:
    return lambda: None


def start_another(note: str) -> None:
    process = subprocess.Popen(["sleep", "600"])
    Path(note).write_text(str(process.pid))
    time.sleep(600)


def inside() -> bool:
    return in_child()


def nothing_left() -> bool:
    return not multiprocessing.active_children()


def message_of(function: object, *args: object, seconds: float = 20, megabytes: int = 300) -> str:
    with pytest.raises(Unreadable) as caught:
        guarded(function, *args, seconds=seconds, megabytes=megabytes)  # type: ignore[arg-type]
    assert nothing_left()
    return caught.value.message


def test_the_value_comes_back() -> None:
    assert guarded(double, 21, seconds=20, megabytes=100) == 42
    assert nothing_left()


def test_a_document_comes_back_whole() -> None:
    data = "<table><tr><td>行政许可</td><td>12</td></tr></table>".encode()
    found = guarded(open_document, data, "a.html", seconds=20, megabytes=300)
    assert isinstance(found, Document)
    assert found == open_document(data)


def test_a_large_value_comes_back() -> None:
    assert len(guarded(bytes, 20_000_000, seconds=20, megabytes=300)) == 20_000_000


def test_a_refusal_comes_back_in_both_languages() -> None:
    with pytest.raises(Unreadable) as caught:
        guarded(refuse, seconds=20, megabytes=100)
    assert (caught.value.message, caught.value.message_en) == ("文件是空的", "the file is empty")


def test_an_error_is_a_refusal_that_keeps_its_cause_for_developers() -> None:
    with pytest.raises(Unreadable) as caught:
        guarded(stumble, seconds=20, megabytes=100)
    assert caught.value.message == failed().message
    assert any("KeyError" in note for note in caught.value.__notes__)


@pytest.mark.parametrize("function", [crash, leave, unpicklable])
def test_a_process_that_ends_without_a_word(function: object) -> None:
    assert message_of(function) == failed().message


@pytest.mark.parametrize("function", [hang, spin])
def test_what_takes_too_long_is_stopped(function: object) -> None:
    assert "0.3 秒" in message_of(function, seconds=0.3)


@pytest.mark.skipif(sys.platform != "linux", reason="limits on memory hold on Linux")
def test_what_takes_too_much_memory_is_stopped() -> None:
    assert guarded(fill, 50, seconds=20, megabytes=200) == 50 * 1024 * 1024
    assert "200 MB" in message_of(fill, 400, megabytes=200)
    assert "200 MB" in message_of(fill_slowly, megabytes=200)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
def test_what_the_child_started_is_ended_with_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    message_of(start_another, str(note), seconds=2)
    number = int(note.read_text())
    for _ in range(100):
        if not _alive(number):
            return
        time.sleep(0.05)
    pytest.fail("a process that the reader started is still there")


def _alive(number: int) -> bool:
    """Whether a process runs (one that only waits to be taken note of by its parent does not)."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_only_the_child_knows_that_it_is_one() -> None:
    assert guarded(inside, seconds=20, megabytes=100)
    assert not in_child()


def test_threads_of_the_caller_do_no_harm() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert guarded(double, 4, seconds=20, megabytes=100) == 8
    finally:
        done.set()
        thread.join()


def test_without_fork_a_new_process_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert guarded(abs, -3, seconds=60, megabytes=1000) == 3
    assert nothing_left()
