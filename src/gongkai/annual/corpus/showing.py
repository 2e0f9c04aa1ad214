"""Accounts, answers and checks of a corpus for people: on a terminal or in a pipe."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table as Columns
from rich.text import Text

from gongkai.annual.corpus.building import Account
from gongkai.annual.corpus.checking import CorpusChecked
from gongkai.annual.corpus.columns import NO_REPORT, OTHER_KIND, READ, UNREADABLE
from gongkai.annual.corpus.fitting import GAP, fitted
from gongkai.annual.corpus.querying import Answer
from gongkai.annual.finding import Severity
from gongkai.annual.form import Row, Table, forms
from gongkai.annual.showing.cleaning import one_line
from gongkai.annual.showing.naming import number
from gongkai.annual.showing.text import PIPE_WIDTH, SIGNS, STYLES
from gongkai.annual.showing.words import catalogue, say
from gongkai.annual.showing.wrapping import Broken

NAMED = 20
"""So many files are named on a terminal; all of them stand in the other formats."""


def account_text(account: Account, out: TextIO, lang: str = "zh") -> None:
    """What became of every file: the counts, then the files that could not be read with the reason."""

    def told(console: Console) -> None:
        def line(words: str, style: str = "", indent: int = 0) -> None:
            console.print(Text(" " * indent + one_line(words), style), soft_wrap=True)

        line(say("corpus_built", lang, n=account.files, file=account.path, seconds=f"{account.seconds:,.1f}"), "bold")
        for status in (READ, UNREADABLE, NO_REPORT, OTHER_KIND):
            count = account.counts.get(status, 0)
            kinds = ", ".join(f"{kind or '—'} {n}" for kind, n in sorted(account.other_kinds.items()))
            more = f"  {kinds}" if status == OTHER_KIND and kinds else ""
            if count or status == READ:
                line(f"{say(f'corpus_{status}', lang, n=count)}{more}", indent=2)
        for count, key in ((account.taken_over, "corpus_taken_over"), (account.gone, "corpus_gone")):
            if count:
                line(say(key, lang, n=count), "dim", 2)
        for status in (UNREADABLE, NO_REPORT):
            for file, *reasons in account.unread(NAMED, status):
                words = say("about_file", lang, file=file, message=reasons[lang != "zh"])
                line(words, STYLES[Severity.ERROR] if status == UNREADABLE else "", 4)
            if (left := account.counts.get(status, 0) - NAMED) > 0:
                line(say("corpus_more_files", lang, n=left, file=account.path, status=status), "dim", 4)

    _print(out, told)


def answer_text(answer: Answer, out: TextIO, lang: str = "zh") -> None:
    """The answer as a table; a sum that lacks some reports' figures says of how many."""
    beside = set(answer.beside.values())
    other = "error" if lang == "en" else "error_en"
    shown = [name for name in answer.columns if name not in beside and name != other]
    rows = [[_shown(answer, row, name, lang) for name in shown] for row in answer.dicts()]
    headings = [heading(name, lang) for name in shown]

    def told(console: Console) -> None:
        table = _table()
        widths = fitted(headings, [[text.plain for text in row] for row in rows], console.width)
        for at, name in enumerate(shown):
            figures = name in answer.beside or _is_number(answer.types[answer.columns.index(name)])
            table.add_column(
                headings[at],
                justify="right" if figures else "left",
                overflow="fold",
                width=widths[at] if widths else None,
            )
        for row in rows:
            table.add_row(*map(Broken, row))
        console.print(table)
        if not answer.rows:
            console.print(Text(say("corpus_nothing", lang)))

    _print(out, told)


def _shown(answer: Answer, row: dict[str, Any], name: str, lang: str) -> Text:
    value = row[name]
    explained = row.get(answer.beside.get(name, ""))
    if isinstance(explained, int) and explained:
        said = say("corpus_lacking", lang, n=explained)
        return Text(f"{figure(value)}{said}" if value is not None else f"—{said}")
    if value is None and explained:
        key = {"blank": "state_blank", "unread": "state_unread", "beyond": "corpus_beyond"}.get(explained)
        return Text(say(key, lang) if key else "—", "dim")
    if explained == "inferred":
        return Text(f"{figure(value)}*")
    if name in _CODED and value is not None and f"corpus_{name}_{value}" in catalogue():
        return Text(say(f"corpus_{name}_{value}", lang))
    if isinstance(value, datetime):
        value = value.replace(microsecond=0)
    return Text(one_line(figure(value)) if value is not None else "—")


_CODED = ("kind", "status")
"""Columns whose values are names of ours."""


def _is_number(type: str) -> bool:
    return type.startswith(("DECIMAL", "BIGINT", "INTEGER", "HUGEINT", "DOUBLE", "UBIGINT", "SMALLINT", "FLOAT"))


def figure(value: Any) -> str:
    """A value in words: figures with all their digits and no needless zeros behind the point."""
    if isinstance(value, Decimal):
        return number(value).rstrip("0").rstrip(".") if "." in number(value) else number(value)
    if isinstance(value, bytes | bytearray):
        return b64encode(value).decode()
    if isinstance(value, list):
        return " ".join(figure(part) for part in value)
    return "" if value is None else str(value)


def _heading_over(table: Table, row: Row) -> Row | None:
    rows = (each for block in table.blocks for each in block.rows)
    return next((each for each in rows if each.heading and each.key == row.under), None)


@cache
def heading(name: str, lang: str) -> str:
    """What a column is called: a cell by its label in the newest form that has it, others by our words."""
    table, _, cell = name.partition("/")
    for form in list(forms().values())[::-1]:
        if table in form.tables and cell in form.tables[table].cells:
            row, column = form.tables[table].cells[cell]
            over = _heading_over(form.tables[table], row)
            # Which total it is, a label that says no more than 总计 does not tell.
            if over and column.key == "total" and row.label == column.label:
                return say("corpus_sum_of", lang, rows=over.label if lang == "zh" else over.label_en)
            if lang == "zh" and row.short:
                return row.short if column.key == "total" else f"{row.short} · {column.label}"
            return form.tables[table].label(cell, lang)
    key = f"corpus_column_{name}"
    return say(key, lang) if key in catalogue() else name


def notes(answer: Answer, lang: str = "zh") -> Iterator[str]:
    """What must be known of an answer, a line each: double counts, several reports of one agency and year."""
    for note in answer.notes:
        yield note[lang != "zh"]
    for duplicate in answer.duplicates[:NAMED]:
        agency = duplicate.agency or say("agency_unknown", lang)
        year = duplicate.year or say("year_unknown", lang)
        files = ("、" if lang == "zh" else ", ").join(duplicate.files)
        key = "corpus_duplicate" if duplicate.taken else "corpus_duplicate_all"
        yield say(key, lang, agency=agency, year=year, files=files, taken=duplicate.taken)
    if len(answer.duplicates) > NAMED:
        yield say("corpus_more_duplicates", lang, n=len(answer.duplicates) - NAMED)


def headline(checked: CorpusChecked, lang: str = "zh") -> str:
    """The check in one sentence."""
    if not checked.reports:
        return say("corpus_no_reports", lang)
    broken = len({hit.file for hit in checked.hits if hit.severity is Severity.ERROR})
    warned = len({hit.file for hit in checked.hits if hit.severity is Severity.WARNING})
    return say("corpus_headline", lang, reports=checked.reports, broken=broken, warned=warned)


def checked_text(checked: CorpusChecked, out: TextIO, lang: str = "zh") -> None:
    """The verdict, the rules that are broken with how many reports break each, and the first of these by name."""

    def told(console: Console) -> None:
        def line(words: str | Text, indent: int = 0) -> None:
            console.print(
                Text(" " * indent) + (Text(one_line(words)) if isinstance(words, str) else words), soft_wrap=True
            )

        line(Text(headline(checked, lang), "bold"))
        broken = [(form, rule) for form, rule in checked.rules if checked.counts[form, rule.code]]
        if broken:
            table = _table()
            for key in ("corpus_column_reports", "corpus_column_rule", "corpus_column_form", "corpus_rule"):
                table.add_column(
                    say(key, lang), justify="right" if key == "corpus_column_reports" else "left", overflow="fold"
                )
            for form, rule in broken:
                words = f"{SIGNS[rule.severity]} {rule.words if lang == 'zh' else rule.words_en}"
                table.add_row(str(checked.counts[form, rule.code]), rule.code, form, Text(words, STYLES[rule.severity]))
            console.print("")
            console.print(table)
        for form, rule in broken:
            console.print("")
            sign = Text(f"{SIGNS[rule.severity]} {rule.code} ({form})", f"bold {STYLES[rule.severity]}")
            line(sign + Text(f"  {rule.words if lang == 'zh' else rule.words_en}", "not bold default"))
            hits = [hit for hit in checked.hits if (hit.form, hit.rule) == (form, rule.code)]
            for hit in hits[:NAMED]:
                who = " ".join(
                    part for part in (hit.agency or say("agency_unknown", lang), str(hit.year or "")) if part
                )
                line(Text(f"{one_line(who)}  {one_line(hit.file)}"), 2)
                line(Text("  ".join(hit.cells[:_CELLS]) + (" …" if len(hit.cells) > _CELLS else ""), "dim"), 6)
            if len(hits) > NAMED:
                line(Text(say("corpus_more_hits", lang, n=len(hits) - NAMED), "dim"), 2)
        if checked.several:
            console.print("")
            line(Text(say("corpus_several", lang, n=len(checked.several)), "bold"))
            for each in checked.several[:NAMED]:
                alike = say("corpus_copies" if not each.cells else "corpus_differing", lang, n=len(each.cells))
                line(f"{each.agency} {each.year}  {'  '.join(each.files)}  {alike}", 2)
            if len(checked.several) > NAMED:
                line(Text(say("corpus_more_hits", lang, n=len(checked.several) - NAMED), "dim"), 2)

    _print(out, told)


_CELLS = 6
"""So many cells are named on a terminal."""


def _print(out: TextIO, fill: Callable[[Console], None]) -> None:
    """Lets ``fill`` write: straight to a terminal; into a pipe or file without the blanks that fill a line."""
    console = Console(file=out, highlight=False, markup=False, emoji=False)
    if console.is_terminal:
        fill(console)
        return
    held = io.StringIO()
    fill(Console(file=held, highlight=False, markup=False, emoji=False, width=PIPE_WIDTH))
    out.write("".join(f"{line.rstrip()}\n" for line in held.getvalue().splitlines()))


def _table() -> Columns:
    return Columns(box=None, show_edge=False, pad_edge=False, padding=(0, GAP, 0, 0), header_style="dim")
