"""A request told to its applicant: where it stands, what he is to do, what happened, what the law says of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.models import Guide
from gongkai.agencies.selectors import responsible_for
from gongkai.law.clock import Clock, Taken
from gongkai.law.fees import Fee, fee_by_items, fee_by_pages
from gongkai.law.outcomes import outcomes
from gongkai.law.words import Said
from gongkai.pages.templatetags.standing import SIGNS
from gongkai.pages.templatetags.written import day as written
from gongkai.requests import deriving, stories
from gongkai.requests.actions.dispatch import ELECTRONIC
from gongkai.requests.actions.registry import ACTIONS
from gongkai.requests.guiding import Reply, notice, reply
from gongkai.requests.models import Decision, FeeNotice, Paper, Request
from gongkai.requests.policies import TABLE
from gongkai.requests.public.doings import DOINGS, Doing
from gongkai.requests.public.standing import standing_words
from gongkai.requests.selectors.casefile import CaseFile
from gongkai.requests.selectors.following import family
from gongkai.requests.timeline.drawing import NARROW, Drawing, draw
from gongkai.requests.timeline.stretches import course

INSIDE = frozenset({"drafted", "reviewed", "returned", "signed", "archived", "corrected"})
"""Steps of the law's procedure that happen inside the agency."""
TOLD_NOTES = frozenset({"applicant_confirmed", "receipt_confirmed", "rated", "suggested_publication", "transferred"})
"""What else of the log concerns the applicant."""
GOES_ON = ("，", "；")
"""By which an effect goes on to what it does to the period."""
PLAIN = frozenset({"submitted", "arrived", "dispatched"})
"""Steps whose effect says no more than their name, unless it goes on: submitted at the counter, it was received too."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened: the day, what, what it did to the period, on which article. ``number``: of its mark on
    the drawing."""

    day: date
    label: Said
    effect: Said | None = None
    basis: Said | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Charge:
    """How the law of the day of the notice comes to a fee."""

    fee: Fee

    @property
    def rests_on(self) -> Said:
        """The measures that set the rate."""
        return Said(self.fee.standard.basis.words, self.fee.standard.basis.words_en)


@dataclass(frozen=True, slots=True)
class Story:
    """All that the page of a request shows its applicant. ``family``: what else came of the same submission;
    ``narrow``: the drawing for a phone; ``reply``: once it is his to read; ``fee``: while it is to be paid, with
    how the law comes to it; ``guide``: of the agency that answers for the request today."""

    colour: str
    words: str
    more: str
    clock: Clock
    entries: tuple[Entry, ...]
    drawing: Drawing | None
    narrow: Drawing | None
    papers: tuple[Paper, ...]
    doings: tuple[Doing, ...]
    outcome: Said | None
    family: tuple[Request, ...]
    reply: Reply | None
    fee: FeeNotice | None
    charge: Charge | None
    guide: Guide | None

    @property
    def sign(self) -> str:
        """The sign that stands with the colour."""
        return SIGNS[self.colour]

    @property
    def first(self) -> Doing | None:
        """The one thing that he is asked to do now."""
        return next((doing for doing in self.doings if doing.asked), None)

    @property
    def others(self) -> tuple[Doing, ...]:
        """What else he may do."""
        return tuple(doing for doing in self.doings if doing is not self.first)


def story_of(request: Request, actor: Actor, today: date) -> Story:
    """The story of a request on that day."""
    file = CaseFile(request)
    clock = deriving.clock_of(request, file.events, today, file.calendar)
    clock = replace(clock, steps=tuple(taken for taken in clock.steps if taken.event not in INSIDE))
    laid = course(stories.law_log(request.channel, file.events), clock, file.calendar)
    until = reasons_until(file) if clock.state == "awaiting_reasons" else laid.standing.wait_until
    colour, words, more = standing_words(clock, until, bool(file.days("applicant_confirmed")))
    sent = deriving.sent_on(request, file.events)
    if sent is not None:
        colour, words, more = "waiting", _("%(day)s已经发出答复，等您收到，请查收") % {"day": written(sent)}, ""
    fee = FeeNotice.objects.filter(request=request).first() if clock.state == "awaiting_fee" else None
    ended = outcomes().get(request.outcome) if request.answered or request.closed else None
    return Story(
        colour=colour,
        words=words,
        more=more,
        clock=clock,
        entries=entries_of(file, clock),
        drawing=draw(clock, laid, file.calendar) if _has_run(clock) else None,
        narrow=draw(clock, laid, file.calendar, NARROW) if _has_run(clock) else None,
        papers=tuple(papers_for(request)),
        doings=tuple(doing for doing in DOINGS if may(doing, file, actor, today)),
        outcome=Said(ended.label, ended.label_en) if ended else None,
        family=tuple(family(request).exclude(pk=request.pk)),
        reply=reply_for(file),
        fee=fee,
        charge=charge_of(fee) if fee is not None else None,
        guide=Guide.objects.on(today).filter(agency=responsible_for(request.agency, today)).first(),
    )


def charge_of(notice: FeeNotice) -> Charge:
    """How the notice comes to its amount."""
    if notice.standard == FeeNotice.Standard.ITEMS:
        return Charge(fee_by_items(notice.count, notice.notified, before=notice.before))
    return Charge(fee_by_pages(notice.count, notice.notified))


def _has_run(clock: Clock) -> bool:
    """Whether there is time to be drawn: it was received, and not all happened on that day."""
    return clock.received is not None and clock.received < (clock.answered or clock.today)


def may(doing: Doing, file: CaseFile, actor: Actor, today: date) -> bool:
    """Whether the applicant can do it now."""
    action = ACTIONS.get(doing.name)
    if action is None or TABLE[doing.name].why_not(actor, file.request) is not None:
        return False
    return action.wanting(file, actor, today) is None


def reasons_until(file: CaseFile) -> date | None:
    """Up to when reasons were asked for."""
    asked = file.newest("reasons_asked")
    return date.fromisoformat(asked.details["until"]) if asked is not None and asked.details.get("until") else None


def reply_for(file: CaseFile) -> Reply | None:
    """The reply as it was signed, or the letter that closed the matter, once the applicant has it or it was sent to
    him electronically; None before, and where the matter ended without one."""
    sent = file.newest("dispatched")
    if not file.days("delivered") and (sent is None or sent.details.get("by") != ELECTRONIC):
        return None
    if file.standing.closed is not None:
        return notice(file)
    signed = Decision.objects.filter(request=file.request, stage=Decision.Stage.SIGNED).order_by("-version").first()
    return reply(signed) if signed is not None else None


def entries_of(file: CaseFile, clock: Clock) -> tuple[Entry, ...]:
    """What happened, the newest first: the law's steps with what they did, and the notes that concern him."""
    law = [
        (taken.event, Entry(taken.day, stories.label(taken.event), _effect(taken), taken.basis, number))
        for number, taken in enumerate(clock.steps, start=1)
    ]
    notes = [
        (event.name, Entry(day, stories.label(event.name))) for event, day in file.held if event.name in TOLD_NOTES
    ]
    place = {(event.name, day): at for at, (event, day) in enumerate(file.held)}
    told = sorted([*law, *notes], key=lambda named: (named[1].day, place.get((named[0], named[1].day), 0)))
    return tuple(entry for _name, entry in reversed(told))


def _effect(taken: Taken) -> Said | None:
    bare = taken.event in PLAIN and not any(mark in taken.effect.zh for mark in GOES_ON)
    return None if bare else taken.effect


def papers_for(request: Request) -> list[Paper]:
    """The papers that the applicant may have: those meant for him, and his own."""
    meant = Q(for_applicant=True) | Q(by_applicant=True)
    return list(request.papers.filter(meant, erased_at=None).order_by("-for_applicant", "uploaded_at", "pk"))
