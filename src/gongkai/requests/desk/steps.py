"""The steps of a request as the page offers them: those open as buttons, the likely one first, the others with why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Words
from gongkai.law.workdays import Calendar
from gongkai.requests.desk.forms import FORMS
from gongkai.requests.policies import TABLE
from gongkai.requests.selectors.story import Story


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its name in policies.TABLE, its words, and why it is not open now (None: it is)."""

    name: str
    label: Words
    why_not: Words | None


@dataclass(frozen=True, slots=True)
class Steps:
    """The open steps, the likely one first; those not open now."""

    open: tuple[Step, ...]
    shut: tuple[Step, ...]


def steps_for(actor: Actor, file: Story, day: date, calendar: Calendar) -> Steps:
    """The steps that staff take, for this person on that day."""
    found = [Step(name, form.label, TABLE[name].why_not(actor, file.request)) for name, form in FORMS.items()]
    return Steps(
        tuple(step for step in found if step.why_not is None),
        tuple(step for step in found if step.why_not is not None),
    )
