"""What a step rests on, what it would do to the period today, and which letter goes out with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.law.clock import advance
from gongkai.law.errors import LawError
from gongkai.law.letters import letters
from gongkai.law.procedure import steps
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.selectors.casefile import CaseFile
from gongkai.requests.selectors.story import Story

NOTHING = Said("", "")


@dataclass(frozen=True, slots=True)
class Explanation:
    """The article; the effect in words, as the law's clock tells it; the letter, what it must say, its
    clause on redress."""

    basis: Said = NOTHING
    effect: Said = NOTHING
    letter: Said | None = None
    contents: tuple[Said, ...] = ()
    remedy: Said = NOTHING


def explained(action: type[Action], file: Story, day: date) -> Explanation:
    """The explanation of an action, if taken on that day."""
    try:
        basis = action.rests_on(day)
    except LawError:
        basis = NOTHING
    letter = letters().get(steps()[action.step].letter) if action.step else None
    return Explanation(
        basis,
        _effect(action, file, day),
        Said(letter.label, letter.label_en) if letter else None,
        letter.contents if letter else (),
    )


def _effect(action: type[Action], file: Story, day: date) -> Said:
    """What the clock would say of the step if it were taken that day; empty where the law does not allow it, or wants
    to know more before it can say."""
    case = CaseFile(file.request, file.events)
    try:
        trial = action.trial(case, day)
        return advance(case.standing, trial, case.calendar).steps[-1].effect if trial else NOTHING
    except LawError:
        return NOTHING
