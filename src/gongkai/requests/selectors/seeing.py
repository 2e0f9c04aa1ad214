"""Which requests a person may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from gongkai.agencies.actors import Actor
from gongkai.requests.models import Request


def visible(actor: Actor) -> QuerySet[Request]:
    """The requests that this person may see: those of the agencies in which he holds a handling role, and those of the
    areas that he oversees. Nobody else's, whatever the address says."""
    seen = Q(agency_id__in=actor.agencies("officer", "reviewer", "signatory", "lead_head"))
    for area in actor.areas:
        seen |= Q(agency__path__startswith=area)
    return Request.objects.filter(seen)
