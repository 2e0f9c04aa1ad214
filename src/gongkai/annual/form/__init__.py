"""What a form is: sections, tables, rows, columns, units and rules, loaded from ``forms/*.toml``.

Everything that is known of a form stands in its file; a new form is a new file. Loading checks the file, so that a
broken form is a clear error before any report is read with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from gongkai.annual.form.loading import AGENCIES, KINDS, LEVELS, load
from gongkai.annual.form.parts import Block, Column, Form, Group, Row, Rule, Section, Table
from gongkai.annual.loading import BrokenForm

__all__ = [
    "AGENCIES",
    "KINDS",
    "LEVELS",
    "Block",
    "BrokenForm",
    "Column",
    "Form",
    "Group",
    "Row",
    "Rule",
    "Section",
    "Table",
    "cell_names",
    "form_for",
    "forms",
    "load",
]


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


@cache
def cell_names() -> frozenset[str]:
    """The full name of every cell of every form (``requests/received:total``)."""
    return frozenset(
        f"{table.name}/{cell}" for form in forms().values() for table in form.tables.values() for cell in table.cells
    )
