"""Run a reader in a process of its own, with limits on time and memory: whatever a file does, the caller lives on."""

from __future__ import annotations

import ctypes
import importlib.util
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, ParamSpec, TypeVar

from gongkai.annual.reading.document import Unreadable

_LIMITS = importlib.util.find_spec("resource") is not None
"""Windows has none: a limit on time only."""

P = ParamSpec("P")
T = TypeVar("T")

_VALUE, _UNREADABLE, _MEMORY, _ERROR = range(4)

DIED = "the process ended without a word"
"""The note on a refusal where the child was killed or crashed (``failed`` with this note)."""

_IN_CHILD = False


def guarded(function: Callable[P, T], *args: Any, seconds: float, megabytes: int) -> T:
    """``function(*args)``, worked out in a child process.

    ``function`` must be importable by name and its value picklable. ``megabytes`` is what it may take on top of what
    the caller already uses. Raises Unreadable: its own, or one saying that the file takes too long, takes too much
    memory, or makes the reader fail. The child and all that it started are gone when this returns. Should the caller
    itself be killed, the child ends with it.
    """
    _system()  # loaded before the child is copied from us
    context = multiprocessing.get_context(_method())
    receiver, sender = context.Pipe(duplex=False)
    child: BaseProcess = context.Process(  # type: ignore[attr-defined]
        target=_work, args=(sender, function, args, seconds, megabytes, os.getpid()), daemon=False
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # fork beside threads, see _method
            child.start()
        sender.close()
        kind, value = _receive(receiver, seconds)
        if kind is None:
            raise _too_slow(seconds)
        if kind == _VALUE:
            return value  # type: ignore[no-any-return]
        if kind == _UNREADABLE:
            raise Unreadable(*value)
        if kind == _MEMORY:
            raise _too_hungry(megabytes)
        error = failed()
        error.add_note(str(value))
        raise error
    finally:
        _end(child)
        receiver.close()


def in_child() -> bool:
    """Whether this process was started by ``guarded``, which ends all that it starts."""
    return _IN_CHILD


def _method() -> str:
    """Fork where it is safe: it costs milliseconds, and the caller's main module is not run again. The readers start
    no threads before they work and share no locks with the caller's, so threads of the caller do no harm."""
    methods = multiprocessing.get_all_start_methods()
    return "fork" if "fork" in methods and sys.platform != "darwin" else "spawn"


def _receive(receiver: Connection, seconds: float) -> tuple[int | None, Any]:
    """What the child sent; kind None if the time is over."""
    deadline = time.monotonic() + seconds
    try:
        if not receiver.poll(max(0.0, deadline - time.monotonic())):
            return None, None
        kind, value = receiver.recv()
    except (EOFError, OSError):
        return _ERROR, DIED
    return kind, value


def _end(child: BaseProcess) -> None:
    """Kill the child with its group and wait for it. The group goes first: until the child is waited for, its number
    belongs to nobody else."""
    if child.pid is None:
        return
    if hasattr(os, "killpg"):
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            child.kill()
    else:
        child.kill()
    child.join()
    # Where readers are started from several threads, another may just have been told of this one's end and not have
    # written it down yet; then it counts as running still. What it holds is freed with it.
    with suppress(ValueError):
        child.close()


def _work(
    sender: Connection,
    function: Callable[..., Any],
    args: tuple[Any, ...],
    seconds: float,
    megabytes: int,
    caller: int,
) -> None:
    """In the child: set the limits, work, send what came of it."""
    global _IN_CHILD
    _IN_CHILD = True
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    _end_with(caller)
    _limit(seconds, megabytes)
    try:
        answer: tuple[int, Any] = (_VALUE, function(*args))
    except Unreadable as error:
        answer = (_UNREADABLE, (error.message, error.message_en))
    except (MemoryError, RecursionError):
        answer = (_MEMORY, None)
    except BaseException:  # also what native libraries raise instead of an Exception
        answer = (_ERROR, traceback.format_exc())
    try:
        sender.send(answer)
    except MemoryError:
        sender.send((_MEMORY, None))
    except Exception:
        sender.send((_ERROR, traceback.format_exc()))


_DEATH_SIGNAL = 1
"""Linux: PR_SET_PDEATHSIG, the signal that a process gets when the thread that started it ends. Here that thread waits
for the child, so it ends only when the whole process is killed."""


@cache
def _system() -> Any:
    """The system's own functions, where it is Linux."""
    return ctypes.CDLL(None) if sys.platform == "linux" else None


def _end_with(caller: int) -> None:
    """In the child: nobody is left to end us if the caller is killed, so we end with it. Children copied from one
    caller hold one another's pipes open and would wait at them for ever."""
    system = _system()
    if system is not None and system.prctl(_DEATH_SIGNAL, int(signal.SIGKILL), 0, 0, 0) == 0:
        if os.getppid() != caller:  # killed before we asked for the signal
            os._exit(1)
        return
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _limit(seconds: float, megabytes: int) -> None:
    """Soft limits: memory on top of what is mapped already, and processor time, should nobody be left to end us."""
    if not _LIMITS:
        return
    import resource

    more = megabytes * 1024 * 1024
    for name, used in (("RLIMIT_AS", _mapped(0)), ("RLIMIT_DATA", _mapped(5))):
        if hasattr(resource, name) and used is not None:
            _lower(getattr(resource, name), used + more)
    _lower(resource.RLIMIT_CPU, int(seconds * (os.cpu_count() or 1)) + 1)
    _lower(resource.RLIMIT_CORE, 0)


def _lower(kind: int, limit: int) -> None:
    import resource

    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    try:
        resource.setrlimit(kind, (limit, hard))
    except (ValueError, OSError):  # a system that does not know this limit
        return


def _mapped(field: int) -> int | None:
    """Bytes of memory mapped (0) or used for data (5) by this process, where the system tells."""
    import resource

    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            return int(statm.read().split()[field]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return None


def _too_slow(seconds: float) -> Unreadable:
    return Unreadable(
        f"读取超过 {seconds:g} 秒，已停止；文件可能异常，请检查后另存再试",
        f"reading took more than {seconds:g} seconds and was stopped; the file may be faulty, save it again and retry",
    )


def _too_hungry(megabytes: int) -> Unreadable:
    return Unreadable(
        f"读取所需内存超过 {megabytes} MB，已停止；文件可能异常，请检查后另存再试",
        f"reading needed more than {megabytes} MB of memory and was stopped; the file may be faulty, save it again",
    )


def failed() -> Unreadable:
    """The refusal of a file that a reader stumbled over."""
    return Unreadable(
        "读取程序在这个文件上出错，已停止；请另存后再试，或把文件交给开发者",
        "the reader failed on this file and was stopped; save it again and retry, or hand it to the developers",
    )
