"""The requests that are open today: overdue, due today and soon, waiting for others, under approval, unconfirmed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.agencies.models import Agency
from gongkai.demo.district import asking, receiving, replying
from gongkai.demo.district.telling import Telling
from gongkai.law.provisions import limits
from gongkai.law.workdays import Calendar
from gongkai.requests.models import Request

Course = Callable[[Telling, Agency], None]
TO_CONFIRM = (Request.Channel.ONLINE, Request.Channel.ONLINE, Request.Channel.EMAIL, Request.Channel.FAX)
UNDER_APPROVAL_FROM = 8
"""Working days after which a request may be under approval."""


@dataclass(frozen=True, slots=True)
class Open:
    """A request to be told: received so many working days ago (or only arrived, so many days ago), and what then."""

    ago: int
    course: Course
    confirmed: bool = True

    def received(self, calendar: Calendar, today: date) -> date:
        """The day of receipt; of one not confirmed, that of arrival."""
        return worked_before(calendar, today, self.ago) if self.confirmed else today - timedelta(days=self.ago)


def worked_before(calendar: Calendar, today: date, count: int) -> date:
    """The working day that lies so many working days before today; with 0, today or the last working day."""
    day = today
    while not (calendar.count(day, today) >= count and calendar.is_working(day)):
        day -= timedelta(days=1)
    return day


def all_of(today: date) -> Iterator[Open]:
    """Every open request of the district, the most pressing first."""
    limit = limits()["reply"].on(today).value
    for ago, number in ((-1, 2), (-2, 1), (-3, 1), (-6, 1), (-9, 1), (0, 4), (1, 4), (2, 3), (3, 4), (4, 3), (5, 3)):
        yield from (Open(limit - ago, _by_turns(turn)) for turn in range(number))
    for left in range(6, limit):
        yield from (Open(limit - left, _by_turns(turn + left)) for turn in range(3))
    yield from (Open(ago, _unconfirmed, confirmed=False) for ago in (0, 0, 0, 1, 1, 2, 3, 5, 7, 9))
    yield from (Open(ago + 4, _third_party(ago)) for ago in (1, 2, 3, 5, 8, 11, 13, 17))
    yield from (Open(ago + 3, _agency(ago, joint=ago % 2 == 0)) for ago in (1, 2, 4, 6, 7))
    yield from (Open(ago + 2, _reasons(ago)) for ago in (1, 2, 3, 7))
    yield from (Open(ago + 3, _supplement(ago)) for ago in (1, 2, 3, 4, 6, 8, 9, 11, 13))
    yield from (Open(ago + 5, _fee(ago)) for ago in (1, 3, 6, 10, 23, 26))
    yield from (Open(ago, _proposed) for ago in (16, 17, 18))
    yield from (Open(ago, _extended) for ago in (22, 25, 28, 31, 34))
    yield from (Open(ago, _deferred) for ago in (12, 19))


def _begun(told: Telling) -> None:
    told.go(1)
    receiving.assign(told)


def _unconfirmed(told: Telling, neighbour: Agency) -> None:
    """Nobody has confirmed it yet."""


def _by_turns(turn: int) -> Course:
    """In hand, or at one of the stages of approval."""
    return STAGES[turn % len(STAGES)]


def _in_hand(told: Telling, neighbour: Agency) -> None:
    _begun(told)
    if told.dice.random() < 0.5:
        told.go(1)
        replying.search(told, "granted.provided")


def _approval(*, reviewed: bool = False, returned: bool = False, signed: bool = False, sent: bool = False) -> Course:
    def course(told: Telling, neighbour: Agency) -> None:
        _begun(told)
        if told.calendar.count(told.day, told.last) < UNDER_APPROVAL_FROM:
            return
        told.go(3)
        outcome = told.dice.choice(("granted.provided", "unavailable.does_not_exist", "unavailable.other_agency"))
        if outcome in replying.SEARCHED:
            replying.search(told, outcome)
        told.go(1)
        decision = replying.draft(told, outcome)
        told.go(1)
        if returned:
            replying.give_back(told, decision)
        elif reviewed:
            replying.review(told, decision)
        if signed:
            told.go(1)
            replying.sign(told, decision)
        if sent:
            replying.entrust(told, outcome)

    return course


STAGES: tuple[Course, ...] = (
    _in_hand,
    _approval(),
    _in_hand,
    _approval(reviewed=True),
    _approval(reviewed=True, signed=True, sent=True),
    _approval(returned=True),
    _in_hand,
    _approval(reviewed=True, signed=True),
)


def _ago(told: Telling, ago: int) -> None:
    """On to the day that lies so many working days before the last."""
    told.day = max(told.day, worked_before(told.calendar, told.last, ago))


def _third_party(ago: int) -> Course:
    def course(told: Telling, neighbour: Agency) -> None:
        _begun(told)
        _ago(told, ago)
        asking.ask_third_party(told)

    return course


def _agency(ago: int, *, joint: bool) -> Course:
    def course(told: Telling, neighbour: Agency) -> None:
        _begun(told)
        _ago(told, ago)
        asking.ask_agency(told, neighbour, joint=joint)

    return course


def _reasons(ago: int) -> Course:
    def course(told: Telling, neighbour: Agency) -> None:
        _begun(told)
        _ago(told, ago)
        asking.ask_reasons(told)

    return course


def _supplement(ago: int) -> Course:
    def course(told: Telling, neighbour: Agency) -> None:
        _begun(told)
        _ago(told, ago)
        asking.ask_supplement(told)

    return course


def _fee(ago: int) -> Course:
    def course(told: Telling, neighbour: Agency) -> None:
        _begun(told)
        replying.search(told, "granted.provided")
        _ago(told, ago)
        asking.notify_fee(told)

    return course


def _proposed(told: Telling, neighbour: Agency) -> None:
    _begun(told)
    _ago(told, 1)
    asking.propose_extension(told)


def _extended(told: Telling, neighbour: Agency) -> None:
    _begun(told)
    told.go(14)
    asking.propose_extension(told)
    told.go(1)
    asking.extend(told)


def _deferred(told: Telling, neighbour: Agency) -> None:
    _begun(told)
    asking.take_reasons(told, asking.ask_reasons(told), good=True)
    told.go(1)
    asking.defer(told)
