"""Which demands to correct a record a person may see (《条例》第四十一条)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from gongkai.agencies.actors import Actor
from gongkai.requests.models import Paper, RecordCorrection


def seen_corrections(actor: Actor) -> QuerySet[RecordCorrection]:
    """Those of the agencies in which he holds a handling role and of the areas that he oversees; the open ones first,
    of these the oldest, then the ended ones, the newest first."""
    seen = Q(agency_id__in=actor.agencies("officer", "reviewer", "signatory", "lead_head"))
    for area in actor.areas:
        seen |= Q(agency__path__startswith=area)
    joined = RecordCorrection.objects.select_related("agency", "applicant", "handler", "forwarded_to", "origin__agency")
    return joined.filter(seen)


def line_of(correction: RecordCorrection) -> QuerySet[RecordCorrection]:
    """As it was first put, and each time it was passed on, in order."""
    first = correction.first.pk
    return RecordCorrection.objects.filter(Q(pk=first) | Q(origin=first)).select_related("agency").order_by("pk")


def papers_of(correction: RecordCorrection) -> QuerySet[Paper]:
    """What the applicant gave, to whichever agency of the line."""
    return Paper.objects.filter(correction__in=line_of(correction), erased_at=None)
