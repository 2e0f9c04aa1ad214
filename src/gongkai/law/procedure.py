"""The steps of a request: who may take one, in which phase, its article, its effect on the clock, its letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from gongkai.law.errors import NotCovered, NotLawful
from gongkai.law.provisions import Basis, DataLoader, Span, data_files, open_data
from gongkai.law.words import Said, say


class Phase(StrEnum):
    """How far a request has come, as far as the next step depends on it."""

    NOT_RECEIVED = "not_received"
    OPEN = "open"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    AWAITING_FEE = "awaiting_fee"
    ANSWERED = "answered"
    CLOSED = "closed"


class Effect(StrEnum):
    """What a step does to the period for the reply; explained in data/procedure/1-receipt.toml."""

    FACT = "fact"
    BEGIN = "begin"
    WAIT = "wait"
    RESTART = "restart"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    DEFER = "defer"
    REPLY = "reply"
    SEND = "send"
    CLOSE = "close"
    NONE = "none"


PEOPLE = ("applicant", "officer", "reviewer", "signatory", "lead_head", "third_party", "agency", "system")


@dataclass(frozen=True, slots=True)
class StepRule:
    """What a step does under the law of a time, in words, and on which basis."""

    span: Span
    effect: Effect
    says: str
    says_en: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Step:
    """A step that may be taken in a request.

    ``letter`` names the letter that goes out, ``outcome`` the outcome with which a closing step ends the request; each
    is empty where there is none.
    """

    name: str
    label: str
    label_en: str
    who: tuple[str, ...]
    phases: tuple[Phase, ...]
    rules: tuple[StepRule, ...]
    letter: str = ""
    outcome: str = ""

    def on(self, day: date) -> StepRule:
        """The rule of that day. Raises NotCovered before the first Regulation, NotLawful where there was none."""
        found = next((rule for rule in self.rules if day in rule.span), None)
        if found is not None:
            return found
        since = min(rule.span.since for rule in steps()["received"].rules)
        if day < since:
            said = say("not_in_force", since=since, day=day)
            raise NotCovered(said.zh, said.en)
        later = min((rule for rule in self.rules if rule.span.since > day), key=lambda rule: rule.span.since)
        said = say("not_yet_provided", step=Said(self.label, self.label_en), since=later.span.since, day=day)
        basis = later.basis
        raise NotLawful(said.zh, said.en, basis=basis.words, basis_en=basis.words_en, event=self.name)


@cache
def steps() -> Mapping[str, Step]:
    """Every step by the name of its event. Raises BrokenFile."""
    found: dict[str, Step] = {}
    for file in data_files("procedure"):
        loader, data = open_data(file)
        found |= {name: load_step(loader, name, entry) for name, entry in data.items()}
    return found


def load_step(loader: DataLoader, name: str, data: Any) -> Step:
    """A step from its entry. Raises BrokenFile."""
    required = {"label": str, "label_en": str, "who": list, "phases": list, "rules": list}
    data = loader.take(data, name, required, {"letter": str, "outcome": str})
    for person in loader.words(data, "who", name):
        if person not in PEOPLE:
            raise loader.fail(name, f"unknown person {person!r}; known are {', '.join(PEOPLE)}")
    for phase in loader.words(data, "phases", name):
        if phase not in set(Phase):
            raise loader.fail(name, f"unknown phase {phase!r}; known are {', '.join(Phase)}")
    rules = []
    for place, entry in loader.entries(data, "rules", name):
        keys = {"from": date, "effect": str, "says": str, "says_en": str, **loader.BASIS}
        entry = loader.take(entry, place, keys, {"to": date, **loader.MORE})
        if entry["effect"] not in set(Effect):
            raise loader.fail(place, f"unknown effect {entry['effect']!r}; known are {', '.join(Effect)}")
        span, basis = loader.span(entry, place), loader.basis(entry, place)
        rules.append(StepRule(span, Effect(entry["effect"]), entry["says"], entry["says_en"], basis))
    if not rules:
        raise loader.fail(name, "rules is empty")
    loader.apart([rule.span for rule in rules], name)
    phases = tuple(Phase(phase) for phase in data["phases"])
    letter, outcome = data.get("letter", ""), data.get("outcome", "")
    return Step(name, data["label"], data["label_en"], tuple(data["who"]), phases, tuple(rules), letter, outcome)


@dataclass(frozen=True, slots=True)
class WayRule:
    """Which event's day counts for a channel or a way of delivery."""

    event: str
    span: Span
    basis: Basis


@dataclass(frozen=True, slots=True)
class Way:
    """A channel by which a request comes in, or a way in which a reply goes out.

    ``same_day``: the event on whose day the agency must act. ``allowed``: whether it may be used at all.
    """

    name: str
    label: str
    label_en: str
    rules: tuple[WayRule, ...]
    same_day: str = ""
    allowed: bool = True

    def on(self, day: date) -> WayRule:
        """The rule of that day. Raises NotCovered."""
        found = next((rule for rule in self.rules if day in rule.span), None)
        if found is None:
            said = say("no_rule", day=day, thing=Said(self.label, self.label_en))
            raise NotCovered(said.zh, said.en)
        return found


@cache
def channels() -> Mapping[str, Way]:
    """The channels of receipt by name (《条例》第三十一条). Raises BrokenFile."""
    return _ways("receipt.toml")


@cache
def deliveries() -> Mapping[str, Way]:
    """The ways of delivery by name (国办公开办函〔2016〕235号). Raises BrokenFile."""
    return _ways("delivery.toml")


def _ways(file: str) -> Mapping[str, Way]:
    loader, data = open_data(file)
    found = {}
    for name, entry in data.items():
        required = {"label": str, "label_en": str, "rules": list}
        entry = loader.take(entry, name, required, {"same_day": str, "allowed": bool})
        rules = []
        for place, rule in loader.entries(entry, "rules", name):
            rule = loader.take(rule, place, {"day": str, "from": date, **loader.BASIS}, {"to": date, **loader.MORE})
            if rule["day"] not in steps():
                raise loader.fail(place, f"unknown event {rule['day']!r}")
            rules.append(WayRule(rule["day"], loader.span(rule, place), loader.basis(rule, place)))
        loader.apart([rule.span for rule in rules], name)
        found[name] = Way(
            name, entry["label"], entry["label_en"], tuple(rules), entry.get("same_day", ""), entry.get("allowed", True)
        )
    return found
