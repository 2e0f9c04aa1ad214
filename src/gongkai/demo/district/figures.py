"""Two agencies whose table three of a year equals a given one: which requests that takes, by outcome and applicant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from gongkai.demo.district.data import figure_files, read
from gongkai.law.outcomes import outcomes

Counts = Mapping[str, int]
"""By the kind of the applicant."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Table three of an agency and a year, as far as it is not zero: 一 received, 二 carried in, 三 ended by row,
    四 carried out."""

    agency: str
    year: int
    received: Counts
    ended: Mapping[str, Counts]
    carried_in: Counts = field(default_factory=dict)
    carried_out: Counts = field(default_factory=dict)

    def wanted(self) -> Iterator[Wanted]:
        """The requests that make these figures."""
        for cell, counts in self.ended.items():
            names = [name for name, outcome in outcomes().items() if outcome.cell == cell]
            for kind, count in counts.items():
                yield from (Wanted(kind, names[number % len(names)]) for number in range(count))
        for kind, count in self.carried_out.items():
            yield from (Wanted(kind, "granted.provided", carried_out=True) for _ in range(count))


@dataclass(frozen=True, slots=True)
class Wanted:
    """One request of the figures: whose, how it ends, and whether in the year or in the next."""

    kind: str
    outcome: str
    carried_out: bool = False


@cache
def all_figures() -> Mapping[tuple[str, int], Figures]:
    """The figures by agency and year. Raises BrokenFile."""
    made = [_figures(read(name)) for name in figure_files()]
    return {(figures.agency, figures.year): figures for figures in made}


def _figures(data: Mapping[str, Any]) -> Figures:
    return Figures(
        data["agency"],
        data["year"],
        data["received"],
        data["ended"],
        data.get("carried_in", {}),
        data.get("carried_out", {}),
    )
