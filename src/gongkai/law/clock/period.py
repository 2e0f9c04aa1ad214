"""The arithmetic of a period with times that are not counted."""

from __future__ import annotations

from datetime import date

from gongkai.law.clock.standing import Standing
from gongkai.law.workdays import Calendar

Stretch = tuple[date, date]
"""A time not counted: from the day after the first day up to the second."""


def not_counted(standing: Standing, at: date, *, to_expiry: bool = False) -> list[Stretch]:
    """The times that are not counted in the present period, merged, in order.

    Where an answer is still awaited they last up to ``at``; with ``to_expiry`` up to the last day for the answer.
    """
    stretches: list[Stretch] = []
    for pause in sorted(standing.pauses, key=lambda pause: pause.since):
        end = pause.expires if to_expiry and pause.until is None and pause.expires else pause.end(at)
        begin = pause.since if standing.zero is None else max(pause.since, standing.zero)
        if end <= begin:
            continue
        if stretches and begin <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((begin, end))
    return stretches


def due(standing: Standing, calendar: Calendar, at: date, *, to_expiry: bool = False) -> date:
    """The last day of the present period, seen from the day ``at``: answers still awaited end then, or at their expiry.

    Raises NotCovered.
    """
    if standing.deferred is not None:
        return standing.deferred
    assert standing.zero is not None
    count = standing.limit + standing.extension
    last = calendar.add(standing.zero, count).day
    for begin, end in not_counted(standing, at, to_expiry=to_expiry):
        if begin >= last:
            break
        count += calendar.count(begin, end)
        last = calendar.add(standing.zero, count).day
    return last


def used(standing: Standing, calendar: Calendar, at: date) -> int:
    """How many working days of the present period are used up by the end of that day. Raises NotCovered."""
    if standing.zero is None:
        return 0
    counted = calendar.count(standing.zero, at)
    return counted - sum(calendar.count(begin, min(end, at)) for begin, end in not_counted(standing, at) if begin < at)
