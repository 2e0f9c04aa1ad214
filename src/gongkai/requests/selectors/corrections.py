"""Which demands to correct a record a person may see (《条例》第四十一条)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from gongkai.agencies.actors import Actor
from gongkai.requests.models import RecordCorrection


def seen_corrections(actor: Actor) -> QuerySet[RecordCorrection]:
    """Those of the agencies in which he holds a handling role and of the areas that he oversees; the open ones first,
    of these the oldest, then the ended ones, the newest first."""
    seen = Q(agency_id__in=actor.agencies("officer", "reviewer", "signatory", "lead_head"))
    for area in actor.areas:
        seen |= Q(agency__path__startswith=area)
    joined = RecordCorrection.objects.select_related("agency", "applicant", "handler", "forwarded_to")
    return joined.filter(seen)
