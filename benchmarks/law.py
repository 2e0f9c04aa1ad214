"""Due days by the million and explanations by the thousand, against numpy's own and a plain day walk."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import numpy as np

from benchmarks import Row
from gongkai.law.clock import explain
from gongkai.law.events import Log, read
from gongkai.law.provisions import limits
from gongkai.law.workdays import Calendar, Days, calendar

DEADLINES = 1_000_000
EXPLANATIONS = 1_000
SAMPLE = 2_000
FIRST = date(2008, 5, 1)


def run() -> list[Row]:
    """The rows of the benchmark."""
    working = calendar()
    count = limits()["reply"].on(working.provisional_from).value
    rng = np.random.default_rng(1)
    span = (working.provisional_from - FIRST).days
    starts: Days = np.datetime64(FIRST) + rng.integers(0, span, DEADLINES)
    ours, (due, _) = _best(lambda: working.add_array(starts, count))
    off = working.rest_days()
    theirs, busday = _best(
        lambda: np.busday_offset(
            starts, count, roll="backward", weekmask="1111111", holidays=off
        )  # a day off rolls back
    )
    some = starts[:SAMPLE].tolist()
    walked, by_walk = _best(lambda: [_walk(working, day, count) for day in some], times=1)
    different = int((due != busday).sum()) + sum(a != b for a, b in zip(due[:SAMPLE].tolist(), by_walk, strict=True))
    logs = _logs(Random(1))
    today = working.provisional_from
    explained, _ = _best(lambda: [explain(log, today) for log in logs])
    listed = "numpy.busday_offset with every rest day listed"
    figure = f"{DEADLINES:,} due days with make-up weekends"
    per_walk = walked / SAMPLE * DEADLINES
    return [
        Row(figure, ours, "s", at_most=0.05),
        Row(figure, ours, "s", listed, theirs, at_most=1),
        Row(figure, ours, "s", f"a plain day walk (extrapolated from {SAMPLE:,})", per_walk, at_most=0.01),
        Row("due days that differ from either", different, "", at_most=0),
        Row(
            f"{EXPLANATIONS:,} full clock explanations",
            explained,
            "s",
            note="six events each, every step in words",
        ),
    ]


def _best(work: Callable[[], Any], times: int = 5) -> tuple[float, Any]:
    """The shortest time of several runs, in seconds, and what the work gives."""
    best, result = float("inf"), work()
    for _ in range(times):
        begun = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - begun)
    return best, result


def _walk(working: Calendar, day: date, count: int) -> date:
    """The due day as one would count it on a calendar."""
    while count:
        day += timedelta(1)
        count -= working.is_working(day)
    return day


def _logs(rng: Random) -> list[Log]:
    """Logs of requests that were corrected or consulted upon, extended, answered and posted."""
    found = []
    for _ in range(EXPLANATIONS):
        received = date(2020, 1, 1) + timedelta(rng.randrange(2000))
        asked, answered = received + timedelta(rng.randrange(1, 7)), received + timedelta(rng.randrange(7, 20))
        first = ["third_party_asked", "third_party_answered"] if rng.random() < 0.5 else ["supplement_asked"] * 2
        first[1] = first[1].replace("supplement_asked", "supplement_received")
        events: list[dict[str, object]] = [{"received": received}, {first[0]: asked}, {first[1]: answered}]
        extended = answered + timedelta(1)
        events.append({"extended": extended, "days": 20, "approved": extended})
        events.append({"decided": extended + timedelta(20)})
        events.append({"dispatched": extended + timedelta(21), "by": "mail"})
        found.append(read({"channel": "online", "events": events}))
    return found
