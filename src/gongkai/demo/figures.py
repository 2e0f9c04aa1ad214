"""Made-up figures for a form's tables: drawn at random, then settled so that every relation of the form holds.

What relates to what is read from the form's rules, so that a new form needs nothing here. The figures look like real
ones: three cells of four are 0, natural persons ask most, a few figures are large.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from random import Random

from gongkai.annual.finding import Number
from gongkai.annual.form import Column, Form, Row, Rule, Table
from gongkai.annual.relation import Relation

Values = dict[str, Number | None]
"""The figures of one table by the cell's name within the table; None is a blank."""

Tables = dict[str, Values]
"""The figures of a report by table."""

_ROUNDS = 12


def draw(
    form: Form,
    rng: Random,
    *,
    volume: float = 2.0,
    previous: Mapping[str, Mapping[str, Number | None]] | None = None,
    kinds: tuple[str, ...] = (),
) -> Tables:
    """Figures for every table of the form in which all its rules hold.

    ``volume`` is the power of ten that the largest counts reach; ``previous`` the figures of the year before (carried
    over where a rule looks back); ``kinds`` says which rules of agencies apply (``Agency.kinds``).
    """
    tables: Tables = {name: _drawn(table, rng, volume) for name, table in form.tables.items()}
    settle(form, tables, previous=previous, kinds=kinds)
    return tables


def _drawn(table: Table, rng: Random, volume: float) -> Values:
    return {cell: _figure(table, row, column, rng, volume) for cell, (row, column) in table.cells.items()}


def _figure(table: Table, row: Row, column: Column, rng: Random, volume: float) -> Number:
    """One figure. In tables with groups of columns (applicants, courts) the outer columns carry most of the figures."""
    if column.signed:
        return rng.choice((0, 0, 0, 0, 1, 2, 7, -1, -3, -12))
    if column.decimal or row.decimal:
        if rng.random() < 0.4:
            return 0
        yuan = (column.unit or row.unit) == "元"
        amount = 10 ** rng.uniform(3.5, volume + 5) if yuan else 10 ** rng.uniform(0, volume + 2)
        return _tidy(round(amount, rng.choice((0, 1, 2, 2) if yuan else (0, 1, 2, 2, 4, 6))))
    if table.groups:
        filled = 0.4 if len(column.group) == 1 else 0.07
        return _count(rng, volume - 0.7) if rng.random() < filled else 0
    return _count(rng, volume) if rng.random() < 0.7 else 0


def _count(rng: Random, volume: float) -> int:
    return int(10 ** rng.uniform(0, max(volume, 0.4)))


def _tidy(amount: float) -> Number:
    text = f"{amount:.6f}".rstrip("0").rstrip(".")
    return Decimal(text) if "." in text else int(text)


def settle(
    form: Form,
    tables: Tables,
    *,
    previous: Mapping[str, Mapping[str, Number | None]] | None = None,
    kinds: tuple[str, ...] = (),
    without: str | None = None,
) -> None:
    """Change the figures until all relations hold but those of the rule ``without``. The tables are changed in place.

    An equation decides its first figure (a total, what was received, what is in force); where another equation has
    decided that one already, the difference goes into the parts. Raises ValueError where it cannot be done.
    """
    for _ in range(_ROUNDS):
        changed = False
        for rule in form.rules:
            if rule.code == without or not applies(rule, kinds) or rule.table is None or rule.table not in tables:
                continue
            past = (previous or {}).get(rule.table)
            for relation in rule.instances(form.tables[rule.table]):
                if not holds(relation, tables[rule.table], past):
                    _mend(relation, tables[rule.table], past, form, rule)
                    changed = True
        if not changed:
            return
    raise ValueError(f"the figures of form {form.name} do not settle")


def applies(rule: Rule, kinds: tuple[str, ...]) -> bool:
    """Whether a relation is to hold for an agency of these kinds."""
    return rule.relation is not None and (not rule.agencies or bool(set(rule.agencies) & set(kinds)))


def holds(relation: Relation, values: Mapping[str, Number | None], past: Mapping[str, Number | None] | None) -> bool:
    """Whether the relation holds; so it does where it needs a year that is not known or a figure that is blank."""
    difference: Number = 0
    for term in relation.terms:
        source = past if term.previous else values
        value = source.get(term.name) if source is not None else None
        if value is None:
            return True
        difference += term.sign * value
    return {"=": difference == 0, "<=": difference <= 0, ">=": difference >= 0}[relation.sign]


def broken(
    form: Form,
    tables: Mapping[str, Mapping[str, Number | None]],
    previous: Mapping[str, Mapping[str, Number | None]] | None = None,
    kinds: tuple[str, ...] = (),
) -> Iterator[tuple[Rule, Relation]]:
    """The relations of the form's rules that do not hold."""
    for rule in form.rules:
        if rule.table is not None and rule.table in tables and applies(rule, kinds):
            for relation in rule.instances(form.tables[rule.table]):
                if not holds(relation, tables[rule.table], (previous or {}).get(rule.table)):
                    yield rule, relation


def _mend(relation: Relation, values: Values, past: Mapping[str, Number | None] | None, form: Form, rule: Rule) -> None:
    """Change the relation's first figure so that it holds; none becomes negative."""
    first = relation.left[0]
    if relation.sign == "=" and not relation.right:
        values.update({term.name: 0 for term in relation.left})
        return
    lacking: Number = 0
    for term in relation.terms:
        value = (past if term.previous and past is not None else values)[term.name]
        lacking -= term.sign * (value or 0)
    if _decided_before(first.name, rule, form):
        _into_the_parts(first.name, lacking, values, rule, form)
        return
    wanted = (values[first.name] or 0) + lacking
    if wanted < 0:
        grows = [term for term in relation.right if term.sign > 0 and not term.previous][-1]
        values[grows.name] = (values[grows.name] or 0) - wanted
        wanted = 0
    values[first.name] = wanted


def _equations(form: Form, rule: Rule) -> Iterator[Relation]:
    """The equations of the same table declared before the rule."""
    for earlier in form.rules:
        if earlier.code == rule.code:
            return
        if earlier.table == rule.table and earlier.relation and earlier.relation.sign == "=" and not earlier.each:
            yield earlier.relation


def _decided_before(name: str, rule: Rule, form: Form) -> bool:
    return any(relation.left[0].name == name for relation in _equations(form, rule))


def _into_the_parts(name: str, lacking: Number, values: Values, rule: Rule, form: Form) -> None:
    """Add what lacks to the parts of the sum that decides the figure, as far as each can bear it."""
    parts = next(relation.right for relation in _equations(form, rule) if relation.left[0].name == name)
    for part in parts:
        value = values[part.name] or 0
        change = max(lacking, -value)
        values[part.name] = value + change
        lacking -= change
    values[name] = sum(((values[part.name] or 0) for part in parts), start=0)
