"""The period as arithmetic on paper: limit, plus what was added, minus what is used, gives what is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongkai.law.clock import Clock
from gongkai.law.provisions import limits
from gongkai.law.words import Said
from gongkai.requests.timeline.stretches import NOBODY, Course, Kind, Stretch

MINUS, PLUS, EQUALS, NOTHING = "−", "+", "=", ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sum: a sign, what it is, from when to when, so many working days (in brackets where they are not
    counted), and the article."""

    sign: str
    what: str
    days: int | None
    after: date | None = None
    until: date | None = None
    counted: bool = True
    why: Said = NOBODY
    basis: Said = NOBODY
    result: bool = False


def reckoning(clock: Clock, course: Course) -> tuple[Line, ...]:
    """The sum of the present period, top to bottom; empty before the request is received.

    Without a deferral the counted lines add up to the last: limit + extension − used = left.
    """
    standing = course.standing
    if standing.zero is None:
        return ()
    return (*_granted(clock, course), *_spent(course), *_result(clock, course))


def _granted(clock: Clock, course: Course) -> Iterator[Line]:
    standing = course.standing
    assert standing.zero is not None
    limit = limits()["reply"].on(standing.zero)
    began_anew = standing.zero != standing.received
    what = _("重新计算的答复期限") if began_anew else _("答复期限")
    basis = Said(limit.basis.words, limit.basis.words_en)
    yield Line(NOTHING, what, standing.limit, after=standing.zero, basis=basis)
    if standing.extension:
        yield Line(PLUS, _("延长答复期限"), standing.extension, basis=_basis_of(clock, "extended"))


def _basis_of(clock: Clock, event: str) -> Said:
    """The basis of the last step of that name."""
    return next((taken.basis for taken in reversed(clock.steps) if taken.event == event), NOBODY)


def _spent(course: Course) -> Iterator[Line]:
    words = {
        Kind.USED: _("已用"),
        Kind.LATE: _("超过期限"),
        Kind.PAUSED: _("不计入期限"),
        Kind.WAITING: _("等待申请人，停止计算"),
    }
    for stretch in course.present:
        if stretch.kind in words and not stretch.ahead:
            yield _line(stretch, words[stretch.kind])


def _line(stretch: Stretch, what: str) -> Line:
    counted = stretch.kind in (Kind.USED, Kind.LATE)
    return Line(MINUS if counted else NOTHING, what, stretch.days, stretch.after, stretch.until, counted, stretch.why)


def _result(clock: Clock, course: Course) -> Iterator[Line]:
    standing = course.standing
    if standing.deferred is not None:
        yield Line(NOTHING, _("延迟答复期限，至"), None, until=standing.deferred, basis=_basis_of(clock, "deferred"))
    if standing.closed is not None:
        yield Line(EQUALS, _("办理终结"), None, until=standing.closed, result=True)
    elif clock.left is None:
        if standing.waiting:
            yield Line(EQUALS, _("收到后重新计算"), standing.limit, result=True)
    elif clock.left < 0:
        yield Line(EQUALS, _("迟了") if clock.answered else _("超期"), -clock.left, until=clock.due, result=True)
    else:
        yield Line(EQUALS, _("答复时还余") if clock.answered else _("还剩"), clock.left, until=clock.due, result=True)
