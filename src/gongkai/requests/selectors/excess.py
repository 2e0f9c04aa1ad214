"""How many requests one applicant made of an agency: in the calendar month, for the fee; in the year, for art. 35."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from gongkai.requests.models import Applicant, Request


@dataclass(frozen=True, slots=True)
class Counts:
    """Requests of the applicant received by the agency: in the month and the year of this one; and the place of this
    one in its month, from 1."""

    month: int
    year: int
    ordinal: int


def same_applicant(applicant: Applicant, prefix: str = "applicant__") -> Q:
    """Who is the same, as far as that is sure: by the number of the document; without one by name and telephone, of an
    organisation by name alone. Compared by blind index; nothing is decrypted."""
    if applicant.document_number_index:
        found = {"document_number_index": applicant.document_number_index}
    else:
        found = {"name_index": applicant.name_index}
        if applicant.is_person:
            found["phone_index"] = applicant.phone_index
    return Q(**{prefix + name: value for name, value in found.items()})


def earlier_in_month(request: Request) -> int:
    """How many requests of the applicant the agency received in the same calendar month before this one: by which the
    fee by item rises (国办函〔2020〕109号第四条). One query."""
    return counts(request).ordinal - 1


def counts(request: Request) -> Counts:
    """How many there are. One query; those of one day count in the order in which they were entered."""
    day = request.received or request.arrived
    if day is None:
        return Counts(0, 0, 1)
    same = Request.objects.filter(same_applicant(request.applicant), agency_id=request.agency_id)
    month = Q(received__year=day.year, received__month=day.month)
    before = month & (Q(received__lt=day) | Q(received=day, pk__lt=request.pk))
    counted = same.filter(received__range=(date(day.year, 1, 1), date(day.year, 12, 31))).aggregate(
        month=Count("pk", filter=month), year=Count("pk"), before=Count("pk", filter=before)
    )
    return Counts(counted["month"], counted["year"], counted["before"] + 1)
