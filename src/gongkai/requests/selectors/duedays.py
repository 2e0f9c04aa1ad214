"""Due days: how many requests fall due on each day of a month, and which lie ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.agencies.actors import Actor
from gongkai.law.workdays import Calendar
from gongkai.requests.models import Request
from gongkai.requests.selectors.groups import days_from
from gongkai.requests.selectors.listing import in_state
from gongkai.requests.selectors.seeing import visible

AHEAD = 1000
"""So many due days a calendar of one's own is given at most."""


@dataclass(frozen=True, slots=True)
class Fall:
    """How many requests fall due on a day: those whose period runs and those for which somebody is awaited."""

    running: int
    waiting: int


def falls(actor: Actor, first: date, last: date, today: date) -> dict[date, Fall]:
    """What falls due on each day from the first to the last; days on which nothing does are left out. One query."""
    rows = (
        visible(actor)
        .filter(is_open=True, due__gte=first, due__lte=last)
        .values("due")
        .annotate(all=Count("pk"), waiting=Count("pk", filter=in_state("waiting", today)))
        .order_by("due")
        .values_list("due", "all", "waiting")
    )
    return {due: Fall(every - waiting, waiting) for due, every, waiting in rows if due is not None}


def colour_of(day: date, today: date, calendar: Calendar) -> str:
    """The colour of what falls due on a day and is not waited for."""
    if day <= today:
        return "late"
    return "soon" if day <= days_from(today, calendar).soon else "in_time"


def ahead(actor: Actor) -> QuerySet[Request]:
    """The open requests with a due day, the next ones first, as a person's own calendar is told of them."""
    due = visible(actor).filter(Q(is_open=True, due__isnull=False)).select_related("agency")
    return due.order_by("due", "id")[:AHEAD]
