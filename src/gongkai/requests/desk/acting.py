"""Who sits at the desk: the member of staff behind an HTTP request, with the roles that he holds today."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone

from gongkai.agencies.actors import Actor
from gongkai.agencies.calendars import calendar_of
from gongkai.agencies.signing_in.acting import acting
from gongkai.law.workdays import Calendar

LONGEST_PAGE = 5
"""So many digits a page's number has at most."""


def moment() -> datetime:
    """Now. Views alone ask for it; all below are told."""
    return timezone.now()


def today() -> date:
    """The day on the wall of the office."""
    return timezone.localdate()


def actor_from(request: HttpRequest) -> Actor:
    """The person who is signed in, as he acts today; asked of the database once for each HTTP request."""
    return acting(request)


def calendar_for(actor: Actor) -> Calendar:
    """The working days where this person sits."""
    agency = actor.staff.agency if actor.staff is not None else None
    return calendar_of(agency.region if agency is not None else "")


def page_number(request: HttpRequest) -> int:
    """The page asked for; the first where what is given is no number of a page."""
    value = request.GET.get("page", "1")
    is_number = value.isascii() and value.isdigit() and len(value) <= LONGEST_PAGE
    return max(1, int(value)) if is_number else 1
