"""Times that are not counted (《条例》第三十三条第三款): third parties, other agencies, and by practice reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gongkai.law.clock import period
from gongkai.law.clock.common import Outcome, doubted, label, letter_after
from gongkai.law.clock.refusing import contradicts
from gongkai.law.clock.standing import Pause, Standing
from gongkai.law.events import Event
from gongkai.law.procedure import StepRule
from gongkai.law.provisions import limits
from gongkai.law.workdays import Calendar

ASKED_BY = {
    "third_party_answered": "third_party_asked",
    "agency_answered": "agency_asked",
    "reasons_given": "reasons_asked",
}
"""Which question each answer answers."""


def pause(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Outcome:
    """From the next day on the time is not counted (art. 33(3))."""
    if any(p.event == event.name and p.who == event.who and p.is_open(event.day) for p in standing.pauses):
        raise contradicts("asked_twice", event)
    letter_after(event)
    due = period.due(standing, calendar, event.day)
    if standing.deferred is not None:
        standing = standing.remarking("deferral_fixed", until=standing.deferred)
    elif event.day >= due:
        standing = standing.remarking("pause_after_due", step=label(event.name), day=event.day, due=due)
    values: dict[str, object] = {"used": period.used(standing, calendar, event.day)}
    expires = _expiry(event, calendar)
    sure = event.delivered is not None or event.name == "reasons_asked"
    added = Pause(event.name, event.who, event.day, expires, sure)
    return doubted(standing, event, rule).having(pauses=(*standing.pauses, added)), values


def _expiry(event: Event, calendar: Calendar) -> date | None:
    """The last day for an answer: 15 working days from when the letter was received (arts 32, 34); None without one."""
    if event.name == "reasons_asked":
        if event.until is not None and event.until <= event.day:
            raise contradicts("until_before", event, until=event.until)
        return event.until
    if event.name == "agency_asked" and not event.joint:
        return None
    key = "third_party_answer" if event.name == "third_party_asked" else "joint_agency_answer"
    limit = limits()[key].maybe(event.day)
    return calendar.add(event.delivered or event.day, limit.value).day if limit is not None else None


def resume(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Outcome:
    """The answer is here: the period runs on from the next day. What comes too late ends no later than it could."""
    asked = ASKED_BY[event.name]
    at = next((i for i, p in enumerate(standing.pauses) if _answers(p, asked, event)), None)
    if at is None:
        if asked in standing.uncounted:
            return standing, {"due": period.due(standing, calendar, event.day)}
        raise contradicts("not_asked", event, who=f"（{event.who}）" if event.who else "")
    answered = standing.pauses[at]
    end = answered.end(event.day)
    if end < event.day:
        if not answered.sure:
            standing = standing.doubting("delivery_unknown", step=label(asked), since=answered.since)
        standing = standing.remarking("late_answer", step=label(event.name), day=event.day, expires=end)
    pauses = list(standing.pauses)
    pauses[at] = replace(answered, until=end)
    standing = standing.having(pauses=tuple(pauses), reasons_given=standing.reasons_given or asked == "reasons_asked")
    if standing.waiting:
        standing = standing.remarking("applicant_awaited", day=event.day, step=label(event.name))
    elif any(p.is_open(event.day) for p in standing.pauses):
        standing = standing.remarking("others_open", day=event.day, step=label(event.name))
    due = standing.zero and period.due(standing, calendar, event.day)
    return standing, {"due": due}


def _answers(pause: Pause, asked: str, event: Event) -> bool:
    return pause.event == asked and pause.who == event.who and pause.until is None
