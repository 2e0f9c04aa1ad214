"""The relations (勾稽关系) that forms declare in words like ``received + carried_in = total + carried_out``.

A relation is kept as one row of coefficients: left side minus right side, compared with zero. The same row serves one
report and a million of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

_SIGNS = ("<=", ">=", "=")
_TERM = re.compile(r"\s*([+-])?\s*([a-z0-9_.]+|0)\s*")


class BrokenRelation(ValueError):
    """A relation that cannot be understood; the message quotes it and says where it fails."""


@dataclass(frozen=True, slots=True)
class Term:
    """One name in a relation with its sign; ``previous`` says that last year's figure is meant."""

    name: str
    sign: int
    previous: bool = False


@dataclass(frozen=True)
class Relation:
    """``left sign right``; each side is a sum of terms, an empty side is zero."""

    left: tuple[Term, ...]
    sign: str
    right: tuple[Term, ...]

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """All terms brought to the left side: left minus right ``sign`` 0."""
        return self.left + tuple(Term(term.name, -term.sign, term.previous) for term in self.right)

    @property
    def looks_back(self) -> bool:
        """Whether the relation needs the report of the year before."""
        return any(term.previous for term in self.terms)


def parse(text: str) -> Relation:
    """``"total = a + b - previous.c"`` → Relation. Raises BrokenRelation."""
    for sign in _SIGNS:
        left, found, right = text.partition(sign)
        if found:
            return Relation(_side(left, text), sign, _side(right, text))
    raise BrokenRelation(f"no =, <= or >= in {text!r}")


def _side(side: str, whole: str) -> tuple[Term, ...]:
    if not side.strip():
        raise BrokenRelation(f"one side of {whole!r} is empty")
    terms: list[Term] = []
    at = 0
    while at < len(side):
        match = _TERM.match(side, at)
        if not match or (terms and not match[1]):
            raise BrokenRelation(f"cannot read {side[at:].strip()!r} in {whole!r}")
        at = match.end()
        if match[2] != "0":
            previous = match[2].startswith("previous.")
            terms.append(Term(match[2].removeprefix("previous."), -1 if match[1] == "-" else 1, previous))
        elif terms or at < len(side):
            raise BrokenRelation(f"0 stands beside other terms in {whole!r}")
    return tuple(terms)
