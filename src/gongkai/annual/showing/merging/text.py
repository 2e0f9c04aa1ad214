"""A merge for a terminal or a pipe: the sentence, what is to be settled, the list of parts, the merged tables."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console
from rich.text import Text

from gongkai.annual.merging import Merged
from gongkai.annual.showing.cleaning import one_line
from gongkai.annual.showing.merging.view import MergedView
from gongkai.annual.showing.naming import report_name
from gongkai.annual.showing.text import SIGNS, STYLES, Writer, on_console, plain_columns


def text(merged: Merged, out: TextIO, lang: str = "zh", width: int | None = None) -> None:
    """Writes the merge to ``out``, the one sentence first."""
    on_console(out, width, lambda console: _write(Writer(console, lang), console, MergedView(merged, lang)))


def _write(writer: Writer, console: Console, view: MergedView) -> None:
    writer.line(Text(one_line(view.headline), "bold"))
    if view.whole.notes:
        writer.title(writer.say("merged_findings_heading"))
        for note in view.whole.notes:
            writer.finding(note, view.whole)
    writer.title(writer.say("merged_parts_heading"), view.counts)
    table = plain_columns()
    for key in ("merged_part_state", "agency", "file"):
        table.add_column(writer.say(key), overflow="fold")
    for line in view.lines():
        state = Text(f"{SIGNS[line.severity]} {line.state}", STYLES[line.severity])
        table.add_row(state, Text(one_line(line.agency)), Text(one_line(line.file)))
    console.print(table)
    if view.merged.report is None:
        return
    writer.title(report_name(view.merged.report, view.lang), view.form)
    for shown in view.whole.tables:
        writer.table(view.whole, shown)
    if view.whole.indicators:
        writer.indicators(view.whole)
    writer.line("")
    writer.line(Text(writer.say("merged_report_hint"), "dim"), 2)
