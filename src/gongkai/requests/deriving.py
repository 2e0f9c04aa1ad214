"""Where a request stands, from its events alone: what the columns under “derived” must hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from gongkai.law.clock import Clock, Standing, conclude, explain, reached
from gongkai.law.clock.period import not_counted
from gongkai.law.clock.standing import Pause
from gongkai.law.events import Log, settled
from gongkai.law.outcomes import outcome as outcome_of
from gongkai.law.procedure import steps
from gongkai.law.workdays import Calendar
from gongkai.requests import stories

if TYPE_CHECKING:
    from gongkai.requests.models import Event, Request

ENDED = ("answered", "answered_late", "closed")
STAGES = ("drafted", "reviewed", "returned", "signed", "dispatched")
"""Of a reply that has not arrived: the last of these entries that holds."""


@dataclass(frozen=True, slots=True)
class Derived:
    """The derived columns of a request. The same on whichever day it is asked: ``state`` says running where the due
    day may have passed since (overdue follows from ``due`` and today)."""

    state: str = "not_received"
    received: date | None = None
    due: date | None = None
    provisional: bool = False
    waits_until: date | None = None
    arrived: date | None = None
    outcome: str = ""
    cell: str = ""
    answered: date | None = None
    closed: date | None = None
    stage: str = ""
    extension_proposed: date | None = None
    is_open: bool = True


COLUMNS = tuple(field.name for field in fields(Derived))


def derive(channel: str, events: Sequence[Event], calendar: Calendar) -> Derived:
    """What the events come to, seen from the day of the last of them. Raises LawError where they are not lawful."""
    log = stories.law_log(channel, events)
    if not log.events:
        return Derived()
    at = max(event.day for event in events)
    standing = reached(log, at, calendar)
    clock = conclude(standing, at, calendar)
    state = "running" if clock.state == "overdue" else clock.state
    held = [event for event, day in stories.standing(events)]
    outcome, cell = _outcome(held)
    drafts = [event for event in held if event.name in STAGES]
    return Derived(
        state=state,
        received=clock.received,
        due=clock.due,
        provisional=clock.provisional,
        waits_until=_waits_until(standing, at),
        arrived=_first(log, "arrived") or _first(log, "submitted"),
        outcome=outcome,
        cell=cell if clock.received is not None else "",
        answered=clock.answered,
        closed=standing.closed,
        stage=drafts[-1].name if drafts and state not in ENDED else "",
        extension_proposed=_extension_proposed(held) if state not in ENDED else None,
        is_open=state not in ENDED,
    )


def _first(log: Log, name: str) -> date | None:
    return next((event.day for event in settled(log.events) if event.name == name), None)


def _waits_until(standing: Standing, at: date) -> date | None:
    """Up to when others are waited for; None where nobody is, or for as long as it takes."""
    if standing.waiting:
        return standing.wait_until
    open_pauses: list[Pause] = [pause for pause in standing.pauses if pause.is_open(at)]
    ends = [pause.expires for pause in open_pauses]
    return max((end for end in ends if end is not None), default=None) if open_pauses and all(ends) else None


def _extension_proposed(events: Sequence[Event]) -> date | None:
    """The day of a proposal to extend that has not been decided yet."""
    proposed = None
    for event in events:
        if event.name == "extension_proposed":
            proposed = event.day
        elif event.name == "extended":
            proposed = None
    return proposed


def _outcome(events: Sequence[Event]) -> tuple[str, str]:
    """How the request ended, and the row of table three (form 2021); empty while it has not."""
    for event in reversed(events):
        if event.name not in steps():
            continue
        name = event.details.get("outcome", "") if event.name == "decided" else steps()[event.name].outcome
        if name:
            return name, outcome_of(name).cell
    return "", ""


def clock_of(request: Request, events: Sequence[Event], today: date, calendar: Calendar) -> Clock:
    """The clock of a request as it is on that day, each step explained."""
    return explain(stories.law_log(request.channel, events), today, calendar)


def sent_on(request: Request, events: Sequence[Event]) -> date | None:
    """The day on which a reply was sent whose arrival is awaited, for that day counts; None where none is under way."""
    if not request.is_open:
        return None
    held = {event.name: day for event, day in stories.standing(events)}
    return None if "delivered" in held else held.get("dispatched")


def counted(request: Request, events: Sequence[Event], today: date, calendar: Calendar) -> tuple[Clock, int] | None:
    """The clock of that day, and how many working days of the present period were not counted; None where nothing has
    happened yet. Raises LawError."""
    law = stories.law_log(request.channel, events)
    if not law.events:
        return None
    standing = reached(law, today, calendar)
    clock = conclude(standing, today, calendar)
    if standing.zero is None:
        return clock, 0
    at = min(clock.answered or standing.closed or today, today)
    return clock, sum(calendar.count(begin, min(end, at)) for begin, end in not_counted(standing, at))


def apply(request: Request, derived: Derived) -> list[str]:
    """Puts the derived columns into the request (unsaved); gives those that changed."""
    changed = [column for column, value in as_columns(derived).items() if getattr(request, column) != value]
    for column in changed:
        setattr(request, column, getattr(derived, column))
    return changed


def as_columns(derived: Derived) -> dict[str, Any]:
    """The derived columns by name."""
    return asdict(derived)
