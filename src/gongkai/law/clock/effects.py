"""What each step does to the period: one small function for each effect of procedure.toml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from gongkai.law.clock import period
from gongkai.law.clock.refusing import contradicts, refuse
from gongkai.law.clock.standing import Pause, Standing
from gongkai.law.events import Event
from gongkai.law.procedure import Effect, StepRule, channels, steps
from gongkai.law.provisions import limits
from gongkai.law.words import Said, say
from gongkai.law.workdays import Calendar

Outcome = tuple[Standing, dict[str, object]]
"""The standing after a step, and the values for the sentence that tells of it."""
Handler = Callable[[Standing, Event, StepRule, Calendar], Outcome]

ASKED_BY = {
    "third_party_answered": "third_party_asked",
    "agency_answered": "agency_asked",
    "reasons_given": "reasons_asked",
}
"""Which question each answer answers."""


def label(event: str) -> Said:
    """The step's name in both languages."""
    return Said(steps()[event].label, steps()[event].label_en)


def nothing(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Outcome:
    """A step without effect on the period; of a question so asked, the answer has none either."""
    values: dict[str, object] = {}
    if event.name == "corrected":
        values = {"event": label(event.entry), "was": event.was, "now": event.now or say("withdrawn_entry")}
    elif event.name in ASKED_BY.values():
        standing = standing.having(uncounted=(*standing.uncounted, event.name))
    return standing, values


def record(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Outcome:
    """A fact on which the day of receipt may rest (art. 31): that of the channel begins the period."""
    standing = standing.having(facts=(*standing.facts, (event.name, event.day)))
    counts = channels()[standing.channel].on(event.day).event == event.name if standing.channel else False
    if standing.received is None:
        return begin(standing, event, rule, calendar) if counts else (standing, {})
    if event.day > standing.received and (counts or event.name != "confirmed"):
        raise contradicts("fact_after_receipt", event, received=standing.received)
    return standing, {}


def begin(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Outcome:
    """The period begins; the day of receipt itself is not counted."""
    if standing.received is not None:
        if standing.received != event.day:
            raise contradicts("received_twice", event, first=standing.received)
        return standing, {"limit": standing.limit, "due": period.due(standing, calendar, event.day)}
    standing = standing.having(received=event.day)
    if not calendar.is_working(event.day):
        standing = standing.remarking("received_on_rest_day", day=event.day)
    if standing.channel:
        way = channels()[standing.channel]
        arrived = dict(standing.facts).get(way.same_day)
        if arrived is not None and arrived < event.day:
            standing = standing.remarking("not_confirmed_same_day", arrived=arrived, day=event.day)
        basis = way.on(event.day).basis
        if not basis.confirmed:
            standing = standing.doubting(
                "rule_unconfirmed", step=label("received"), note=Said(basis.note, basis.note_en)
            )
    return _anew(standing, event.day, calendar)


def _anew(standing: Standing, day: date, calendar: Calendar) -> Outcome:
    """The period runs from that day, under the law of that day."""
    if standing.extension:
        assert standing.extended is not None
        standing = standing.remarking("extension_lapses", first=standing.extended)
    limit = limits()["reply"].on(day).value
    standing = standing.having(zero=day, limit=limit, extension=0, deferred=None, waiting="", wait_until=None)
    return standing, {"limit": limit, "due": period.due(standing, calendar, day)}


def wait(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Outcome:
    """Nothing is counted until the applicant acts: a correction (art. 30) or a fee (art. 42)."""
    asked = _ask_supplement if event.name == "supplement_asked" else _notify_fee
    standing = asked(standing, event, rule, calendar)
    return _doubted(standing, event, rule), {}


def _ask_supplement(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Standing:
    assert standing.received is not None
    limit = limits()["supplement_notice"].maybe(event.day)
    if limit is not None:
        last = calendar.add(standing.received, limit.value).day
        if event.day > last:
            raise refuse(
                "late_supplement", event, limit.basis, limit=limit.value, received=standing.received, last=last
            )
    _letter_after(event)
    if event.until is not None:
        if event.until <= event.day:
            raise contradicts("until_before", event, until=event.until)
        standing = standing.remarking("supplement_by", until=event.until)
    return standing.having(
        waiting="supplement", wait_since=event.day, wait_until=event.until, supplement_asked=event.day
    )


def _notify_fee(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Standing:
    due = period.due(standing, calendar, event.day)
    if event.day > due:
        raise refuse("late_fee", event, rule.basis, due=due)
    _letter_after(event)
    until = None
    if event.delivered is not None:
        until = calendar.add(event.delivered, limits()["fee_payment"].on(event.day).value).day
        standing = standing.remarking("pay_by", last=until)
    return standing.having(waiting="fee", wait_since=event.day, wait_until=until, fee_notified=event.day)


def _letter_after(event: Event) -> None:
    """A letter reaches whom it is for on the day it was sent, or later."""
    if event.delivered is not None and event.delivered < event.day:
        raise contradicts("delivered_before", event, delivered=event.delivered)


def _doubted(standing: Standing, event: Event, rule: StepRule) -> Standing:
    """What rests on a rule that nobody has confirmed makes the due day provisional."""
    if rule.basis.confirmed:
        return standing
    note = Said(rule.basis.note, rule.basis.note_en)
    return standing.doubting("rule_unconfirmed", step=label(event.name), note=note)


def restart(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Outcome:
    """The applicant has acted: the period begins anew."""
    last = standing.wait_until
    if event.name == "fee_paid":
        if standing.waiting != "fee":
            raise contradicts("not_asked", event, who="")
        if last is not None and event.day > last:
            raise refuse("paid_late", event, rule.basis, last=last)
    elif last is not None and event.day > last:
        standing = standing.remarking("corrected_late", until=last)
    return _anew(_doubted(standing, event, rule), event.day, calendar)


def close(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Outcome:
    """The matter ends without a reply; an applicant who was to act must have had the time for it."""
    last = standing.wait_until
    if event.name == "supplement_overdue":
        if last is None:
            standing = standing.remarking("no_last_day")
        elif event.day <= last:
            raise refuse("still_time_to_supplement", event, rule.basis, last=last)
    elif event.name == "fee_overdue":
        assert standing.wait_since is not None
        last = last or calendar.add(standing.wait_since, limits()["fee_payment"].on(standing.wait_since).value).day
        if event.day <= last:
            raise refuse("still_time_to_pay", event, rule.basis, last=last)
    return standing.having(closed=event.day), {}


def pause(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Outcome:
    """From the next day on the time is not counted (art. 33(3))."""
    if any(p.event == event.name and p.who == event.who and p.is_open(event.day) for p in standing.pauses):
        raise contradicts("asked_twice", event)
    _letter_after(event)
    due = period.due(standing, calendar, event.day)
    if standing.deferred is not None:
        standing = standing.remarking("deferral_fixed", until=standing.deferred)
    elif event.day > due:
        standing = standing.remarking("pause_after_due", step=label(event.name), day=event.day, due=due)
    values: dict[str, object] = {"used": period.used(standing, calendar, event.day)}
    expires = _expiry(event, calendar)
    if expires is not None and event.delivered is not None:
        standing = standing.remarking("answer_by", expires=expires)
    sure = event.delivered is not None or event.name == "reasons_asked"
    added = Pause(event.name, event.who, event.day, expires, sure)
    return _doubted(standing, event, rule).having(pauses=(*standing.pauses, added)), values


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
    if any(p.is_open(event.day) for p in standing.pauses):
        standing = standing.remarking("others_open")
    due = standing.zero and period.due(standing, calendar, event.day)
    return standing, {"due": due}


def _answers(pause: Pause, asked: str, event: Event) -> bool:
    return pause.event == asked and pause.who == event.who and pause.until is None


def extend(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Outcome:
    """At most so many working days more, once, approved and told before the end (art. 33(2))."""
    assert standing.zero is not None
    longest = limits()["extension"].on(standing.zero)
    days = longest.value if event.days is None else event.days
    if not 1 <= days <= longest.value:
        key = "long_extension" if days > longest.value else "no_extension"
        raise refuse(key, event, longest.basis, limit=longest.value, days=days)
    due = period.due(standing, calendar, event.day)
    if event.day > due:
        raise refuse("late_extension", event, longest.basis, due=due)
    if event.approved is not None and event.approved > event.day:
        raise refuse("approved_after", event, longest.basis, approved=event.approved)
    if event.days is None:
        standing = standing.remarking("extension_at_most", limit=days)
    if event.approved is None:
        standing = standing.remarking("approval_unknown")
    standing = standing.having(extension=days, extended=event.day)
    return standing, {"days": days, "due": period.due(standing, calendar, event.day)}


def defer(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Outcome:
    """A day that the agency sets, after good reasons for many requests (art. 35), told before the end."""
    if not standing.reasons_given:
        raise refuse("deferred_without_reasons", event, rule.basis)
    if event.until is None:
        raise contradicts("until_missing", event)
    if event.until <= event.day:
        raise contradicts("until_before", event, until=event.until)
    due = period.due(standing, calendar, event.day)
    if event.day > due:
        raise refuse("late_deferral", event, rule.basis, due=due)
    if event.until <= due:
        standing = standing.remarking("deferral_not_later", until=event.until, due=due)
    return standing.having(deferred=event.until), {"due": event.until}


HANDLERS: Mapping[Effect, Handler] = {
    Effect.NONE: nothing,
    Effect.FACT: record,
    Effect.BEGIN: begin,
    Effect.WAIT: wait,
    Effect.RESTART: restart,
    Effect.CLOSE: close,
    Effect.PAUSE: pause,
    Effect.RESUME: resume,
    Effect.EXTEND: extend,
    Effect.DEFER: defer,
}
"""Those of sending the reply stand in ``sending``."""
