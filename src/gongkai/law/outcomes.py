"""The outcomes of a request: legal basis, cell of the report, letter and remedy, each by the day of the decision."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from gongkai.law.errors import NotCovered
from gongkai.law.letters import Letter, letters
from gongkai.law.provisions import Basis, DataLoader, Span, open_data
from gongkai.law.remedies import GROUNDS, Remedy, remedy_for
from gongkai.law.words import Said, listed, say


@dataclass(frozen=True, slots=True)
class OutcomeRule:
    """On which basis, and on which kind of ground, an outcome rests for a time."""

    span: Span
    ground: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way in which a request may end. ``cell`` is the row of table three in the form of 2021."""

    name: str
    label: str
    label_en: str
    cell: str
    cell_2019: str
    letter_key: str
    rules: tuple[OutcomeRule, ...]

    def on(self, decided: date) -> OutcomeRule:
        """The rule of that day. Raises NotCovered where the law of the day had no such outcome."""
        found = next((rule for rule in self.rules if decided in rule.span), None)
        if found is None:
            said = say("no_rule", day=decided, thing=Said(self.label, self.label_en))
            raise NotCovered(said.zh, said.en)
        return found

    def exists(self, decided: date) -> bool:
        """Whether the law of that day had this outcome."""
        return any(decided in rule.span for rule in self.rules)

    def cell_in(self, form: str) -> str:
        """The row of table three in the form of that name: 2019 or 2021."""
        return self.cell_2019 if form == "2019" else self.cell

    @property
    def letter(self) -> Letter:
        """The letter that tells of it."""
        return letters()[self.letter_key]

    def remedy(self, decided: date, parts: Collection[str] = ()) -> Remedy:
        """The way of redress, by the ground and the day (never by the cell). Of a separated answer the ground is that
        of its ``parts``, the names of their outcomes, where they are known: only where something is withheld under
        arts 14–16 does reconsideration come first. Raises NotCovered."""
        ground = self.on(decided).ground
        if ground == "partial" and parts:
            rules = (rule for name in parts for rule in outcome(name).rules if decided in rule.span)
            ground = "partial" if any(rule.ground == "exempt" for rule in rules) else "other"
        return remedy_for(ground, decided)


def outcome(name: str) -> Outcome:
    """The outcome of that name. Raises NotCovered for a name that is none."""
    found = outcomes().get(name)
    if found is None:
        said = say("no_such_outcome", name=name, known=listed(outcomes()))
        raise NotCovered(said.zh, said.en)
    return found


@cache
def outcomes() -> Mapping[str, Outcome]:
    """Every outcome by name, in the order of the report. Raises BrokenFile."""
    loader, data = open_data("outcomes.toml")
    return {name: load_outcome(loader, name, entry) for name, entry in data.items()}


def load_outcome(loader: DataLoader, name: str, data: Any) -> Outcome:
    """An outcome from its entry. Raises BrokenFile."""
    words = dict.fromkeys(("label", "label_en", "cell", "letter"), str)
    data = loader.take(data, name, {**words, "rules": list}, {"cell_2019": str})
    if data["letter"] not in letters():
        raise loader.fail(name, f"unknown letter {data['letter']!r}")
    rules = []
    for place, entry in loader.entries(data, "rules", name):
        entry = loader.take(entry, place, {"from": date, "ground": str, **loader.BASIS}, {"to": date, **loader.MORE})
        if entry["ground"] not in GROUNDS:
            raise loader.fail(place, f"unknown ground {entry['ground']!r}; known are {', '.join(GROUNDS)}")
        rules.append(OutcomeRule(loader.span(entry, place), entry["ground"], loader.basis(entry, place)))
    loader.apart([rule.span for rule in rules], name)
    cell_2019 = data.get("cell_2019", data["cell"])
    return Outcome(name, data["label"], data["label_en"], data["cell"], cell_2019, data["letter"], tuple(rules))
