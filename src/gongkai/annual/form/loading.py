"""A form's file → a Form; a file that does not say what a form must say is refused with its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.annual.finding import Severity
from gongkai.annual.form.parts import Block, Column, Form, Group, Row, Rule, Section, Table
from gongkai.annual.loading import Loader, Types
from gongkai.annual.relation import BrokenRelation, parse

LEVELS = frozenset({"nation", "province", "city", "county", "township"})
KINDS = frozenset({"government", "department", "office", "authorised_body", "public_institution"})
AGENCIES = LEVELS | KINDS
"""The levels and kinds of agency to which a rule may be limited."""


def load(text: str, name: str) -> Form:
    """A form from the text of its file. ``name`` is used in messages. Raises BrokenForm."""
    loader = _FormLoader(name)
    return loader.form(loader.data(text))


class _FormLoader(Loader):
    """Turns a form file's data into a Form."""

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
        optional |= {
            "unit_heading": str,
            "serial_headings": list,
            "note_headings": list,
            "cumulative_heading": str,
            "cumulative_ending": str,
            "groups": list,
        }
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
            note_headings=self.words(data, "note_headings", place),
            cumulative_heading=data.get("cumulative_heading", ""),
            cumulative_ending=data.get("cumulative_ending", ""),
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
