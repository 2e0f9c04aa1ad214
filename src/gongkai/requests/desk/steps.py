"""The steps of a request as the page offers them: those open as buttons, the likely one first, the others with why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.agencies.actors import Actor
from gongkai.requests.offers import Offer, offers
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
    with the reason."""

    open: tuple[Offer, ...]
    beside: tuple[Offer, ...]
    shut: tuple[Offer, ...]


def steps_for(actor: Actor, file: Story, day: date) -> Steps:
    """The steps that staff take, for this person on that day."""
    found = [offer for offer in offers(file.request, file.events, actor, day) if offer.name not in OF_APPLICANT]
    allowed = [offer for offer in found if offer.allowed]
    return Steps(
        open=tuple(offer for offer in allowed if offer.name not in BESIDE or offer.likely),
        beside=tuple(offer for offer in allowed if offer.name in BESIDE and not offer.likely),
        shut=tuple(offer for offer in found if not offer.allowed),
    )
