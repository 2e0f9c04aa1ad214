"""Several people at the same moment, each in a thread and on a connection of his own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one write after the other; here people meet"
)
WAIT = 60
"""Seconds after which somebody who has not come to an end is taken to wait forever."""


def at_once(*calls: Callable[..., Any], **values: Any) -> list[Any]:
    """Begins all calls at once, with these values where some are given; gives for each what came of it, or the
    exception that it raised."""
    gate = threading.Barrier(len(calls))
    came: list[Any] = [None] * len(calls)

    def run(place: int, call: Callable[..., Any]) -> None:
        try:
            gate.wait(WAIT)
            came[place] = call(**values)
        except Exception as error:
            came[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each, daemon=True) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert not any(thread.is_alive() for thread in threads), "somebody waits forever"
    return came


def failures(came: list[Any], allowed: tuple[type[Exception], ...] = ()) -> list[Exception]:
    """The exceptions among what came, but for those that say in words why it was not done."""
    return [each for each in came if isinstance(each, Exception) and not isinstance(each, allowed)]
