"""How the agencies of an area stand, one line for each: what is open by the groups of the work list, and the year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from gongkai.agencies.actors import Actor
from gongkai.agencies.models import Agency
from gongkai.law.workdays import Calendar
from gongkai.requests.selectors.groups import LABELS, conditions, days_from
from gongkai.requests.selectors.seeing import agencies_seen, visible

GROUPS = tuple(name for name in LABELS if name != "mine")
"""The groups that part the open requests among them; ``mine`` is of one person."""
OPEN, RECEIVED, ANSWERED, LATE = "open", "received", "answered", "answered_late"
"""What is counted beside them: all open ones; of the year those received, those answered, and those answered late."""
ROW = "agency_id"
"""What is counted for a row: a column of the indexes, by which alone PostgreSQL then counts."""
COUNTED = (*GROUPS, OPEN, RECEIVED, ANSWERED, LATE)


@dataclass(frozen=True, slots=True)
class OfAgency:
    """An agency and its counts, by the names in ``COUNTED``."""

    agency: Agency
    counts: Mapping[str, int]


def by_agency(actor: Actor, today: date, calendar: Calendar) -> list[OfAgency]:
    """The agencies that this person sees, those in trouble first: overdue, then due today, then the most open. Agencies
    that have ended stand there as long as something is counted of them. Four queries, however many agencies, each
    counted from one index."""
    named = conditions(days_from(today, calendar), actor)
    counted = {name: Count(ROW, filter=named[name]) for name in GROUPS} | {OPEN: Count(ROW)}
    work = _counts(visible(actor).filter(is_open=True).values("agency_id").annotate(**counted))
    began = date(today.year, 1, 1)
    received = visible(actor).filter(received__gte=began).values("agency_id")
    answered = visible(actor).filter(answered__gte=began, answered__lte=today).values("agency_id")
    late = Count(ROW, filter=Q(state="answered_late"))
    came = _counts(received.annotate(**{f"{RECEIVED}_count": Count(ROW)}))
    went = _counts(answered.annotate(**{f"{ANSWERED}_count": Count(ROW), f"{LATE}_count": late}))
    found = []
    for agency in Agency.objects.filter(pk__in=agencies_seen(actor)).order_by("path"):
        counts = dict.fromkeys(COUNTED, 0) | work.get(agency.pk, {})
        year = came.get(agency.pk, {}) | went.get(agency.pk, {})
        counts |= {name: year.get(f"{name}_count", 0) for name in (RECEIVED, ANSWERED, LATE)}
        if agency.exists_on(today) or any(counts.values()):
            found.append(OfAgency(agency, counts))
    return sorted(found, key=lambda one: (-one.counts["overdue"], -one.counts["today"], -one.counts[OPEN]))


def _counts(rows: Iterable[Mapping[str, Any]]) -> dict[int, dict[str, int]]:
    return {row["agency_id"]: {name: count for name, count in row.items() if name != "agency_id"} for row in rows}


def total(found: list[OfAgency]) -> dict[str, int]:
    """The counts of all of them together."""
    return {name: sum(one.counts[name] for one in found) for name in COUNTED}
