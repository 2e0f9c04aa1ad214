"""What a step rests on, what it would do to the period today, and which letter goes out with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.agencies.calendars import calendar_of
from gongkai.law.clock import Standing, advance, replay
from gongkai.law.errors import LawError
from gongkai.law.events import Event as LawEvent
from gongkai.law.events import settled
from gongkai.law.letters import letters
from gongkai.law.procedure import Step, steps
from gongkai.law.words import Said
from gongkai.requests import stories
from gongkai.requests.selectors.story import Story

NOTHING = Said("", "")


@dataclass(frozen=True, slots=True)
class Explanation:
    """The article; the effect in words, as the law's clock tells it; the letter and what it must say."""

    basis: Said = NOTHING
    effect: Said = NOTHING
    letter: Said | None = None
    contents: tuple[Said, ...] = ()


def explained(event: str, file: Story, day: date) -> Explanation:
    """The explanation of a step of the law's procedure; an empty one for what is none."""
    step = steps().get(event)
    if step is None:
        return Explanation()
    try:
        basis = step.on(day).basis
    except LawError:
        return Explanation()
    letter = letters().get(step.letter)
    return Explanation(
        Said(basis.words, basis.words_en),
        _effect(step, file, day),
        Said(letter.label, letter.label_en) if letter else None,
        letter.contents if letter else (),
    )


def _effect(step: Step, file: Story, day: date) -> Said:
    """What the clock would say of the step if it were taken that day; empty where the law wants more to say so."""
    request = file.request
    calendar = calendar_of(request.agency.region)
    log = stories.law_log(request.channel, file.events)
    try:
        standing = replay(settled(log.events), calendar, Standing(channel=request.channel))
        return advance(standing, LawEvent(step.name, day), calendar).steps[-1].effect
    except LawError:
        return NOTHING
