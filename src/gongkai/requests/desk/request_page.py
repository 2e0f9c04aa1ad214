"""A request's page: how it stands, its time drawn to scale, what is wanted, the lawful next steps, the whole story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.agencies.calendars import calendar_of
from gongkai.agencies.refusals import Words, in_language
from gongkai.law.clock import Clock
from gongkai.law.errors import LawError
from gongkai.law.words import Said
from gongkai.law.workdays import Calendar
from gongkai.requests import deriving, stories
from gongkai.requests.desk.acting import today
from gongkai.requests.desk.cases import case_of
from gongkai.requests.desk.steps import steps_for
from gongkai.requests.desk.telling import told
from gongkai.requests.models import Consultation, Delivery
from gongkai.requests.policies import may_see_person
from gongkai.requests.selectors.casefile import CaseFile
from gongkai.requests.selectors.likeness import ALIKE, of_applicant, of_wish
from gongkai.requests.selectors.seeing import HANDLING, agencies_seen
from gongkai.requests.selectors.story import Story, story
from gongkai.requests.timeline.band import Band, band
from gongkai.requests.timeline.drawing import NARROW, Drawing, draw
from gongkai.requests.timeline.reckoning import Line, reckoning
from gongkai.requests.timeline.stretches import course

MOST_ALIKE = 5
"""So many requests that may be the same are shown, of the same applicant and of others."""


@dataclass(frozen=True, slots=True)
class Time:
    """The time of a request as the page shows it; ``narrow``: the drawing for a phone. ``wrong``: why its log cannot be
    read by the law; then the rest is missing."""

    clock: Clock | None = None
    band: Band | None = None
    drawing: Drawing | None = None
    narrow: Drawing | None = None
    lines: tuple[Line, ...] = ()
    wrong: Words = ""


def time_of(file: Story, day: date, calendar: Calendar) -> Time:
    """What the clock of a request comes to on that day, in a sentence, a drawing and a sum."""
    request = file.request
    try:
        clock = deriving.clock_of(request, file.events, day, calendar)
        way = course(stories.law_log(request.channel, file.events), clock, calendar)
    except LawError as error:
        return Time(wrong=in_language(Said(error.message, error.message_en)))
    sent = deriving.sent_on(request, file.events)
    wide, narrow = draw(clock, way, calendar), draw(clock, way, calendar, NARROW)
    return Time(clock, band(clock, way, request.outcome, sent), wide, narrow, reckoning(clock, way))


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked, with a clock of its own: the last day for the answer, the working days left until then (below
    zero: so many late); None where the law sets no day or the answer is here."""

    asked: Consultation
    last: date | None = None
    left: int | None = None


def asked_of(file: Story, day: date, calendar: Calendar) -> list[Asked]:
    """The consultations, each with its clock. Where the log cannot be read by the law they have none."""
    case = CaseFile(file.request, file.events)
    found = []
    for asked in file.consultations:
        try:
            pause = case.pause_of(asked)
        except LawError:
            pause = None
        last = pause.expires if pause is not None and pause.until is None else None
        left = calendar.count(day, last) - calendar.count(last, day) if last is not None else None
        found.append(Asked(asked, last, left))
    return found


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that left, or was handed over; ``came_back``: the day on which it was returned."""

    delivery: Delivery
    came_back: date | None = None


def sent_of(file: Story) -> list[Sent]:
    """The deliveries; that one came back is told by the entry of what was sent instead."""
    told = [event.details for event, _day in CaseFile(file.request, file.events).held if event.name == "dispatched"]
    back = {one["returned"]: date.fromisoformat(one["came_back"]) for one in told if "returned" in one}
    return [Sent(delivery, back.get(delivery.pk)) for delivery in file.deliveries]


@require_safe
def request_page(http: HttpRequest, pk: int) -> HttpResponse:
    """The page. 404 for what this person may not see."""
    actor, request = case_of(http, pk)
    file, day = story(request), today()
    calendar = calendar_of(request.agency.region)
    shown = {
        "case": request,
        "story": file,
        "time": time_of(file, day, calendar),
        "today": day,
        "steps": steps_for(actor, file, day),
        "log": told(file),
        "asked": asked_of(file, day, calendar),
        "sent": sent_of(file),
        "own": [alike for alike in of_applicant(request, MOST_ALIKE) if alike.likeness >= ALIKE],
        "others": of_wish(request, MOST_ALIKE),
        "handles": request.agency_id in actor.agencies(*HANDLING),
        "seen": agencies_seen(actor),
        "passed_on": any(other.transferred_from_id == request.pk for other in file.related),
        "sees_person": may_see_person(actor, request),
    }
    return render(http, "desk/request/page.html", shown)
