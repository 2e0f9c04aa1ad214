"""Which reports are meant: conditions on columns, an agency, an area; every value goes to SQL as a parameter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from gongkai.annual.checking.agency import full_name
from gongkai.annual.corpus.columns import columns, quoted
from gongkai.annual.corpus.database import CorpusError

_CONDITION = re.compile(r"\s*(.+?)\s*(!=|>=|<=|=|>|<)\s*(.*?)\s*")
_READ: Mapping[str, Callable[[str], object]] = {
    "VARCHAR": str,
    "INTEGER": int,
    "BIGINT": int,
    "DECIMAL": Decimal,
    "TIMESTAMP": datetime.fromisoformat,
}
"""The types of columns that conditions may be put to, and what a value of each must be read by."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """A condition in SQL with its values."""

    sql: str = "true"
    values: tuple[str, ...] = ()

    @classmethod
    def of(cls, where: str | Sequence[str], agency: str | None = None, area: str | None = None) -> Conditions:
        """All of these together. ``agency`` is a name or a part of one; ``area`` a place, alone or with those above it.

        Raises CorpusError for a condition that is none.
        """
        parts, values = [], []
        for told in [where] if isinstance(where, str) else where:
            part, value = _condition(told)
            parts.append(part)
            values += value
        if agency:
            parts.append("contains(agency_full, ?)")
            values.append(full_name(agency))
        if area:
            parts.append("(list_contains(areas, ?) OR starts_with(area, ?))")
            values += [area, area]
        return cls(" AND ".join(parts) or "true", tuple(values))


def _condition(told: str) -> tuple[str, list[str]]:
    match = _CONDITION.fullmatch(told)
    if match is None:
        raise CorpusError("corpus_condition", told=told)
    column, sign, value = match.groups()
    type = columns().get(column)
    if type is None or not type.startswith(tuple(_READ)) or type.endswith("[]"):
        raise CorpusError("corpus_no_column", column=column)
    if not value:
        return f"{quoted(column)} IS {'NOT ' if sign == '!=' else ''}NULL", []
    try:
        next(read for known, read in _READ.items() if type.startswith(known))(value)
    except (ValueError, ArithmeticError) as error:
        raise CorpusError("corpus_condition_value", told=told) from error
    if sign == "!=":
        return f"{quoted(column)} IS DISTINCT FROM CAST(? AS {type})", [value]
    return f"{quoted(column)} {sign} CAST(? AS {type})", [value]
