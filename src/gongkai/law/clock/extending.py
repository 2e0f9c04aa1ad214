"""More time: an extension (《条例》第三十三条第二款), a deferral for many requests (第三十五条)."""

from __future__ import annotations

from gongkai.law.clock import period
from gongkai.law.clock.common import Outcome
from gongkai.law.clock.refusing import contradicts, refuse
from gongkai.law.clock.standing import Standing
from gongkai.law.events import Event
from gongkai.law.procedure import StepRule
from gongkai.law.provisions import limits
from gongkai.law.workdays import Calendar


def extend(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Outcome:
    """At most so many working days more, once, approved and told before the end (art. 33(2))."""
    assert standing.zero is not None
    if standing.deferred is not None:
        raise contradicts("extended_after_deferral", event, until=standing.deferred)
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
