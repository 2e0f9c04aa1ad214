"""A file read as a report: document → who and when, tables, narrative, and what stayed in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gongkai.annual.finding import Number
from gongkai.annual.form import Form, form_for, forms
from gongkai.annual.phrases import phrases
from gongkai.annual.reading.document import Document, Grid, NoReport, Unreadable
from gongkai.annual.reading.files.limits import FILE_BYTES, too_large
from gongkai.annual.reading.files.opening import open_document
from gongkai.annual.reading.labels import letters
from gongkai.annual.reading.stored import is_stored, read_stored
from gongkai.annual.reading.tables import Sight, Tables, overall_form, read_tables
from gongkai.annual.reading.tables.doubts import findings_of
from gongkai.annual.reading.tables.indicators import read_indicators
from gongkai.annual.reading.words.identity import Identity, identify
from gongkai.annual.reading.words.narrative import read_narrative
from gongkai.annual.reading.words.notices import without_notices
from gongkai.annual.report import INDICATORS, Narrative, Report

SUBJECT = ("政府信息公开", "政务公开")
"""What every annual report speaks of; a file without these words and without its tables is none."""


def read(source: str | Path | bytes, name: str = "") -> Report:
    """The report in a file.

    ``source`` is a path or the file's bytes; ``name`` is the file's name for messages (and, for what the content leaves
    open, for the year). Raises Unreadable if the file cannot be opened; NoReport, which is one too, if it is no annual
    report.
    """
    if isinstance(source, bytes):
        data = source
    else:
        name = name or Path(source).name
        try:
            if Path(source).stat().st_size > FILE_BYTES:
                raise too_large("文件大小", "size of the file", FILE_BYTES)
            data = Path(source).read_bytes()
        except OSError as error:
            raise Unreadable(
                f"文件打不开（{error.strerror}）；请检查路径和权限",
                f"the file cannot be opened ({error.strerror}); check its path and permissions",
            ) from error
    if is_stored(data):
        return read_stored(data, name)
    return assemble(open_document(data, name), name)


def assemble(document: Document, name: str = "") -> Report:
    """The report that a document is. Raises Unreadable if it is none."""
    document = without_notices(document)
    identity = identify(document, name)
    sight = Sight(document)
    tables = read_tables(sight)
    form = _form(tables, identity)
    narrative = read_narrative(document, form, identity.year, identity.title)
    hints = _hints(narrative)
    if tables.doubts and hints:
        tables = read_tables(sight, hints)
    indicators, doubts = ((), []) if tables.cells else read_indicators(document, _indicator_hints(narrative))
    _must_be_report(document, identity, tables, bool(indicators))
    cells = dict(tables.cells)
    if indicators:
        cells[INDICATORS] = {row.key: row.cell for row in reversed(indicators) if row.key is not None}
    followed = dict(tables.forms)
    if indicators:
        followed[INDICATORS] = next(form.name for form in forms().values() if INDICATORS in form.tables)
    return Report(
        agency=identity.agency,
        year=identity.year,
        form=form.name if form else None,
        forms=followed,
        title=identity.title,
        tables=cells,
        indicators=indicators,
        narrative=narrative,
        findings=tuple(findings_of([*tables.doubts, *doubts], name, document.notes)),
        published=identity.published,
        source=name,
        format=document.kind,
    )


def _form(tables: Tables, identity: Identity) -> Form | None:
    """The form whose rows the document shows; without tables the one that its year was to use."""
    shown = overall_form(tables.forms)
    if shown is not None:
        return forms()[shown]
    return form_for(identity.year) if identity.year is not None else None


def _hints(narrative: Narrative) -> Mapping[str, frozenset[Number]]:
    """Figures of the narrative by the one cell that they stand for."""
    found: dict[str, set[Number]] = {}
    for figure in narrative.figures:
        phrase = phrases().get(figure.what) if figure.what else None
        if phrase is None or figure.percent or figure.approximate:
            continue
        for cells in phrase.cells:
            if len(cells) == 1:
                found.setdefault(cells[0], set()).add(figure.value)
    return {cell: frozenset(values) for cell, values in found.items()}


def _indicator_hints(narrative: Narrative) -> Mapping[str, frozenset[Number]]:
    """Figures of the narrative by the row of the statistical table: named alike there and in the narrative."""
    named = {cell.removeprefix(f"{INDICATORS}/"): values for cell, values in _hints(narrative).items()}
    for figure in narrative.figures:
        if figure.what and not figure.percent and not figure.approximate:
            named[figure.what] = named.get(figure.what, frozenset()) | {figure.value}
    return named


def _must_be_report(document: Document, identity: Identity, tables: Tables, indicators: bool) -> None:
    if tables.cells or indicators:
        return
    subject = any(word in letters(text) for word in SUBJECT for text in _texts(document))
    if not subject or (not identity.title and identity.year is None):
        raise NoReport(
            "不是政府信息公开工作年度报告：没有年报的标题，也没有年报的表格；请核对是否选错了文件",
            "no annual report on government information disclosure: title and tables are missing; check the file",
        )


def _texts(document: Document) -> list[str]:
    found = []
    for block in document.blocks:
        found += [cell.text for cell in block.cells] if isinstance(block, Grid) else [block.text]
    return found
