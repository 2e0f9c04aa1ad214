"""The steps of a request as the page offers them: those open as buttons, the likely one first, the others with why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.agencies.actors import Actor
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.registry import ACTIONS
from gongkai.requests.offers import Offer, offers
from gongkai.requests.policies import TABLE
from gongkai.requests.selectors.casefile import CaseFile
from gongkai.requests.selectors.story import Story

OF_APPLICANT = frozenset({"confirm_own", "confirm_receipt", "rate"})
"""What only the applicant does, on his own pages."""
BESIDE = frozenset(
    {"assign", "note", "record_letter", "correct_entry", "suggest_publication", "transfer", "split", "withdraw"}
)
"""What may be done beside the way from receipt to reply; shown apart."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps that are open to this person, the likely one first; those beside the way; those that are not open,
    with the reason. ``earlier``: of these the ones that are this person's, which may have happened on an earlier day:
    what the law refuses today it may have allowed then."""

    open: tuple[Offer, ...]
    beside: tuple[Offer, ...]
    shut: tuple[Offer, ...]
    earlier: frozenset[str]


def steps_for(actor: Actor, file: Story, day: date) -> Steps:
    """The steps that staff take, for this person on that day."""
    found = [offer for offer in offers(file.request, file.events, actor, day) if offer.name not in OF_APPLICANT]
    allowed = [offer for offer in found if offer.allowed]
    case = CaseFile(file.request, file.events)
    shut = [offer for offer in found if not offer.allowed]
    return Steps(
        open=tuple(offer for offer in allowed if offer.name not in BESIDE or offer.likely),
        beside=tuple(offer for offer in allowed if offer.name in BESIDE and not offer.likely),
        shut=tuple(shut),
        earlier=frozenset(offer.name for offer in shut if only_by_law(ACTIONS[offer.name], case, actor, day)),
    )


def only_by_law(action: type[Action], case: CaseFile, actor: Actor, day: date) -> bool:
    """Whether it is the law alone, which looks at the day, that refuses it."""
    allowed = TABLE[action.name].why_not(actor, case.request) is None and action.wanting(case, actor, day) is None
    return allowed and not action.only_today
