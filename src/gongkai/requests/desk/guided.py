"""The guide at the desk: one question at a time, its article, what each answer leads to; the way is in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from gongkai.agencies.refusals import Refused, Words
from gongkai.law.outcomes import outcomes
from gongkai.law.words import Said
from gongkai.requests.actions.registry import ACTIONS
from gongkai.requests.guiding import STAGES, Answer, Question, Where, begin, follow, proved
from gongkai.requests.guiding.questions import questions
from gongkai.requests.selectors.story import Story

BETWEEN, WITHIN = "~", "."
"""How a way through the guide is written in an address: question.answer~question.answer."""


def from_address(written: str) -> list[list[str]]:
    """The way as ``guiding`` takes it."""
    return [step.split(WITHIN, 1) for step in written.split(BETWEEN) if step]


def to_address(path: Sequence[Sequence[str]]) -> str:
    """The way as an address has it."""
    return BETWEEN.join(WITHIN.join(step) for step in path)


PATH = "path"
"""Under what name an address has the way."""
ON = Said("下一个问题", "next question")
"""What an answer leads to that stays in the same stage."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that may be given: where it goes, and in words what it leads to."""

    said: Said
    address: str
    leads: Said
    ends: bool


@dataclass(frozen=True, slots=True)
class Passed:
    """A question that was answered; ``address`` leads back to it."""

    question: Question
    answer: Answer
    address: str


def guide_page(http: HttpRequest, file: Story, day: date, why_not: Words | None) -> HttpResponse:
    """The question that the address has come to; at its end the step that comes first, or the draft."""
    base = reverse("desk:step", args=[file.request.pk, "draft"])
    try:
        where = follow(from_address(http.GET.get(PATH, "")), day)
    except Refused:
        where = begin(day)
    shown: dict[str, Any] = {
        "case": file.request,
        "where": where,
        "stages": _stages(where),
        "choices": [_choice(base, where, answer) for answer in where.answers],
        "proved": proved(where.question.name, file) if where.question is not None else [],
        "passed": _passed(base, where),
        "first": where.action,
        "first_label": ACTIONS[where.action].label if where.action else None,
        "first_address": _first(file, where) if where.action else "",
        "draft": _address(base, where.path, where.outcome) if where.outcome else "",
        "outcomes": [
            (outcome, f"{base}?{urlencode({'outcome': outcome.name})}")
            for outcome in outcomes().values()
            if outcome.exists(day) and outcome.name not in ("other.supplement_overdue", "other.fee_overdue")
        ],
        "why_not": why_not,
    }
    return render(http, "desk/request/guide.html", shown)


def _address(base: str, path: Sequence[Sequence[str]], outcome: str = "") -> str:
    told = {PATH: to_address(path), **({"outcome": outcome} if outcome else {})}
    return f"{base}?{urlencode(told)}"


def _first(file: Story, where: Where) -> str:
    """The form of the step that comes first; from there one comes back to the question that led to it."""
    address = reverse("desk:step", args=[file.request.pk, where.action])
    return f"{address}?{urlencode({PATH: to_address(where.path[:-1])})}"


def back_to_guide(pk: int, path: str) -> str:
    """The guide at the end of that way."""
    return f"{reverse('desk:step', args=[pk, 'draft'])}?{urlencode({PATH: path})}"


def _choice(base: str, where: Where, answer: Answer) -> Choice:
    assert where.question is not None
    path = [*where.path, [where.question.name, answer.name]]
    if answer.outcome:
        found = outcomes()[answer.outcome]
        return Choice(answer.said, _address(base, path, answer.outcome), Said(found.label, found.label_en), True)
    if answer.action:
        return Choice(answer.said, _address(base, path), ACTIONS[answer.action].label, True)
    stage = questions()[answer.next].stage
    return Choice(answer.said, _address(base, path), ON if stage == where.question.stage else STAGES[stage], False)


def _passed(base: str, where: Where) -> list[Passed]:
    return [
        Passed(question, answer, _address(base, where.path[:place]))
        for place, (question, answer) in enumerate(where.taken)
    ]


def _stages(where: Where) -> list[tuple[Said, str]]:
    """The seven stages: which lie behind, which is now, which lie ahead."""
    now = where.question.stage if where.question else (where.taken[-1][0].stage if where.taken else "")
    order = list(STAGES)
    at = order.index(now) if now else 0
    return [
        (said, "done" if place < at else "now" if place == at else "ahead")
        for place, said in enumerate(STAGES.values())
    ]
