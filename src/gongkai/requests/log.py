"""Entering events into the log of a request, each on its agency's chain."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from gongkai.agencies.actors import APPLICANT, SYSTEM, Actor
from gongkai.audit.models import append
from gongkai.requests.models import Event, Request

BY = {APPLICANT: Event.By.APPLICANT, SYSTEM: Event.By.SYSTEM}


def chain_of(agency_id: int) -> str:
    """The chain on which the events of an agency's requests are."""
    return f"requests/agency/{agency_id}"


def event(
    request: Request,
    name: str,
    day: date,
    actor: Actor,
    now: datetime,
    details: dict[str, Any],
    key: UUID | None = None,
) -> Event:
    """An event, not yet entered. Days among the details are written as ISO 8601."""
    plain = {
        k: v.isoformat() if isinstance(v, date) else v
        for k, v in details.items()
        if v is not None and v != "" and v is not False
    }
    by = BY.get(actor.kind, Event.By.STAFF)
    return Event(
        request=request, name=name, day=day, details=plain, by=by, staff_id=actor.staff_id, moment=now, key=key
    )


def enter(request: Request, events: list[Event]) -> list[Event]:
    """Enters the events at the end of the agency's chain, in this order."""
    return append(chain_of(request.agency_id), events)
