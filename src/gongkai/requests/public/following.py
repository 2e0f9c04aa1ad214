"""Which request somebody may follow in this session: the one whose number and code he gave, for a while, no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache

from gongkai.agencies.actors import Actor
from gongkai.agencies.actors import applicant as applicant_actor
from gongkai.audit.writing import record
from gongkai.pages.address import client_address
from gongkai.privacy.fields import normalised
from gongkai.requests.models import RecordCorrection, Request
from gongkai.requests.numbering import code_fits
from gongkai.requests.public.throttles import TRACKING
from gongkai.requests.selectors.following import NOBODYS, find, plain_code

FOLLOWED = "followed"
FILED, DEMANDED = "filed", "demanded"
"""In the session, sealed: number and code of what was just sent, a request or a correction."""
REQUEST, CORRECTION = "request", "correction"
View = Callable[..., HttpResponse]


def found(number: str, code: str) -> Request | RecordCorrection | None:
    """The request or correction of that number, where the code opens it: its own, or of a request that was split or
    passed on, that of its submission. An unknown number and a wrong code are answered alike."""
    request = find(number, code)
    if request is not None:
        return request
    plain = normalised(number)
    correction = RecordCorrection.objects.filter(number=plain).select_related("origin").first()
    key, stored = (correction.first.number, correction.first.tracking) if correction else (plain, NOBODYS)
    return correction if code_fits(key, plain_code(code), stored or NOBODYS) else None


def begin(request: HttpRequest, thing: Request | RecordCorrection, now: datetime) -> str:
    """Binds the session to it; gives the name of the page to go to. The platform's log has it."""
    kind = REQUEST if isinstance(thing, Request) else CORRECTION
    if not request.user.is_authenticated:
        request.session.cycle_key()
    request.session[FOLLOWED] = [kind, thing.pk, now.timestamp()]
    record(TRACKING, now=now, subject=f"{kind}:{thing.pk}", address=client_address(request))
    return "public:case" if kind == REQUEST else "public:correction"


def leave(request: HttpRequest) -> None:
    """Ends it, and with it the pages that show a code once it was sent."""
    for name in (FOLLOWED, FILED, DEMANDED):
        request.session.pop(name, None)


def bound(request: HttpRequest, kind: str, now: datetime) -> int | None:
    """The id of what is followed in this session; None where nothing is, or the time is over. Each look prolongs it."""
    held = request.session.get(FOLLOWED)
    if not held or held[0] != kind:
        return None
    if now.timestamp() - held[2] > timedelta(minutes=settings.GONGKAI_TRACKING_MINUTES).total_seconds():
        leave(request)
        return None
    request.session[FOLLOWED] = [kind, held[1], now.timestamp()]
    return int(held[1])


def following(view: View) -> View:
    """A view of the request that is followed: it gets ``case``; without one, the way is to number and code."""

    @never_cache
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pk = bound(request, REQUEST, timezone.now())
        case = Request.objects.select_related("agency", "applicant").filter(pk=pk).first() if pk else None
        return view(request, *args, case=case, **kwargs) if case else redirect("public:track")

    return checked


def actor_of(request: HttpRequest, case: Request) -> Actor:
    """The applicant of that request, as he acts."""
    return applicant_actor(case.pk, client_address(request))
