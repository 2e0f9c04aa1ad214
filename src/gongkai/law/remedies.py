"""What an applicant may do about a decision: by its legal ground and its day, never by the row of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from gongkai.law.errors import NotCovered
from gongkai.law.provisions import Basis, DataLoader, Span, open_data
from gongkai.law.words import Said, fill, say

GROUNDS = ("exempt", "partial", "other", "silence", "ended")
"""Refusal under arts 14–16, its part in a partial disclosure, any other decision, no reply in time, no decision due."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way of redress in force for a time. Periods are None where there is no such way."""

    variant: str
    label: str
    label_en: str
    grounds: tuple[str, ...]
    span: Span
    reconsideration_days: int | None
    suit_months: int | None
    suit_after_reconsideration_days: int | None
    template: Said
    basis: Basis

    def clause(self, *, body: str, court: str, body_en: str = "", court_en: str = "") -> Said:
        """The paragraph for the letter, naming the body for reconsideration and the court."""
        periods = {
            "reconsideration_days": self.reconsideration_days,
            "suit_months": self.suit_months,
            "suit_after_reconsideration_days": self.suit_after_reconsideration_days,
        }
        names = {"body": Said(body, body_en or body), "court": Said(court, court_en or court)}
        return fill(self.template.zh, self.template.en, {**periods, **names})


@dataclass(frozen=True, slots=True)
class Body:
    """Who reconsiders the decisions of a kind of agency, for a time (《行政复议法》第二十四条至第二十八条)."""

    agency: str
    label: str
    label_en: str
    body: str
    body_en: str
    span: Span
    basis: Basis


@dataclass(frozen=True, slots=True)
class OnlineClause:
    """What a letter adds where it is delivered through the internet (《行政复议法》第二十二条第二款)."""

    template: Said
    span: Span
    basis: Basis


def remedy_for(ground: str, decided: date) -> Remedy:
    """The one way of redress for that ground on the day of the decision. Raises NotCovered."""
    for remedy in remedies():
        if ground in remedy.grounds and decided in remedy.span:
            return remedy
    said = say("no_rule", day=decided, thing=Said("救济途径", "remedies"))
    raise NotCovered(said.zh, said.en)


def body_for(agency: str, decided: date) -> Body:
    """Who reconsiders the decisions of that kind of agency on that day. Raises NotCovered."""
    for body in bodies():
        if body.agency == agency and decided in body.span:
            return body
    said = say("no_rule", day=decided, thing=Said(f"复议机关（{agency}）", f"who reconsiders ({agency})"))
    raise NotCovered(said.zh, said.en)


@cache
def remedies() -> Sequence[Remedy]:
    """Every way of redress. Raises BrokenFile."""
    loader, data = open_data("remedies.toml")
    return load_remedies(loader, data)


def load_remedies(loader: DataLoader, data: dict[str, Any]) -> Sequence[Remedy]:
    """The ways of redress; for each ground no two on one day. Raises BrokenFile."""
    loader.take(data, "file", {"online": dict, "remedies": list, "bodies": list}, {})
    found = []
    words = dict.fromkeys(("variant", "label", "label_en", "clause", "clause_en"), str)
    periods = dict.fromkeys(("reconsideration_days", "suit_months", "suit_after_reconsideration_days"), int)
    for place, entry in loader.entries(data, "remedies", ""):
        entry = loader.take(
            entry,
            place,
            {**words, "grounds": list, "from": date, **loader.BASIS},
            {"to": date, **periods, **loader.MORE},
        )
        for ground in loader.words(entry, "grounds", place):
            if ground not in GROUNDS:
                raise loader.fail(place, f"unknown ground {ground!r}; known are {', '.join(GROUNDS)}")
        found.append(
            Remedy(
                entry["variant"],
                entry["label"],
                entry["label_en"],
                tuple(entry["grounds"]),
                loader.span(entry, place),
                entry.get("reconsideration_days"),
                entry.get("suit_months"),
                entry.get("suit_after_reconsideration_days"),
                Said(entry["clause"], entry["clause_en"]),
                loader.basis(entry, place),
            )
        )
    for ground in GROUNDS:
        loader.apart([remedy.span for remedy in found if ground in remedy.grounds], f"remedies for {ground}")
    return tuple(found)


@cache
def bodies() -> Sequence[Body]:
    """Every body for reconsideration. Raises BrokenFile."""
    loader, data = open_data("remedies.toml")
    found = []
    words = dict.fromkeys(("agency", "label", "label_en", "body", "body_en"), str)
    for place, entry in loader.entries(data, "bodies", ""):
        entry = loader.take(entry, place, {**words, "from": date, **loader.BASIS}, {"to": date, **loader.MORE})
        span, basis = loader.span(entry, place), loader.basis(entry, place)
        texts = entry["agency"], entry["label"], entry["label_en"], entry["body"], entry["body_en"]
        found.append(Body(*texts, span, basis))
    for agency in {body.agency for body in found}:
        loader.apart([body.span for body in found if body.agency == agency], f"bodies for {agency}")
    return tuple(found)


@cache
def online_clause() -> OnlineClause:
    """What a letter delivered through the internet adds. Raises BrokenFile."""
    loader, data = open_data("remedies.toml")
    keys = {"clause": str, "clause_en": str, "from": date, **loader.BASIS}
    entry = loader.take(data["online"], "online", keys, {"to": date, **loader.MORE})
    template = Said(entry["clause"], entry["clause_en"])
    return OnlineClause(template, loader.span(entry, "online"), loader.basis(entry, "online"))
