"""Finding the request that an address names: one's own agency's, or it is as if there were none, and that is logged."""

from __future__ import annotations

from typing import NoReturn

from django.http import Http404, HttpRequest

from gongkai.agencies.actors import Actor
from gongkai.audit.writing import record
from gongkai.requests.desk.acting import actor_from, moment
from gongkai.requests.models import Request
from gongkai.requests.selectors.story import seen_by


def case_of(http: HttpRequest, pk: int) -> tuple[Actor, Request]:
    """Who asks, and the request. Raises Http404 where he may not see it; the attempt is in the platform's log."""
    actor = actor_from(http)
    request = seen_by(actor, pk)
    if request is None:
        refuse(actor, "request.viewed", f"request:{pk}")
    return actor, request


def refuse(actor: Actor, action: str, subject: str) -> NoReturn:
    """Logs an attempt on what this person may not see, and raises Http404."""
    record(action, now=moment(), staff=actor.staff_id, subject=subject, result="refused", address=actor.address)
    raise Http404
