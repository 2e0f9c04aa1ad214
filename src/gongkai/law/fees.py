"""信息处理费: what may be charged for requests beyond a number, by request or by page (国办函〔2020〕109号)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from gongkai.law.errors import NotCovered
from gongkai.law.provisions import Basis, DataLoader, Span, open_data
from gongkai.law.words import Said, say


@dataclass(frozen=True, slots=True)
class Tier:
    """From the ``first`` to the ``last`` each costs ``yuan``; with ``step``, each further step costs ``rise`` more."""

    first: int
    last: int | None
    yuan: int
    step: int | None = None
    rise: int = 0

    def parts(self, after: int, until: int) -> list[Part]:
        """What those in this tier among the ``after + 1``st to the ``until``th cost, step by step."""
        parts = []
        begin = max(self.first, after + 1)
        last = until if self.last is None else min(until, self.last)
        while begin <= last:
            steps = 0 if self.step is None else (begin - self.first) // self.step
            end = last if self.step is None else min(last, self.first + (steps + 1) * self.step - 1)
            parts.append(Part(begin, end, self.yuan + steps * self.rise))
            begin = end + 1
        return parts


@dataclass(frozen=True, slots=True)
class Part:
    """The ``first`` to the ``last`` at so many yuan each."""

    first: int
    last: int
    yuan: int

    @property
    def amount(self) -> int:
        """What they cost together, in yuan."""
        return (self.last - self.first + 1) * self.yuan


@dataclass(frozen=True, slots=True)
class Standard:
    """One of the two standards: by request (``items``) or by page (``pages``)."""

    key: str
    label: str
    label_en: str
    unit: str
    unit_en: str
    unit_en_one: str
    span: Span
    tiers: tuple[Tier, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Fee:
    """An amount in yuan and how it comes about."""

    standard: Standard
    parts: tuple[Part, ...]

    @property
    def amount(self) -> int:
        """The whole, in yuan."""
        return sum(part.amount for part in self.parts)

    def to_json(self, lang: str = "zh") -> dict[str, Any]:
        """What ``gongkai fee --format json`` prints."""
        basis = self.standard.basis
        parts = [{"from": p.first, "to": p.last, "yuan_each": p.yuan, "yuan": p.amount} for p in self.parts]
        cited = basis.words_en if lang == "en" else basis.words
        note = basis.note_en if lang == "en" else basis.note
        return {
            "standard": self.standard.key,
            "yuan": self.amount,
            "parts": parts,
            "basis": cited,
            "to_be_confirmed": note or None,
        }


def fee_by_items(count: int, on: date, *, before: int = 0) -> Fee:
    """The fee for so many further requests of one applicant in a calendar month after ``before`` others (art. 4).

    Raises NotCovered where nothing could be charged yet on that day, ValueError for a count below zero.
    """
    return _fee("items", count, on, before)


def fee_by_pages(count: int, on: date) -> Fee:
    """The fee for so many pages given for one request (art. 5). Raises as ``fee_by_items``."""
    return _fee("pages", count, on, 0)


def _fee(key: str, count: int, on: date, before: int) -> Fee:
    if count < 0 or before < 0:
        raise ValueError("a count is not below zero")
    standard = standards()[key]
    if on not in standard.span:
        source = standard.basis.source
        measures = Said(source.short, source.short_en)
        said = say("not_yet_charged", measures=measures, since=standard.span.since, day=on)
        raise NotCovered(said.zh, said.en)
    return Fee(standard, tuple(part for tier in standard.tiers for part in tier.parts(before, before + count)))


@cache
def standards() -> Mapping[str, Standard]:
    """The two standards by key. Raises BrokenFile."""
    loader, data = open_data("fees.toml")
    return {key: load_standard(loader, key, entry) for key, entry in data.items()}


def load_standard(loader: DataLoader, key: str, data: Any) -> Standard:
    """A standard from its entry: its tiers follow one another without a gap. Raises BrokenFile."""
    words = dict.fromkeys(("label", "label_en", "unit", "unit_en", "unit_en_one"), str)
    data = loader.take(data, key, {**words, "from": date, "tiers": list, **loader.BASIS}, {"to": date, **loader.MORE})
    tiers: list[Tier] = []
    for place, entry in loader.entries(data, "tiers", key):
        entry = loader.take(entry, place, {"first": int, "yuan": int}, {"last": int, "step": int, "rise": int})
        tier = Tier(entry["first"], entry.get("last"), entry["yuan"], entry.get("step"), entry.get("rise", 0))
        expected = 1 if not tiers else (tiers[-1].last or 0) + 1
        if tier.first != expected:
            raise loader.fail(place, f"first must be {expected}, not {tier.first}: tiers follow one another")
        tiers.append(tier)
    if not tiers or tiers[-1].last is not None:
        raise loader.fail(key, "the last tier must be open: without last")
    span, basis = loader.span(data, key), loader.basis(data, key)
    return Standard(
        key,
        data["label"],
        data["label_en"],
        data["unit"],
        data["unit_en"],
        data["unit_en_one"],
        span,
        tuple(tiers),
        basis,
    )
