"""Which requests a person may see."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.agencies.actors import Actor
from gongkai.agencies.models import Role
from gongkai.requests.models import Request

HANDLING = (Role.OFFICER, Role.REVIEWER, Role.SIGNATORY, Role.LEAD_HEAD)
"""The roles of those who handle requests in their agency."""


def agencies_seen(actor: Actor) -> frozenset[int]:
    """The agencies whose requests this person may see: where he holds a handling role, and those that he oversees."""
    return actor.agencies(*HANDLING) | actor.overseen


def visible(actor: Actor) -> QuerySet[Request]:
    """The requests that this person may see. Nobody else's, whatever the address says. Asked by the agencies' ids, so
    that the database finds them by its indexes."""
    return Request.objects.filter(agency_id__in=agencies_seen(actor))
