"""What a form is: sections, tables, rows, columns, units and rules, loaded from ``forms/*.toml``.

Everything that is known of a form stands in its file; a new form is a new file. Loading checks the file, so that a
broken form is a clear error before any report is read with it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from typing import Any

from gongkai.annual.finding import Severity
from gongkai.annual.relation import BrokenRelation, Relation, Term, parse


class BrokenForm(Exception):
    """A form file that does not say what a form must say. The message names the file, the place and what is wrong."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: key, label as printed, other labels seen, unit, the groups printed above it."""

    key: str
    label: str
    label_en: str
    unit: str = ""
    variants: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    decimal: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row that carries figures (``heading`` False), or a heading over rows. ``under`` is the key of its heading.

    ``short`` is what an officer calls the row in a sentence, where its label is long.
    """

    key: str
    label: str
    label_en: str
    number: str = ""
    unit: str = ""
    variants: tuple[str, ...] = ()
    outcome: bool = False
    heading: bool = False
    under: str | None = None
    decimal: bool = False
    short: str = ""

    @property
    def brief(self) -> str:
        """What to call the row in a sentence: its short name where the form gives one, else number and label."""
        return self.short or f"{self.number}{self.label}"

    @property
    def labels(self) -> tuple[str, ...]:
        """The label and its variants."""
        return (self.label, *self.variants)


@dataclass(frozen=True, slots=True)
class Group:
    """A label printed over several columns."""

    key: str
    label: str
    label_en: str
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Rows and columns that belong together, with the line printed above them (第二十条第（五）项)."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    heading: str = ""
    heading_en: str = ""


@dataclass(frozen=True)
class Table:
    """A table of a form. ``template`` makes a cell's name of its row's and column's keys.

    ``stub`` is what the form prints over the column of labels (``stub_variants``: what else is seen there), ``units``
    the units that stand in a column of their own under ``unit_heading``, where the table has one;
    figures under ``serial_headings`` (代码, 序号) count nothing.
    """

    name: str
    form: str
    section: int
    title: str
    title_en: str
    template: str
    blocks: tuple[Block, ...]
    groups: tuple[Group, ...] = ()
    stub: str = ""
    stub_en: str = ""
    stub_variants: tuple[str, ...] = ()
    unit: str = ""
    units: tuple[str, ...] = ()
    unit_heading: str = ""
    serial_headings: tuple[str, ...] = ()

    def cell(self, row: Row | str, column: Column | str) -> str:
        """The name of the cell in that row and column, without the table: ``received:total``."""
        row_key = row if isinstance(row, str) else row.key
        column_key = column if isinstance(column, str) else column.key
        return self.template.format(row=row_key, column=column_key)

    @cached_property
    def cells(self) -> Mapping[str, tuple[Row, Column]]:
        """Every cell of the table in the order in which the form prints them, with its row and column."""
        return {
            self.cell(row, column): (row, column)
            for block in self.blocks
            for row in block.rows
            if not row.heading
            for column in block.columns
        }

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows that carry figures, in order."""
        return tuple(row for block in self.blocks for row in block.rows if not row.heading)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns of all blocks, in order, each once."""
        return tuple(dict.fromkeys(column for block in self.blocks for column in block.columns))

    @cached_property
    def outcomes(self) -> tuple[Row, ...]:
        """The rows that are results of handling (art. 36 and others), which together make the total."""
        return tuple(row for row in self.rows if row.outcome)

    def label(self, cell: str, lang: str = "zh") -> str:
        """The cell in words: 「1.属于国家秘密 · 自然人」."""
        row, column = self.cells[cell]
        groups = {group.key: group for group in self.groups}
        over = [groups[key] for key in column.group if self.name != "requests" and key in groups]
        if lang == "zh":
            parts = [f"{row.number}{row.label}", *(group.label for group in over), column.label]
        else:
            parts = [row.label_en, *(group.label_en for group in over), column.label_en]
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class Rule:
    """A rule: code, severity, words and basis; for a relation what ``holds`` and for ``each`` what.

    ``kind`` is ``relation`` (default), ``filled`` (no blanks) or ``counts`` (whole numbers not below 0).
    ``agencies`` limits the rule to kinds of agency (``department``, ``county``, ``township``).
    """

    code: str
    severity: Severity
    words: str
    words_en: str
    basis: str
    kind: str = "relation"
    table: str | None = None
    each: str | None = None
    relation: Relation | None = None
    agencies: tuple[str, ...] = ()

    @property
    def looks_back(self) -> bool:
        """Whether the rule needs the report of the year before."""
        return self.relation is not None and self.relation.looks_back

    def instances(self, table: Table) -> Iterator[Relation]:
        """The relation over cells of that table: once for each column or row, or once as it stands."""
        if self.relation is None:
            return
        if self.each == "column":
            for column in table.columns:
                yield _over(self.relation, lambda name, c=column: _rows(table, name, c))
        elif self.each == "row":
            for row in table.rows:
                yield _over(self.relation, lambda name, r=row: [table.cell(r, name)])
        else:
            yield _over(self.relation, lambda name: [name])


def _rows(table: Table, name: str, column: Column) -> list[str]:
    return [table.cell(row, column) for row in table.outcomes] if name == "outcomes" else [table.cell(name, column)]


def _over(relation: Relation, cells: Any) -> Relation:
    def side(terms: tuple[Term, ...]) -> tuple[Term, ...]:
        return tuple(Term(cell, term.sign, term.previous) for term in terms for cell in cells(term.name))

    return Relation(side(relation.left), relation.sign, side(relation.right))


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report with the heading the form prescribes and headings seen instead of it."""

    number: int
    heading: str
    heading_en: str
    variants: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True)
class Form:
    """A form of the annual report, with the years it is for and the document it rests on."""

    name: str
    title: str
    title_en: str
    first_year: int
    last_year: int | None
    basis: str
    law: str
    sections: tuple[Section, ...]
    tables: Mapping[str, Table]
    rules: tuple[Rule, ...] = field(default=())

    def holds_for(self, year: int) -> bool:
        """Whether a report of that year is to use this form."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def rule(self, code: str) -> Rule:
        """The rule of that code. Raises KeyError."""
        for rule in self.rules:
            if rule.code == code:
                return rule
        raise KeyError(code)


@cache
def forms() -> Mapping[str, Form]:
    """All forms by name, oldest first, as the package ships them."""
    folder = resources.files("gongkai.annual") / "forms"
    names = sorted(
        entry.name for entry in folder.iterdir() if entry.name[:4].isdigit() and entry.name.endswith(".toml")
    )
    loaded = [load((folder / name).read_text(encoding="utf-8"), name) for name in names]
    return {form.name: form for form in loaded}


def form_for(year: int) -> Form | None:
    """The form that a report of that year is to use, or None for years before the first national form."""
    return next((form for form in forms().values() if form.holds_for(year)), None)


def load(text: str, name: str) -> Form:
    """A form from the text of its file. ``name`` is used in messages. Raises BrokenForm."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BrokenForm(f"{name}: not valid TOML: {error}") from error
    return _Loader(name).form(data)


LEVELS = frozenset({"nation", "province", "city", "county", "township"})
KINDS = frozenset({"government", "department", "office", "authorised_body", "public_institution"})
AGENCIES = LEVELS | KINDS
"""The levels and kinds of agency to which a rule may be limited."""

Types = Mapping[str, type]
"""The keys that an entry of a form file may have, and of what type each is."""


class _Loader:
    """Turns a form file's data into a Form and says exactly what is wrong with it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def fail(self, place: str, wrong: str) -> BrokenForm:
        return BrokenForm(f"{self.name}: {place}: {wrong}")

    def take(self, data: Any, place: str, required: Types, optional: Types) -> dict[str, Any]:
        """The entry's values; unknown, missing and wrongly typed keys are errors."""
        if not isinstance(data, dict):
            raise self.fail(place, "must be a table")
        known = {**required, **optional}
        for key, value in data.items():
            if key not in known:
                raise self.fail(place, f"unknown key {key!r}; known are {', '.join(sorted(known))}")
            if not isinstance(value, known[key]) or (known[key] is int and isinstance(value, bool)):
                raise self.fail(place, f"{key} must be {known[key].__name__}, not {type(value).__name__}")
        for key in required:
            if key not in data:
                raise self.fail(place, f"{key} is missing")
        return dict(data)

    def words(self, data: dict[str, Any], key: str, place: str) -> tuple[str, ...]:
        value = data.get(key, [])
        if not all(isinstance(item, str) for item in value):
            raise self.fail(place, f"{key} must be a list of words")
        return tuple(value)

    def form(self, data: dict[str, Any]) -> Form:
        text = dict.fromkeys(("name", "title", "title_en", "basis", "law"), str)
        self.take(data, "file", text | {"years": dict, "sections": list, "tables": dict}, {"rules": list})
        years = self.take(data["years"], "years", {"from": int}, {"to": int})
        if years["from"] > years.get("to", years["from"]):
            raise self.fail("years", "from is later than to")
        tables = {key: self.table(key, value, data["name"]) for key, value in data["tables"].items()}
        sections = tuple(self.section(entry, f"sections[{i}]") for i, entry in enumerate(data["sections"]))
        for section in sections:
            for name in section.tables:
                if name not in tables:
                    raise self.fail(f"section {section.number}", f"unknown table {name!r}")
        for table in tables.values():
            if not any(section.number == table.section and table.name in section.tables for section in sections):
                raise self.fail(f"tables.{table.name}", f"section {table.section} does not name this table")
        rules = tuple(self.rule(entry, f"rules[{i}]", tables) for i, entry in enumerate(data.get("rules", [])))
        codes = [rule.code for rule in rules]
        for code in codes:
            if codes.count(code) > 1:
                raise self.fail("rules", f"code {code!r} is used twice")
        return Form(
            name=data["name"],
            title=data["title"],
            title_en=data["title_en"],
            first_year=years["from"],
            last_year=years.get("to"),
            basis=data["basis"],
            law=data["law"],
            sections=sections,
            tables=tables,
            rules=rules,
        )

    def section(self, data: Any, place: str) -> Section:
        required = {"number": int, "heading": str, "heading_en": str}
        data = self.take(data, place, required, {"variants": list, "tables": list, "required": bool})
        return Section(
            data["number"],
            data["heading"],
            data["heading_en"],
            self.words(data, "variants", place),
            self.words(data, "tables", place),
            data.get("required", True),
        )

    def table(self, key: str, data: Any, form: str) -> Table:
        place = f"tables.{key}"
        required = {"section": int, "title": str, "title_en": str, "cell": str, "blocks": list}
        optional = {"stub": str, "stub_en": str, "stub_variants": list, "unit": str, "units": list}
        optional |= {"unit_heading": str, "serial_headings": list, "groups": list}
        data = self.take(data, place, required, optional)
        groups = tuple(self.group(entry, f"{place}.groups[{i}]") for i, entry in enumerate(data.get("groups", [])))
        blocks = tuple(self.block(entry, f"{place}.blocks[{i}]") for i, entry in enumerate(data["blocks"]))
        known = {group.key for group in groups}
        for block in blocks:
            for column in block.columns:
                for over in column.group:
                    if over not in known:
                        raise self.fail(f"{place}, column {column.key!r}", f"unknown group {over!r}")
        table = Table(
            name=key,
            form=form,
            section=data["section"],
            title=data["title"],
            title_en=data["title_en"],
            template=data["cell"],
            blocks=blocks,
            groups=groups,
            stub=data.get("stub", ""),
            stub_en=data.get("stub_en", ""),
            stub_variants=self.words(data, "stub_variants", place),
            unit=data.get("unit", ""),
            units=self.words(data, "units", place),
            unit_heading=data.get("unit_heading", ""),
            serial_headings=self.words(data, "serial_headings", place),
        )
        try:
            table.cell("row", "column")
        except (LookupError, AttributeError, TypeError, ValueError) as error:
            raise self.fail(place, f"cell must be made of {{row}} and {{column}}, not {data['cell']!r}") from error
        count = sum(len([row for row in block.rows if not row.heading]) * len(block.columns) for block in blocks)
        if len(table.cells) != count:
            raise self.fail(place, "two cells have the same name")
        return table

    def group(self, data: Any, place: str) -> Group:
        data = self.take(data, place, {"key": str, "label": str, "label_en": str}, {"variants": list})
        return Group(data["key"], data["label"], data["label_en"], self.words(data, "variants", place))

    def block(self, data: Any, place: str) -> Block:
        data = self.take(data, place, {"columns": list, "rows": list}, {"heading": str, "heading_en": str})
        columns = tuple(self.column(entry, f"{place}.columns[{i}]") for i, entry in enumerate(data["columns"]))
        rows = tuple(self.row(entry, f"{place}.rows[{i}]") for i, entry in enumerate(data["rows"]))
        headings = {row.key for row in rows}
        for row in rows:
            if row.under is not None and row.under not in headings:
                raise self.fail(f"{place}, row {row.key!r}", f"unknown heading {row.under!r}")
        return Block(columns, rows, data.get("heading", ""), data.get("heading_en", ""))

    def column(self, data: Any, place: str) -> Column:
        required = {"key": str, "label": str, "label_en": str}
        optional = {"unit": str, "variants": list, "group": list, "decimal": bool, "signed": bool}
        data = self.take(data, place, required, optional)
        return Column(
            data["key"],
            data["label"],
            data["label_en"],
            data.get("unit", ""),
            self.words(data, "variants", place),
            self.words(data, "group", place),
            data.get("decimal", False),
            data.get("signed", False),
        )

    def row(self, data: Any, place: str) -> Row:
        optional: Types = {
            **dict.fromkeys(("key", "heading", "under", "label", "label_en", "number", "unit", "short"), str),
            "variants": list,
            "outcome": bool,
            "decimal": bool,
        }
        data = self.take(data, place, {}, optional)
        if ("key" in data) == ("heading" in data):
            raise self.fail(place, "needs either key (a row of figures) or heading")
        if "label" not in data and data.get("key") != "":
            raise self.fail(place, "label is missing")
        return Row(
            key=data["key"] if "key" in data else data["heading"],
            label=data.get("label", ""),
            label_en=data.get("label_en", ""),
            number=data.get("number", ""),
            unit=data.get("unit", ""),
            variants=self.words(data, "variants", place),
            outcome=data.get("outcome", False),
            heading="heading" in data,
            under=data.get("under"),
            decimal=data.get("decimal", False),
            short=data.get("short", ""),
        )

    def rule(self, data: Any, place: str, tables: Mapping[str, Table]) -> Rule:
        required = dict.fromkeys(("code", "severity", "words", "words_en", "basis"), str)
        optional = {"kind": str, "table": str, "each": str, "holds": str, "agencies": list}
        data = self.take(data, place, required, optional)
        place = f"rule {data['code']}"
        if data["severity"] not in set(Severity):
            raise self.fail(place, f"severity must be one of {', '.join(Severity)}, not {data['severity']!r}")
        kind = data.get("kind", "relation")
        if kind not in ("relation", "filled", "counts"):
            raise self.fail(place, f"unknown kind {kind!r}")
        if (kind == "relation") != ("holds" in data):
            raise self.fail(place, "a relation needs holds, and only a relation has it")
        if data.get("each") not in (None, "row", "column"):
            raise self.fail(place, f"each must be row or column, not {data['each']!r}")
        if "table" in data and data["table"] not in tables:
            raise self.fail(place, f"unknown table {data['table']!r}")
        if kind == "relation" and "table" not in data:
            raise self.fail(place, "a relation needs its table")
        try:
            relation = parse(data["holds"]) if kind == "relation" else None
        except BrokenRelation as error:
            raise self.fail(place, str(error)) from error
        rule = Rule(
            code=data["code"],
            severity=Severity(data["severity"]),
            words=data["words"],
            words_en=data["words_en"],
            basis=data["basis"],
            kind=kind,
            table=data.get("table"),
            each=data.get("each"),
            relation=relation,
            agencies=self.words(data, "agencies", place),
        )
        for agency in rule.agencies:
            if agency not in AGENCIES:
                raise self.fail(place, f"unknown agency {agency!r}; known are {', '.join(sorted(AGENCIES))}")
        if rule.table is not None:
            self.known_cells(rule, tables[rule.table])
        return rule

    def known_cells(self, rule: Rule, table: Table) -> None:
        for relation in rule.instances(table):
            for term in relation.terms:
                if term.name not in table.cells:
                    raise self.fail(f"rule {rule.code}", f"no cell {term.name!r} in table {table.name!r}")
