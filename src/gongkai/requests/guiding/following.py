"""Going through the guide: where a path of answers has led, and what may be answered there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.refusals import Refused
from gongkai.requests.guiding.questions import Answer, Question, questions

Path = Sequence[Sequence[str]]
"""Pairs of question and answer, as ``Decision.path`` keeps them."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where a path has led. ``taken``: each question with the answer that was given. Then one of three: the
    ``question`` to answer now with the ``answers`` that the law of the day has; the ``outcome``; the ``action`` that
    comes first."""

    taken: tuple[tuple[Question, Answer], ...]
    question: Question | None = None
    answers: tuple[Answer, ...] = ()
    outcome: str = ""
    action: str = ""

    @property
    def path(self) -> list[list[str]]:
        """The path as it is stored."""
        return [[question.name, answer.name] for question, answer in self.taken]

    @property
    def ended(self) -> bool:
        """Whether an outcome or an action is reached."""
        return self.question is None


def begin(day: date) -> Where:
    """The first question."""
    return follow((), day)


def follow(path: Path, day: date) -> Where:
    """Where the path leads under the law of that day. Raises Refused for a path that the guide does not have."""
    asked: Question | None = next(iter(questions().values()))
    taken: list[tuple[Question, Answer]] = []
    outcome = action = ""
    for step in path:
        name, given = step if len(step) == 2 else ("", "")
        answer = asked.answer(given) if asked is not None and asked.name == name else None
        if asked is None or answer is None or not answer.exists(day):
            raise Refused(_("判断过程与问题不符，请从头再答一遍。"), "path")
        taken.append((asked, answer))
        asked = questions()[answer.next] if answer.next else None
        outcome, action = answer.outcome, answer.action
    if asked is None:
        return Where(tuple(taken), outcome=outcome, action=action)
    return Where(tuple(taken), asked, tuple(answer for answer in asked.answers if answer.exists(day)))
