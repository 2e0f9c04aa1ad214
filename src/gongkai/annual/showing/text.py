"""Results for a terminal or a pipe: the verdict first, then what is wrong, then the tables it is wrong in.

Works in black and white: every state has a sign or a word of its own, colour only repeats it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Columns
from rich.text import Text

from gongkai.annual.finding import Severity
from gongkai.annual.form import Block, Column, Group, Row
from gongkai.annual.form.layout import headings_over
from gongkai.annual.showing.cleaning import clean, one_line
from gongkai.annual.showing.gathering import by_trouble, unplaced, views
from gongkai.annual.showing.marks import Note, Seen, ShownTable, State
from gongkai.annual.showing.naming import number, report_name
from gongkai.annual.showing.result import Result
from gongkai.annual.showing.view import View
from gongkai.annual.showing.words import say
from gongkai.annual.showing.wrapping import Broken, packed

SIGNS = {Severity.ERROR: "▲", Severity.WARNING: "◐", Severity.INFO: "○", None: "●"}
"""The sign of each severity, and of a report in which nothing is wrong."""

STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue", None: "green"}

PIPE_WIDTH = 120
"""The width of tables where the output is no terminal; sentences are not broken there at all."""

APART = "  "
"""Between the parts of a line."""

ROOM = {"zh": 100, "en": 116}
"""The width from which a table with labels and many columns is shown in columns."""


def check_text(result: Result, out: TextIO, lang: str = "zh", width: int | None = None) -> None:
    """Writes a checked result to ``out``: one line of verdict, then each report that has findings, gravest first."""
    on_console(out, width, lambda console: Writer(console, lang).checked(result))


def read_text(result: Result, out: TextIO, lang: str = "zh", width: int | None = None) -> None:
    """Writes what was read to ``out``: each report's tables, indicators and figures of the text."""
    on_console(out, width, lambda console: Writer(console, lang).read(result))


def on_console(out: TextIO, width: int | None, fill: Callable[[Console], None]) -> None:
    """Lets ``fill`` write: straight to a terminal; into a pipe or file without the blanks that fill a line."""
    console = Console(file=out, highlight=False, markup=False, emoji=False, width=width)
    if console.is_terminal:
        fill(console)
        return
    held = io.StringIO()
    fill(Console(file=held, highlight=False, markup=False, emoji=False, width=width or PIPE_WIDTH))
    out.write("".join(f"{line.rstrip()}\n" for line in held.getvalue().splitlines()))


class Writer:
    """Writes reports, their findings and tables to a console, in one language."""

    def __init__(self, console: Console, lang: str) -> None:
        self.console = console
        self.lang = lang

    def say(self, key: str, **values: object) -> str:
        return say(key, self.lang, **values)

    def checked(self, result: Result) -> None:
        self.line(Text(one_line(result.headline[self.lang]), "bold"))
        shown = by_trouble(views(result))
        general = [Note(i, finding) for i, finding in enumerate(unplaced(result), 1)]
        if len(shown) > 1:
            self.line("")
            self.console.print(self.summary(shown))
        if general:
            self.title(self.say("general_heading"))
            for note in general:
                self.finding(note, None)
        for view in shown:
            if view.notes:
                name = report_name(view.report, self.lang, short=True)
                self.title(f"{SIGNS[view.severity]} {name}", view.file)
                for note in view.notes:
                    self.finding(note, view)
                marked = [table for table in view.tables if table.there and table.marked]
                for table in marked:
                    self.table(view, table)
                if any(row.seen.notes for row in view.indicators):
                    self.indicators(view)
                if marked:
                    self.line(Text(self.say("marks_explained"), "dim"), 2)

    def read(self, result: Result) -> None:
        for view in views(result):
            report = view.report
            form = self.say("form", name=report.form) if report.form else self.say("form_unknown")
            self.title(report_name(report, self.lang), f"{form}  {view.file}", first=view.number == 1)
            for table in view.tables:
                if table.there:
                    self.table(view, table)
                else:
                    self.line("")
                    self.line(Text(f"{view.caption(table.sheet.table, self.lang)}  {self.say('table_absent')}"), 2)
            if view.indicators:
                self.indicators(view)
            if view.figures:
                self.figures(view)
            if view.tables:
                self.line("")
                self.line(Text(self.say("marks_explained"), "dim"), 2)
            if view.notes:
                self.line("")
                for note in view.notes:
                    self.finding(note, view)

    def line(self, text: Text | str | list[Text], indent: int = 0, hang: int = 0) -> None:
        """A line of words: on a terminal broken to its width, all but the first set in by ``hang``; in a pipe whole.

        Words given in parts are broken between these before they are broken within one.
        """
        parts = text if isinstance(text, list) else [Text(text) if isinstance(text, str) else text]
        room = max(self.console.width - indent - hang, 20)
        lines = packed(parts, APART, room) if self.console.is_terminal else [Text(APART).join(parts)]
        for number_of, part in enumerate(lines):
            blank = Text(" " * (indent + (hang if number_of else 0)))
            self.console.print(blank + part, soft_wrap=True)

    def title(self, words: str, beside: str = "", *, first: bool = False) -> None:
        if not first:
            self.line("")
        title = Text(one_line(words), "bold")
        if beside:
            title.append(f"  {one_line(beside)}", "not bold dim")
        self.line(title)

    def summary(self, shown: tuple[View, ...]) -> Columns:
        table = plain_columns()
        keys = {"result": "left", "agency": "left", "year": "right", "file": "left"}
        for key in keys:
            table.add_column(self.say(key), justify="right" if keys[key] == "right" else "left", overflow="fold")
        counted = ((Severity.ERROR, "errors"), (Severity.WARNING, "warnings"), (Severity.INFO, "infos"))
        for view in shown:
            counts = [self.say(key, n=view.count(severity)) for severity, key in counted if view.count(severity)]
            verdict = f"{SIGNS[view.severity]} {'，'.join(counts) if self.lang == 'zh' else ', '.join(counts)}"
            if not counts:
                verdict += self.say("report_clean")
            agency = view.report.agency or self.say("agency_unknown")
            cells = [Text(one_line(part)) for part in (agency, number(view.report.year) or "—", view.file)]
            table.add_row(*(Broken(cell) for cell in (Text(verdict, STYLES[view.severity]), *cells)))
        return table

    def finding(self, note: Note, view: View | None) -> None:
        finding = note.finding
        head = Text(f"[{note.number}] ")
        head.append(f"{SIGNS[finding.severity]} {self.say(finding.severity)}", f"bold {STYLES[finding.severity]}")
        head.append(f" {one_line(note.words(self.lang))}")
        self.line(head, 2, 4)
        parts = {
            "expected": note.beside(finding.expected, self.lang),
            "printed" if isinstance(finding.actual, str) else "actual": note.beside(finding.actual, self.lang),
            "where": finding.where.words(self.lang) if finding.where else "",
            "cells": view.named(note, self.lang) if view else "",
            "basis": finding.basis,
            "code": finding.code,
        }
        below = [Text(f"{self.say(key)} {one_line(part)}", "dim") for key, part in parts.items() if part]
        self.line(below, 6)

    def table(self, view: View, shown: ShownTable) -> None:
        """The table in its shortest form that the width allows."""
        table = shown.sheet.table
        self.line("")
        self.line(Text(view.caption(table, self.lang), "bold"), 2)
        if len(table.blocks) > 1 or (shown.sheet.labels and self.console.width < ROOM[self.lang]):
            self.listed(shown)
        else:
            self.console.print(Padding(self.columns(shown), (0, 0, 0, 2), expand=False))
        if shown.inferred:
            self.line(Text(self.say("all_inferred"), "dim"), 4)
        for seen in shown.others:
            self.line(Text(f"{one_line(view.label(seen.name, self.lang))} ") + self.seen(seen), 4)

    def columns(self, shown: ShownTable) -> Columns:
        """A line for each row of the form; for each group of columns where its rows have no labels. Columns of figures
        are as wide as their figures and the longest word over them; what is left is for the labels."""
        block = shown.sheet.table.blocks[0]
        rows = plain_columns()
        rows.add_column("", overflow="fold")
        lines = [
            (name, [self.seen(seen, shown) for seen in cells])
            for name, cells in (self.labelled(shown, block) if shown.sheet.labels else self.grouped(shown, block))
        ]
        for at, label in enumerate(dict.fromkeys(self.words(column) for column in block.columns)):
            figures = [cells[at].cell_len for _, cells in lines if at < len(cells)]
            rows.add_column(label, justify="right", width=max(4, *figures, *map(cell_len, label.split())))
        for name, cells in lines:
            indent = len(name.plain) - len(name.plain.lstrip())
            rows.add_row(Padding(name[indent:], (0, 0, 0, indent)), *cells)
        return rows

    def listed(self, shown: ShownTable) -> None:
        """A line for each row: its figures that are not 0 behind their columns' names, or one 0 for all."""
        for block in shown.sheet.table.blocks:
            for label, cells in self.labelled(shown, block):
                told = [pair for pair in zip(block.columns, cells, strict=False) if _tells(pair[1])]
                figures = [Text(f"{self.words(column)} ", "dim") + self.seen(seen, shown) for column, seen in told]
                if cells and not told:
                    figures = [Text("0" if shown.inferred or not _any_inferred(cells) else "0*")]
                elif len(told) < len(cells):
                    figures.append(Text(self.say("rest_zero"), "dim"))
                self.line([label, *figures], 4, 4)

    def words(self, labelled: Column | Row | Group) -> str:
        return labelled.label if self.lang == "zh" else labelled.label_en

    def labelled(self, shown: ShownTable, block: Block) -> Iterator[tuple[Text, list[Seen]]]:
        table = shown.sheet.table
        for row in block.rows:
            words = row.number + row.label if self.lang == "zh" else row.label_en
            label = Text("  " * len(headings_over(block, row)) + words)
            if row.heading:
                yield label, []
            else:
                names = (f"{table.name}/{table.cell(row, column)}" for column in block.columns)
                yield label, [shown.cells[name] for name in names]

    def grouped(self, shown: ShownTable, block: Block) -> Iterator[tuple[Text, list[Seen]]]:
        table = shown.sheet.table
        names = {group.key: group for group in table.groups}
        for path in dict.fromkeys(column.group for column in block.columns):
            label = " · ".join(self.words(names[key]) for key in path)
            of_path = [column for column in block.columns if column.group == path]
            yield Text(label), [shown.cells[f"{table.name}/{table.cell(block.rows[0], column)}"] for column in of_path]

    def seen(self, seen: Seen, shown: ShownTable | None = None) -> Text:
        """A figure with its state and the numbers of the findings about it."""
        words = {
            State.READ: seen.figure,
            State.INFERRED: seen.figure if shown and shown.inferred else f"{seen.figure}*",
            State.BLANK: self.say("state_blank"),
            State.UNREAD: self.say("state_unread"),
            State.ABSENT: "—",
        }
        text = Text(words[seen.state], "dim" if seen.state in (State.BLANK, State.ABSENT) and not seen.ringed else "")
        if seen.ringed:
            text.append("[" + ",".join(str(note.number) for note in seen.ringed) + "]")
            text.stylize(f"bold {STYLES[seen.severity]}")
        return text

    def indicators(self, view: View) -> None:
        self.line("")
        self.line(Text(self.say("indicators_heading"), "bold"), 2)
        rows = plain_columns()
        rows.add_column(self.say("indicator"), overflow="fold")
        rows.add_column(self.say("unit"))
        rows.add_column(self.say("figure"), justify="right")
        if more := any(row.cumulative for row in view.indicators):
            rows.add_column(self.say("cumulative"), justify="right")
        for row in view.indicators:
            cells = (Text(one_line(row.indicator.label)), Text(one_line(row.indicator.unit)), self.seen(row.seen))
            rows.add_row(*cells, *([Text(row.cumulative)] if more else []))
        self.console.print(Padding(rows, (0, 0, 0, 2), expand=False))

    def figures(self, view: View) -> None:
        self.line("")
        self.line(Text(self.say("narrative_heading"), "bold"), 2)
        for figure in view.figures:
            place = one_line(figure.where.words(self.lang))
            words = Text(f"{number(figure.value)}{clean(figure.unit)}", "bold")
            words.append(f"  {one_line(figure.phrase or figure.sentence)}", "not bold")
            self.line(words.append(f"  {place}", "not bold dim") if place else words, 4)


def _tells(seen: Seen) -> bool:
    """Whether a figure says more than that there is none."""
    there = seen.state in (State.READ, State.INFERRED)
    return not there or bool(seen.notes) or seen.figure.strip("0.") != ""


def _any_inferred(cells: list[Seen]) -> bool:
    return any(seen.state is State.INFERRED for seen in cells)


def plain_columns() -> Columns:
    """A table without rules, as all tables here are set."""
    return Columns(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
