"""A comparison for a terminal or a pipe: the sentence, what is worth telling, the figures that differ, the texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from gongkai.annual.comparing import Change, Comparison, Line
from gongkai.annual.showing.cleaning import one_line
from gongkai.annual.showing.comparing.view import NOTABLE, CompareView
from gongkai.annual.showing.text import Writer, on_console, plain_columns


def text(compared: Comparison, out: TextIO, lang: str = "zh", width: int | None = None) -> None:
    """Writes the comparison to ``out``, the one sentence first; of the tables the cells that differ."""
    on_console(out, width, lambda console: _write(Writer(console, lang), console, CompareView(compared, lang)))


def _write(writer: Writer, console: Console, view: CompareView) -> None:
    writer.line(Text(one_line(view.headline), "bold"))
    if view.notes:
        writer.line("")
        for note in view.notes:
            writer.finding(note, None)
    for table in view.compared.tables:
        _cells(writer, console, view, view.caption(table.table), [line for line in table.lines if _moves(line)])
    own = [line for line in view.compared.indicators if _moves(line)]
    _cells(writer, console, view, writer.say("indicators_heading"), own)
    if view.compared.sections:
        left, right = view.columns[-2:]
        writer.title(view.say("compared_text_heading", left=left, right=right))
        for section in view.compared.sections:
            parts = [Text(one_line(view.section_name(section)))]
            if section.likeness is not None:
                parts.append(Text(view.say("compared_likeness", percent=section.likeness), "dim"))
            writer.line([*parts, Text(view.section_counts(section), "dim")], 2, 4)
    if view.compared.figures:
        writer.title(view.say("compared_told_heading"))
        rows = plain_columns()
        rows.add_column(view.say("compared_counted"), overflow="fold")
        for column in (*view.columns, view.say("compared_difference")):
            rows.add_column(column, justify="right", overflow="fold")
        for figure in view.compared.figures:
            label = figure.label if view.lang == "zh" else figure.label_en
            rows.add_row(label, *map(view.values, figure.values), view.difference(figure.changes[-1]))
        console.print(Padding(rows, (0, 0, 0, 2), expand=False))


def _moves(line: Line) -> bool:
    return any(change is not None and change.difference for change in line.changes)


def _cells(writer: Writer, console: Console, view: CompareView, caption: str, lines: Sequence[Line]) -> None:
    """The cells that differ, with the change from the last report but one to the last; a figure is marked where it
    differs by much from the one before it."""
    if not lines:
        return
    writer.title(caption)
    rows = plain_columns()
    rows.add_column(writer.say("cell"), overflow="fold")
    for column in (*view.columns, view.say("compared_difference"), view.say("compared_percent")):
        rows.add_column(column, justify="right")
    for line in lines:
        change = line.changes[-1]
        steps = zip(line.entries, (None, *line.changes), strict=True)
        figures = [_figure(view.entry(entry), step) for entry, step in steps]
        rows.add_row(one_line(view.label(line)), *figures, view.difference(change), view.percent(change))
    console.print(Padding(rows, (0, 0, 0, 2), expand=False))


def _figure(words: str, step: Change | None) -> Text:
    mark = Text(f"{NOTABLE} " if step and step.notable else "", "bold yellow")
    return mark.append(words, "not bold default")
