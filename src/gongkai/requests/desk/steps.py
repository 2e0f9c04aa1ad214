"""The steps of a request as the page offers them: those open as buttons, the likely one first, the others with why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.agencies.actors import Actor
from gongkai.requests.offers import Offer, offers
from gongkai.requests.selectors.story import Story

OF_APPLICANT = frozenset({"confirm_receipt", "rate"})
"""What only the applicant does, on his own pages."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps that are open to this person, the likely one first; those that are not, with the reason."""

    open: tuple[Offer, ...]
    shut: tuple[Offer, ...]


def steps_for(actor: Actor, file: Story, day: date) -> Steps:
    """The steps that staff take, for this person on that day."""
    found = [offer for offer in offers(file.request, file.events, actor, day) if offer.name not in OF_APPLICANT]
    return Steps(tuple(offer for offer in found if offer.allowed), tuple(offer for offer in found if not offer.allowed))
