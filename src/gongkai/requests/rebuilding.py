"""Deriving again what is derived: to compare with what is stored, or because a notice of holidays has come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actions import load_notice
from gongkai.agencies.calendars import calendar_of
from gongkai.agencies.models import HolidayNotice
from gongkai.agencies.refusals import Words, in_language
from gongkai.law.errors import LawError
from gongkai.law.words import Said
from gongkai.requests import deriving
from gongkai.requests.models import Event, Request

BATCH = 500
"""So many requests are held in memory at a time."""
EVENTS = "events"
"""In the place of a column: the events themselves are not lawful."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A derived column that is not what the events come to. ``column`` is ``events`` where they come to nothing
    lawful: then ``derived`` says why, and nothing is written."""

    request: int
    number: str
    column: str
    stored: Any
    derived: Any


@dataclass(frozen=True, slots=True)
class Moved:
    """A due day that a notice of holidays has moved. ``problem``: why, by the new working days, a step that was taken
    is no longer lawful; then nothing is changed and an officer has to look."""

    request: int
    number: str
    agency: int
    before: date | None
    after: date | None
    problem: Words = ""


def rebuild(today: date, write: bool, chosen: QuerySet[Request] | None = None) -> Iterator[Difference]:
    """Derives the columns of every request (or of those ``chosen``) again and gives each that differs; with ``write``
    puts it right. Memory does not grow with the number of requests. Events of a day after ``today`` are a difference
    too: nobody can have entered them."""
    for request, events in _with_events(Request.objects.all() if chosen is None else chosen):
        if not any(_differences(request, events, today)):
            continue
        with transaction.atomic():  # the same again while it is held: it may have been handled while it was read
            held, now = _held(request.pk)
            found = list(_differences(held, now, today))
            if write and found and not any(one.column == EVENTS for one in found):
                _derive_again(request.pk)
        yield from found


def _differences(request: Request, events: list[Event], today: date) -> Iterator[Difference]:
    """Each column of a request that is not what its events come to."""
    if any(event.day > today for event in events):
        newest = max(event.day for event in events)
        yield Difference(request.pk, request.number, EVENTS, newest, _("日期晚于今天"))
        return
    try:
        derived = deriving.derive(request.channel, events, calendar_of(request.agency.region))
    except LawError as error:
        words = in_language(Said(error.message, error.message_en))
        yield Difference(request.pk, request.number, EVENTS, request.state, words)
        return
    for name, value in deriving.as_columns(derived).items():
        if getattr(request, name) != value:
            yield Difference(request.pk, request.number, name, getattr(request, name), value)


def rederive_open(region: str = "", *, write: bool = True) -> Iterator[Moved]:
    """After a new notice of holidays: derives every open request of the region (all, where none is given) again, and
    gives each due day that has changed."""
    chosen = Request.objects.filter(is_open=True)
    if region:
        chosen = chosen.filter(agency__region=region)
    for request, events in _with_events(chosen):
        try:
            derived = deriving.derive(request.channel, events, calendar_of(request.agency.region))
        except LawError as error:
            yield Moved(
                request.pk,
                request.number,
                request.agency_id,
                request.due,
                request.due,
                in_language(Said(error.message, error.message_en)),
            )
            continue
        if derived.due != request.due:
            yield Moved(request.pk, request.number, request.agency_id, request.due, derived.due)
        if write and any(getattr(request, name) != value for name, value in deriving.as_columns(derived).items()):
            _derive_again(request.pk)


def after_loading(notice: HolidayNotice, now: datetime) -> Iterator[load_notice.Moved]:
    """What a notice of holidays moved, for whoever loads it (``load_notice.AFTER_LOADING``)."""
    for moved in rederive_open(notice.region):
        yield load_notice.Moved(moved.number, moved.before, moved.after, moved.problem)


def _with_events(chosen: QuerySet[Request]) -> Iterator[tuple[Request, list[Event]]]:
    """The requests in order, each with its log; two queries for each batch."""
    last = 0
    while True:
        batch = list(chosen.select_related("agency").filter(pk__gt=last).order_by("pk")[:BATCH])
        if not batch:
            return
        last = batch[-1].pk
        logs = _logs(Event.objects.filter(request__in=[request.pk for request in batch]).order_by("request", "id"))
        yield from ((request, logs.get(request.pk, [])) for request in batch)


def _logs(events: Iterable[Event]) -> dict[int, list[Event]]:
    return {key: list(found) for key, found in groupby(events, key=lambda event: event.request_id)}


@transaction.atomic
def _derive_again(key: int) -> None:
    """Puts one request right while it is held, from its events of this moment: somebody may be handling it."""
    request, events = _held(key)
    derived = deriving.derive(request.channel, events, calendar_of(request.agency.region))
    changed = deriving.apply(request, derived)
    if changed:
        request.version += 1
        request.save(update_fields=[*changed, "version"])


def _held(key: int) -> tuple[Request, list[Event]]:
    """The request, held until the transaction ends, with its events of this moment."""
    request = Request.objects.select_for_update(of=("self",)).select_related("agency").get(pk=key)
    return request, list(request.events.order_by("id"))
