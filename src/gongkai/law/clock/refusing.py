"""The errors with which a step is refused, from the sentences of ``data/words.toml``."""

from __future__ import annotations

from gongkai.law.errors import Contradiction, NotLawful
from gongkai.law.events import Event
from gongkai.law.procedure import steps
from gongkai.law.provisions import Basis
from gongkai.law.words import Said, say


def refuse(key: str, event: Event, basis: Basis, **values: object) -> NotLawful:
    """The error for a step that the law does not allow, with its article."""
    said = say(key, **_told(event, values))
    return NotLawful(said.zh, said.en, basis=basis.words, basis_en=basis.words_en, event=event.name)


def contradicts(key: str, event: Event, **values: object) -> Contradiction:
    """The error for an entry that contradicts what went before."""
    said = say(key, **_told(event, values))
    return Contradiction(said.zh, said.en, event=event.name)


def _told(event: Event, values: dict[str, object]) -> dict[str, object]:
    step = steps()[event.name]
    return {"day": event.day, "step": Said(step.label, step.label_en), **values}
