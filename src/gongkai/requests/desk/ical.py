"""The due days for a person's own calendar, by a secret address: numbers and days, and nothing of any person."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, vDuration

from gongkai.agencies.actors import actor_of
from gongkai.agencies.signing_in.language import language_of
from gongkai.requests.desk.acting import moment
from gongkai.requests.desk.rows import address_of, stands
from gongkai.requests.models import Request
from gongkai.requests.models.feed import Feed, digest_of
from gongkai.requests.selectors.duedays import ahead

EVERY = timedelta(hours=6)
"""How often a calendar should ask again."""


@never_cache
@require_safe
def ical(request: HttpRequest, token: str) -> HttpResponse:
    """The feed of that token; 404 where it was revoked, or where the person no longer has a role."""
    feed = Feed.objects.select_related("staff__agency").filter(digest=digest_of(token)).first()
    if feed is None:
        raise Http404
    now = moment()
    actor = actor_of(feed.staff, timezone.localdate(now))
    if not actor.roles:
        raise Http404
    with translation.override(language_of(feed.staff)):
        made = _calendar([(each, request.build_absolute_uri(address_of(each))) for each in ahead(actor)], now)
    response = HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="due-days.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _calendar(requests: list[tuple[Request, str]], now: datetime) -> Calendar:
    made = Calendar()
    made.add("prodid", "-//Gongkai//Due days//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("政府信息公开申请到期日"))
    made.add("refresh-interval", vDuration(EVERY), parameters={"VALUE": "DURATION"})
    for request, address in requests:
        made.add_component(_event(request, address, now))
    return made


def _event(request: Request, address: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{request.number}@gongkai")
    event.add("dtstamp", now)
    event.add("dtstart", request.due)
    event.add("summary", _("%(number)s 答复到期") % {"number": request.number})
    event.add("description", f"{request.agency.short_name} · {stands(request)}")
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    return event
