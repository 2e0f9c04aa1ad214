"""How a request goes from its receipt to each outcome, lawfully and as it usually does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from gongkai.agencies.models import Agency
from gongkai.demo.district import asking, receiving, replying
from gongkai.demo.district.telling import BY_APPLICANT, Telling
from gongkai.requests.models import Request

WEIGHTS: Mapping[str, float] = {
    "granted.provided": 24,
    "granted.already_public": 14,
    "partial": 7,
    "refused.state_secret": 0.4,
    "refused.prohibited_by_law": 1.5,
    "refused.security_and_stability": 0.4,
    "refused.third_party_rights": 3,
    "refused.internal_affairs": 3,
    "refused.process_information": 3,
    "refused.enforcement_file": 2,
    "refused.administrative_query": 3,
    "unavailable.does_not_exist": 14,
    "unavailable.other_agency": 9,
    "unavailable.must_be_created": 4,
    "unavailable.still_unclear": 1.5,
    "declined.petition": 3,
    "declined.repeated": 2,
    "declined.publication": 0.7,
    "declined.excessive": 1,
    "declined.confirmation": 0.8,
    "other.supplement_overdue": 2.5,
    "other.fee_overdue": 0.8,
    "other.remaining": 3,
}
"""How often each outcome comes, in a hundred."""
LATE, EXTENDED, SUPPLEMENTED, CHARGED, THIRD_PARTY, AGENCY = 0.015, 0.06, 0.1, 0.01, 0.3, 0.04
"""How many are answered late, extended, corrected, charged, ask a third party (of the partial ones) or an agency."""
LAST_YEAR_WITHOUT_FEES = 2020
"""Fees may be asked again from the year after (国办函〔2020〕109号)."""
GIVING = frozenset({"granted.provided", "partial"})


def close(told: Telling, outcome: str, neighbour: Agency) -> None:
    """From the day of receipt to that outcome. ``neighbour`` is an agency that may be asked."""
    told.go(told.dice.randrange(0, 2))
    receiving.assign(told)
    told.go(told.dice.randrange(0, 3))
    special = SPECIAL.get(outcome)
    if special is not None:
        special(told)
    else:
        _usual(told, outcome, neighbour)
    if told.ended is None:
        replying.reply(told, outcome)


def _usual(told: Telling, outcome: str, neighbour: Agency) -> None:
    """What may come before the reply: a correction, questions to others, a fee, more time; or it is late."""
    dice = told.dice
    if dice.random() < SUPPLEMENTED:
        asking.take_supplement(told, asking.ask_supplement(told))
    if outcome in GIVING and dice.random() < CHARGED and told.day.year > LAST_YEAR_WITHOUT_FEES:
        asking.take_fee(told, asking.notify_fee(told))
    if outcome == "refused.third_party_rights" or (outcome == "partial" and dice.random() < THIRD_PARTY):
        agrees = outcome == "partial"
        asking.take_answer(told, asking.ask_third_party(told), agrees=agrees)
    elif dice.random() < AGENCY:
        asking.take_answer(told, asking.ask_agency(told, neighbour, joint=dice.random() < 0.5), agrees=True)
    chance = dice.random()
    if chance < LATE:
        told.go(dice.randrange(20, 24))
    elif chance < LATE + EXTENDED:
        told.go(dice.randrange(10, 14))
        asking.propose_extension(told)
        told.go(1)
        asking.extend(told)
        told.go(dice.randrange(4, 14))
    else:
        told.go(dice.randrange(0, 9))


def _still_unclear(told: Telling) -> None:
    asking.take_supplement(told, asking.ask_supplement(told))
    told.go(told.dice.randrange(1, 6))


def _excessive(told: Telling) -> None:
    asking.take_reasons(told, asking.ask_reasons(told), good=False)


def _supplement_overdue(told: Telling) -> None:
    until = asking.ask_supplement(told).until
    told.day = told.calendar.next_working(until + timedelta(days=1)).day
    _ends(told, "supplement_overdue")


def _fee_overdue(told: Telling) -> None:
    asking.notify_fee(told)
    told.go(told.dice.randrange(22, 26))
    _ends(told, "fee_overdue")


def _withdrawn(told: Telling) -> None:
    told.go(told.dice.randrange(1, 8))
    online = told.request.channel == Request.Channel.ONLINE
    _ends(told, "withdrawn", by_applicant=online)


def _ends(told: Telling, step: str, *, by_applicant: bool = False) -> None:
    told.do(step, BY_APPLICANT if by_applicant else None)
    told.ended = told.day
    replying.archive(told)


SPECIAL: Mapping[str, Callable[[Telling], None]] = {
    "unavailable.still_unclear": _still_unclear,
    "declined.excessive": _excessive,
    "other.supplement_overdue": _supplement_overdue,
    "other.fee_overdue": _fee_overdue,
    "other.remaining": _withdrawn,
}
"""Outcomes with a way of their own."""
