"""While the applicant is awaited nothing is counted: a correction (《条例》第三十条), a fee (国办函〔2020〕109号)."""

from __future__ import annotations

from gongkai.law.clock import period
from gongkai.law.clock.common import Outcome, anew, doubted, ended, letter_after
from gongkai.law.clock.refusing import contradicts, refuse
from gongkai.law.clock.standing import Standing
from gongkai.law.events import Event
from gongkai.law.procedure import StepRule
from gongkai.law.provisions import limits
from gongkai.law.workdays import Calendar


def wait(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Outcome:
    """Nothing is counted until the applicant acts: a correction (art. 30) or a fee (art. 42)."""
    asked = _ask_supplement if event.name == "supplement_asked" else _notify_fee
    standing = asked(standing, event, rule, calendar)
    return doubted(standing, event, rule), {}


def _ask_supplement(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Standing:
    assert standing.received is not None
    limit = limits()["supplement_notice"].maybe(event.day)
    if limit is not None:
        last = calendar.add(standing.received, limit.value).day
        if event.day > last:
            raise refuse(
                "late_supplement", event, limit.basis, limit=limit.value, received=standing.received, last=last
            )
    letter_after(event)
    if event.until is not None and event.until <= event.day:
        raise contradicts("until_before", event, until=event.until)
    return standing.having(
        waiting="supplement", wait_since=event.day, wait_until=event.until, supplement_asked=event.day
    )


def _notify_fee(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Standing:
    due = period.due(standing, calendar, event.day)
    if event.day > due:
        raise refuse("late_fee", event, rule.basis, due=due)
    letter_after(event)
    until = None
    if event.delivered is not None:
        until = calendar.add(event.delivered, limits()["fee_payment"].on(event.day).value).day
    return standing.having(waiting="fee", wait_since=event.day, wait_until=until, fee_notified=event.day)


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
    return anew(doubted(standing, event, rule), event.day, calendar)


def close(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Outcome:
    """The matter ends without a reply; an applicant who was to act must have had the time for it."""
    last = standing.wait_until
    if event.name == "supplement_overdue":
        if last is None:
            standing = standing.remarking("no_last_day")
        elif event.day <= last:
            raise refuse("still_time_to_supplement", event, rule.basis, last=last)
    elif event.name == "fee_overdue":
        since = standing.wait_since
        assert since is not None
        if last is None:
            standing = standing.remarking("fee_closed_unproven")
            last = calendar.add(since, limits()["fee_payment"].on(since).value).day
        if event.day <= last:
            raise refuse("still_time_to_pay", event, rule.basis, last=last)
    return ended(standing, event.day).having(closed=event.day), {}
