"""The questions of the guide as data (``data/*.toml``): each with its article, each answer with where it leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from gongkai.law.outcomes import outcomes
from gongkai.law.procedure import steps
from gongkai.law.provisions import Basis, DataLoader
from gongkai.law.words import Said
from gongkai.requests.actions.registry import ACTIONS

STAGES: Mapping[str, Said] = {
    "supplement": Said("补不补", "Is a correction needed?"),
    "request": Said("是不是", "Is it a request for government information?"),
    "responsible": Said("谁负责", "Who is responsible?"),
    "existing": Said("有没有", "Does it exist?"),
    "giving": Said("给不给", "May it be given?"),
    "form": Said("怎么给", "In which form?"),
    "answer": Said("怎么答", "What does the reply say?"),
}
"""The seven steps in their order."""
LEADS = ("next", "outcome", "action")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer and where it leads: to the ``next`` question, to an ``outcome``, or to an ``action`` that comes first;
    the other two are empty."""

    name: str
    said: Said
    next: str = ""
    outcome: str = ""
    action: str = ""

    def exists(self, day: date) -> bool:
        """Whether the law of that day has what the answer leads to."""
        if self.outcome:
            return outcomes()[self.outcome].exists(day)
        step = ACTIONS[self.action].step if self.action else ""
        return not step or any(day in rule.span for rule in steps()[step].rules)


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a stage, with its article; ``help`` is for the officer, None where there is nothing to add."""

    name: str
    stage: str
    said: Said
    help: Said | None
    basis: Basis
    answers: tuple[Answer, ...]

    def answer(self, name: str) -> Answer | None:
        """The answer of that name; None where there is no such."""
        return next((answer for answer in self.answers if answer.name == name), None)


@cache
def questions() -> Mapping[str, Question]:
    """Every question by name, the first one first. Raises BrokenFile."""
    folder = resources.files(__package__).joinpath("data")
    found: dict[str, Question] = {}
    for file in sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name):
        loader = DataLoader(f"requests/guiding/data/{file.name}")
        for name, entry in loader.data(file.read_text(encoding="utf-8")).items():
            found[name] = load_question(loader, name, entry)
    check(DataLoader("requests/guiding/data"), found)
    return found


def load_question(loader: DataLoader, name: str, data: Any) -> Question:
    """A question from its entry. Raises BrokenFile."""
    required = {"stage": str, "zh": str, "en": str, "answers": list, **loader.BASIS}
    data = loader.take(data, name, required, {"help": str, "help_en": str, **loader.MORE})
    if data["stage"] not in STAGES:
        raise loader.fail(name, f"unknown stage {data['stage']!r}; known are {', '.join(STAGES)}")
    if bool(data.get("help")) != bool(data.get("help_en")):
        raise loader.fail(name, "help and help_en go together")
    answers = []
    for place, entry in loader.entries(data, "answers", name):
        entry = loader.take(entry, place, {"name": str, "zh": str, "en": str}, dict.fromkeys(LEADS, str))
        if len([lead for lead in LEADS if lead in entry]) != 1:
            raise loader.fail(place, f"must lead somewhere by exactly one of {', '.join(LEADS)}")
        leads = (entry.get(lead, "") for lead in LEADS)
        answers.append(Answer(entry["name"], Said(entry["zh"], entry["en"]), *leads))
    if len({answer.name for answer in answers}) != len(answers) or not answers:
        raise loader.fail(name, "answers must be there, each with a name of its own")
    help = Said(data["help"], data["help_en"]) if data.get("help") else None
    return Question(name, data["stage"], Said(data["zh"], data["en"]), help, loader.basis(data, name), tuple(answers))


def check(loader: DataLoader, found: Mapping[str, Question]) -> None:
    """Every answer leads to what there is, and never back to an earlier stage. Raises BrokenFile."""
    order = list(STAGES)
    for question in found.values():
        for answer in question.answers:
            place = f"{question.name}.{answer.name}"
            if answer.next:
                if answer.next not in found:
                    raise loader.fail(place, f"unknown question {answer.next!r}")
                if order.index(found[answer.next].stage) < order.index(question.stage):
                    raise loader.fail(place, f"leads back to an earlier stage, {found[answer.next].stage}")
            if answer.outcome and answer.outcome not in outcomes():
                raise loader.fail(place, f"unknown outcome {answer.outcome!r}")
            if answer.action and answer.action not in ACTIONS:
                raise loader.fail(place, f"unknown action {answer.action!r}")
