"""Who may be given a request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Appointment, Role


@dataclass(frozen=True, slots=True)
class Officer:
    """A person who may handle requests of an agency."""

    pk: int
    name: str
    agency: str


def officers_of(agencies: Iterable[int], day: date) -> list[Officer]:
    """The officers of these agencies on that day who are still active, by agency and name. One query."""
    held = (
        Appointment.objects.filter(
            role=Role.OFFICER, agency_id__in=frozenset(agencies), staff__is_active=True, since__lte=day
        )
        .exclude(until__lt=day)
        .order_by("agency__path", "staff__name", "staff_id")
        .values_list("staff_id", "staff__name", "agency__short_name")
    )
    return [Officer(pk, name, agency) for pk, name, agency in held]
