"""Who sits at the desk: the member of staff behind an HTTP request, with the roles that he holds today."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from gongkai.agencies.actors import Actor, actor_of
from gongkai.agencies.signing_in.entering import person_of
from gongkai.pages.address import client_address


def acting(request: HttpRequest) -> Actor:
    """The person who is signed in, as he acts today; asked of the database once for each HTTP request. Raises
    PermissionDenied where nobody is signed in."""
    actor: Actor | None = getattr(request, "_acting", None)
    if actor is None:
        actor = actor_of(person_of(request), timezone.localdate(), client_address(request))
        request._acting = actor  # type: ignore[attr-defined]
    return actor
