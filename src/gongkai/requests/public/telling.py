"""A request told to its applicant: where it stands, what he is to do, what happened, what the law says of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongkai.agencies.actors import Actor
from gongkai.law.clock import Clock
from gongkai.law.outcomes import outcomes
from gongkai.law.words import Said
from gongkai.pages.templatetags.standing import SIGNS, SOON
from gongkai.pages.templatetags.written import day as written
from gongkai.requests import deriving, stories
from gongkai.requests.actions.registry import ACTIONS
from gongkai.requests.models import Paper, Request
from gongkai.requests.policies import TABLE
from gongkai.requests.public.doings import DOINGS, Doing
from gongkai.requests.selectors.casefile import CaseFile
from gongkai.requests.selectors.following import family
from gongkai.requests.timeline.drawing import Drawing, draw
from gongkai.requests.timeline.stretches import course

INSIDE = frozenset({"drafted", "reviewed", "returned", "signed", "archived", "corrected"})
"""Steps of the law's procedure that happen inside the agency."""
TOLD_NOTES = frozenset({"applicant_confirmed", "receipt_confirmed", "rated", "suggested_publication", "transferred"})
"""What else of the log concerns the applicant."""


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
class Story:
    """All that the page of a request shows its applicant. ``family``: what else came of the same submission."""

    colour: str
    words: str
    more: str
    clock: Clock
    entries: tuple[Entry, ...]
    drawing: Drawing | None
    papers: tuple[Paper, ...]
    doings: tuple[Doing, ...]
    outcome: Said | None
    family: tuple[Request, ...]

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
    colour, words, more = standing_words(clock, laid.standing.wait_until, bool(file.days("applicant_confirmed")))
    sent = deriving.sent_on(file.events) if request.is_open else None
    if sent is not None:
        colour, words, more = "waiting", _("%(day)s已经发出答复，等您收到，请查收") % {"day": written(sent)}, ""
    ended = outcomes().get(request.outcome) if request.answered or request.closed else None
    return Story(
        colour=colour,
        words=words,
        more=more,
        clock=clock,
        entries=entries_of(file, clock),
        drawing=draw(clock, laid, file.calendar) if _has_run(clock) else None,
        papers=tuple(papers_for(request)),
        doings=tuple(doing for doing in DOINGS if may(doing, file, actor, today)),
        outcome=Said(ended.label, ended.label_en) if ended else None,
        family=tuple(family(request).exclude(pk=request.pk)),
    )


def _has_run(clock: Clock) -> bool:
    """Whether there is time to be drawn: it was received, and not all happened on that day."""
    return clock.received is not None and clock.received < (clock.answered or clock.today)


def may(doing: Doing, file: CaseFile, actor: Actor, today: date) -> bool:
    """Whether the applicant can do it now."""
    action = ACTIONS.get(doing.name)
    if action is None or TABLE[doing.name].why_not(actor, file.request) is not None:
        return False
    return action.wanting(file, actor, today) is None


def entries_of(file: CaseFile, clock: Clock) -> tuple[Entry, ...]:
    """What happened, the newest first: the law's steps with what they did, and the notes that concern him."""
    law = [
        (taken.event, Entry(taken.day, stories.label(taken.event), taken.effect, taken.basis, number))
        for number, taken in enumerate(clock.steps, start=1)
    ]
    notes = [
        (event.name, Entry(day, stories.label(event.name))) for event, day in file.held if event.name in TOLD_NOTES
    ]
    place = {(event.name, day): at for at, (event, day) in enumerate(file.held)}
    told = sorted([*law, *notes], key=lambda named: (named[1].day, place.get((named[0], named[1].day), 0)))
    return tuple(entry for _name, entry in reversed(told))


def papers_for(request: Request) -> list[Paper]:
    """The papers that the applicant may have: those meant for him, and his own."""
    meant = Q(for_applicant=True) | Q(by_applicant=True)
    return list(request.papers.filter(meant, erased_at=None).order_by("-for_applicant", "uploaded_at", "pk"))


def _days(count: int) -> str:
    return ngettext("%(count)d个工作日", "%(count)d个工作日", count) % {"count": count}


def standing_words(clock: Clock, until: date | None, confirmed_himself: bool) -> tuple[str, str, str]:
    """Colour, sentence and what follows from it, in words for the applicant."""
    if clock.state == "not_received":
        said = _("您已经确认，等受理机关确认") if confirmed_himself else _("等双方确认")
        return "waiting", said, _("双方确认之日是收到申请之日，答复期限从次日起算。")
    if clock.state == "awaiting_supplement":
        return _yours(
            clock,
            _("请补正申请"),
            until,
            _("收到补正的申请以后，重新计算答复期限。逾期不补正又没有正当理由的，视为放弃申请。"),
        )
    if clock.state == "awaiting_fee":
        return _yours(clock, _("请缴纳信息处理费"), until, _("缴费以后继续办理。逾期不缴费的，视为放弃申请。"))
    if clock.state == "awaiting_reasons":
        return "waiting", _("请说明申请的理由"), _("等您说明理由的时间不计入答复期限。")
    if clock.state == "consulting":
        more = _("征求意见的时间不计入答复期限。")
        if clock.due:
            more += _("按现在的情况，最迟%(day)s前答复。") % {"day": written(clock.due)}
        return "waiting", _("正在征求有关方面的意见"), more
    if clock.state in ("answered", "answered_late"):
        late = "" if clock.state == "answered" else _("这份答复超过了法定期限。")
        return "closed", _("%(day)s已经答复") % {"day": written(clock.answered)}, late
    if clock.state == "closed":
        return "closed", _("办理已经结束"), ""
    return _running(clock)


def _yours(clock: Clock, words: str, until: date | None, more: str) -> tuple[str, str, str]:
    if until is not None:
        words = _("%(words)s，%(day)s前") % {"words": words, "day": written(until)}
    return ("late" if clock.passed else "soon"), words, more


def _running(clock: Clock) -> tuple[str, str, str]:
    if clock.due is None or clock.left is None:
        return "in_time", _("正在办理"), ""
    told = {"days": _days(abs(clock.left)), "day": written(clock.due)}
    if clock.today > clock.due:
        more = _("您可以向受理机关询问，或者向政府信息公开工作主管部门投诉；也可以依法申请行政复议。")
        return "late", _("已经超过答复期限%(days)s，应当在%(day)s前答复") % told, more
    if clock.today == clock.due:
        return "late", _("今天是答复的最后一天"), ""
    more = _("到期日是暂定的：下一年的节假日安排公布，或者征求的意见收到以后，可能变动。") if clock.provisional else ""
    return ("soon" if clock.left <= SOON else "in_time"), _("正在办理，%(day)s前答复，还剩%(days)s") % told, more
