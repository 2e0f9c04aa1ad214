"""What can be done with a request now, and why the rest cannot: the buttons of its page, the likely one first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import prefetch_related_objects

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Words, in_language
from gongkai.law.clock import advance
from gongkai.law.errors import LawError
from gongkai.law.letters import letters
from gongkai.law.procedure import steps
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.fields import Field
from gongkai.requests.actions.registry import ACTIONS
from gongkai.requests.models import Event, Request
from gongkai.requests.policies import TABLE
from gongkai.requests.selectors.casefile import CaseFile


@dataclass(frozen=True, slots=True)
class Offer:
    """One action: its verb, whether it is allowed or ``why`` not, its article, the letter that goes out with it (None
    where there is none), what it takes. ``likely``: the one thing to do next; at most one offer is."""

    name: str
    label: Said
    allowed: bool
    why: Words | None
    basis: Said | None
    letter: Said | None
    fields: tuple[Field, ...]
    likely: bool = False


NEXT: Sequence[tuple[str, str, tuple[str, ...]]] = (
    ("not_received", "", ("confirm", "receive")),
    ("awaiting_supplement", "", ("end_without_supplement", "receive_supplement")),
    ("awaiting_fee", "", ("end_without_fee", "record_payment")),
    ("", "signed", ("tell_third_party", "dispatch", "deliver")),
    ("", "dispatched", ("deliver",)),
    ("", "reviewed", ("sign",)),
    ("", "drafted", ("review",)),
    ("", "returned", ("draft",)),
    ("awaiting_reasons", "", ("receive_reasons", "judge_reasons")),
    ("consulting", "", ("record_opinion",)),
    ("running", "", ("extend", "judge_reasons", "search", "draft")),
    ("answered", "", ("deliver", "confirm_receipt", "rate", "archive")),
    ("answered_late", "", ("deliver", "confirm_receipt", "rate", "archive")),
    ("closed", "", ("dispatch", "deliver", "archive")),
)
"""By state and stage (empty: any) what usually comes next: the first line that fits, its first that is allowed."""


def offers(request: Request, events: Sequence[Event] | None, actor: Actor, today: date) -> list[Offer]:
    """Every action for this person on that day: first the likely one, then what else is allowed, then what is not.

    ``events`` are the request's log in the order of entering, where it was read already. Three queries at most.
    """
    prefetch_related_objects([request], "decisions", "consultations")
    file = CaseFile(request, events)
    made = {name: _offer(action, file, actor, today) for name, action in ACTIONS.items()}
    likely = _likely(request, file, made)
    ordered = sorted(made.values(), key=lambda offer: (offer.name != likely, not offer.allowed))
    return [replace(offer, likely=True) if offer.name == likely else offer for offer in ordered]


def _offer(action: type[Action], file: CaseFile, actor: Actor, today: date) -> Offer:
    why = refusal(action, file, actor, today)
    letter = steps()[action.step].letter if action.step else ""
    told = letters()[letter] if letter else None
    try:
        basis = action.rests_on(today)
    except LawError:
        basis = None
    return Offer(
        name=action.name,
        label=action.verb(file),
        allowed=why is None,
        why=why,
        basis=basis,
        letter=Said(told.label, told.label_en) if told is not None else None,
        fields=action.fields,
    )


def refusal(action: type[Action], file: CaseFile, actor: Actor, today: date) -> Words | None:
    """Why this person cannot take the action today: who may, the request's own state, the law; None where he can."""
    why = TABLE[action.name].why_not(actor, file.request)
    if why is None:
        why = action.wanting(file, actor, today)
    if why is None:
        try:
            trial = action.trial(file, today)
            if trial is not None:
                advance(file.standing, trial, file.calendar)
        except LawError as error:
            why = in_language(Said(error.message, error.message_en))
    return why


def _likely(request: Request, file: CaseFile, made: dict[str, Offer]) -> str:
    for state, stage, names in NEXT:
        if state in ("", request.state) and stage in ("", request.stage):
            found = [name for name in names if name in made and made[name].allowed]
            if "search" in found and file.days("searched"):
                found.remove("search")
            return found[0] if found else ""
    return ""
