"""The time of a request cut into stretches: used, not counted, awaited, left, late. From the law's standing alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.refusals import Words
from gongkai.law.clock import Clock, Standing, advance
from gongkai.law.clock.period import not_counted
from gongkai.law.events import Log, settled
from gongkai.law.procedure import steps
from gongkai.law.words import Said
from gongkai.law.workdays import Calendar

NOBODY = Said("", "")
WAITS = {"supplement": "supplement_asked", "fee": "fee_notified"}
"""The step that had the applicant awaited, by what is awaited."""


class Kind(StrEnum):
    """What a stretch of time is to the period."""

    BEFORE = "before"
    VOID = "void"
    USED = "used"
    PAUSED = "paused"
    WAITING = "waiting"
    LEFT = "left"
    LATE = "late"


WORDS: dict[Kind, Words] = {
    Kind.BEFORE: _("收到以前"),
    Kind.VOID: _("重新计算以前"),
    Kind.USED: _("已用"),
    Kind.PAUSED: _("不计入期限"),
    Kind.WAITING: _("等待申请人"),
    Kind.LEFT: _("剩余"),
    Kind.LATE: _("超过期限"),
}
"""What each kind is called."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time of one kind: from the day after ``after`` up to ``until``. ``days``: the working days in it; ``why``: whom
    it waits for; ``ahead``: it lies after today, as far as can be seen."""

    kind: Kind
    after: date
    until: date
    days: int
    why: Said = NOBODY
    ahead: bool = False

    @property
    def words(self) -> Words:
        """What time of this kind is called."""
        return WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class Course:
    """The course of a request: its stretches in order, and where it stands after the last step."""

    stretches: tuple[Stretch, ...]
    standing: Standing
    present: tuple[Stretch, ...]
    """Those of the period that runs or ran last."""


def course(log: Log, clock: Clock, calendar: Calendar) -> Course:
    """The course of a request as it is on the clock's day. Raises LawError as the clock does."""
    earlier: list[Stretch] = []
    standing = Standing(channel=log.channel)
    first: date | None = None
    for event in settled(log.events):
        further = advance(standing, event, calendar)
        first = first or event.day
        if further.zero != standing.zero:
            if standing.zero is None:
                earlier += _stretch(Kind.BEFORE, first, event.day, calendar)
            else:
                earlier += (_void(stretch) for stretch in _counted(standing, event.day, calendar))
        standing = further
    at = standing.closed or clock.answered or clock.today
    if standing.zero is None:
        present = list(_stretch(Kind.BEFORE, first, at, calendar)) if first else []
    else:
        present = [*_past(standing, clock, at, calendar), *_ahead(standing, clock, at, calendar)]
    return Course((*earlier, *present), standing, tuple(present))


def _stretch(
    kind: Kind, after: date, until: date, calendar: Calendar, why: Said = NOBODY, ahead: bool = False
) -> Iterator[Stretch]:
    if after < until:
        yield Stretch(kind, after, until, calendar.count(after, until), why, ahead)


def _void(stretch: Stretch) -> Stretch:
    """Time of a period that began anew: it counts no more."""
    kind = Kind.VOID if stretch.kind is Kind.USED else stretch.kind
    return Stretch(kind, stretch.after, stretch.until, stretch.days, stretch.why)


def _counted(standing: Standing, at: date, calendar: Calendar) -> Iterator[Stretch]:
    """The present period up to that day: used, not counted, and the wait for the applicant at its end."""
    assert standing.zero is not None
    end = standing.wait_since if standing.waiting and standing.wait_since else at
    cursor = standing.zero
    for begin, stop in not_counted(standing, end):
        stop = min(stop, end)
        yield from _stretch(Kind.USED, cursor, begin, calendar)
        yield from _stretch(Kind.PAUSED, begin, stop, calendar, _whom(standing, begin, stop))
        cursor = max(cursor, stop)
    yield from _stretch(Kind.USED, cursor, end, calendar)
    if standing.waiting:
        step = steps()[WAITS[standing.waiting]]
        yield from _stretch(Kind.WAITING, end, at, calendar, Said(step.label, step.label_en))


def _whom(standing: Standing, begin: date, stop: date) -> Said:
    """Which steps made this time not counted."""
    names = dict.fromkeys(p.event for p in standing.pauses if begin <= p.since < stop)
    labels = [steps()[name] for name in names]
    return Said("、".join(step.label for step in labels), ", ".join(step.label_en for step in labels))


def _past(standing: Standing, clock: Clock, at: date, calendar: Calendar) -> Iterator[Stretch]:
    """What lies behind, with the time after the due day as late."""
    for stretch in _counted(standing, at, calendar):
        if stretch.kind is Kind.USED and clock.due is not None and stretch.until > clock.due:
            split = max(stretch.after, clock.due)
            yield from _stretch(Kind.USED, stretch.after, split, calendar)
            yield from _stretch(Kind.LATE, split, stretch.until, calendar)
        else:
            yield stretch


def _ahead(standing: Standing, clock: Clock, at: date, calendar: Calendar) -> Iterator[Stretch]:
    """What lies ahead: a consultation up to the last day for its answer, then what is left of the period."""
    if clock.answered or standing.closed or clock.due is None or clock.due <= at:
        return
    cursor = at
    for begin, stop in () if standing.deferred else not_counted(standing, at, to_expiry=True):
        if stop <= cursor:
            continue
        yield from _stretch(Kind.PAUSED, cursor, stop, calendar, _whom(standing, begin, stop), ahead=True)
        cursor = stop
    yield from _stretch(Kind.LEFT, cursor, clock.due, calendar, ahead=True)
