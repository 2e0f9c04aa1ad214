"""Where a request stands after the events so far: all that the next step and the due day depend on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.law.procedure import Phase
from gongkai.law.words import Said, say


@dataclass(frozen=True, slots=True)
class Pause:
    """A time that is not counted: from the day after ``since`` up to the day of the answer, or until it may come.

    ``expires`` is the last day for an answer where the law or the agency set one; ``sure`` is False where the day on
    which the letter arrived is not recorded, so that ``expires`` is only the earliest it can be.
    """

    event: str
    who: str
    since: date
    expires: date | None = None
    sure: bool = True
    until: date | None = None

    def end(self, at: date) -> date:
        """Up to which day it lasts, seen from that day."""
        if self.until is not None:
            return self.until
        return at if self.expires is None else min(self.expires, at)

    def is_open(self, at: date) -> bool:
        """Whether the answer is still awaited on that day."""
        return self.until is None and (self.expires is None or at <= self.expires)


@dataclass(frozen=True, slots=True)
class Taken:
    """One step of the explanation: the event, its day, what it did to the period, and on which basis."""

    event: str
    day: date
    effect: Said
    basis: Said


@dataclass(frozen=True)
class Standing:
    """Where a request stands. ``zero`` is the day from which the present period runs, itself not counted."""

    channel: str = ""
    facts: tuple[tuple[str, date], ...] = ()
    received: date | None = None
    zero: date | None = None
    limit: int = 0
    extension: int = 0
    extended: date | None = None
    deferred: date | None = None
    pauses: tuple[Pause, ...] = ()
    uncounted: tuple[str, ...] = ()
    reasons_given: bool = False
    waiting: str = ""
    wait_since: date | None = None
    wait_until: date | None = None
    supplement_asked: date | None = None
    fee_notified: date | None = None
    decided: date | None = None
    dispatched: date | None = None
    delivered: date | None = None
    by: str = ""
    answered: date | None = None
    closed: date | None = None
    last: date | None = None
    steps: tuple[Taken, ...] = ()
    doubts: tuple[Said, ...] = ()
    remarks: tuple[Said, ...] = ()

    @property
    def phase(self) -> Phase:
        """How far the request has come."""
        if self.closed is not None:
            return Phase.CLOSED
        if self.answered is not None:
            return Phase.ANSWERED
        if self.waiting:
            return Phase.AWAITING_SUPPLEMENT if self.waiting == "supplement" else Phase.AWAITING_FEE
        return Phase.OPEN if self.received is not None else Phase.NOT_RECEIVED

    def having(self, **changes: Any) -> Standing:
        """The standing with these changes. As ``dataclasses.replace``, which took half the time of an explanation."""
        assert changes.keys() <= self.__dict__.keys()
        changed = object.__new__(Standing)
        changed.__dict__.update(self.__dict__ | changes)
        return changed

    def doubting(self, key: str, **values: object) -> Standing:
        """The standing with a further reason why the due day is provisional."""
        doubt = say(key, **values)
        return self if doubt in self.doubts else self.having(doubts=(*self.doubts, doubt))

    def remarking(self, key: str, **values: object) -> Standing:
        """The standing with a further thing that people should know."""
        remark = say(key, **values)
        return self if remark in self.remarks else self.having(remarks=(*self.remarks, remark))
