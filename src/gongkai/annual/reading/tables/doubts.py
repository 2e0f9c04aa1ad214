"""What is said of cells that could not be read for sure: code, words, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongkai.annual.finding import Finding, Severity
from gongkai.annual.form import Table, forms
from gongkai.annual.reading.tables.evidence import Doubt
from gongkai.annual.report import INDICATORS

BASIS = "读取原则：不能确定的数字不予采用，留待核对原件"
NUMERALS = "〇一二三四五六七八九十"
"""A section's number as the forms print it."""

SHOWN = 3
"""So many cells are named in words; the finding lists all."""

TEXT = 60
"""So much of the document's text is quoted."""


@dataclass(frozen=True, slots=True)
class _Words:
    code: str
    zh: str
    en: str


_WHY = {
    "figure": _Words("R-1", "格内不是一个明确的数字", "the cell does not hold one clear figure"),
    "several": _Words(
        "R-2",
        "数字有多种读法，合计关系不能确定是哪一种",
        "the figures can be read in several ways and sums do not decide",
    ),
    "digits": _Words("R-3", "数字连写，不能确定各格的分界", "the figures run together and cannot be told apart"),
    "columns": _Words(
        "R-4", "数字个数与栏数不符，不能确定各属哪一栏", "the number of figures does not fit the columns"
    ),
    "order": _Words(
        "R-5",
        "栏目名称读不出，合计关系也不能证实各栏次序",
        "columns could be told by order only and no sum confirms it",
    ),
    "blocks": _Words("R-6", "各组数字的次序不能确定", "which figures belong to which group cannot be told"),
    "twice": _Words("R-7", "同一格出现了不同的数字", "the same cell appears with different figures"),
    "picture": _Words(
        "R-9", "图像中的数字辨认不清，合计关系不能证实", "the figure in the picture is not clear and no sum confirms it"
    ),
    "cut": _Words(
        "R-10", "这一行在换页处断开，不能确定数字是否完整", "the row is cut by a page's end and may not be whole"
    ),
    "against": _Words(
        "R-11",
        "各格的分界或所属的栏由一处合计推定，与另一处合计不符",
        "one sum tells the figures apart or whose they are, and another sum speaks against it",
    ),
    "place": _Words(
        "R-12",
        "数字不在这一行应在的位置，不能确定属于这一行",
        "the figure does not stand where the row's figure should, so it may not be its own",
    ),
    "row": _Words("R-8", "文件中没有找到这些数字", "these figures were not found in the document"),
}


def findings_of(doubts: Sequence[Doubt], source: str, notes: Sequence[tuple[str, str]] = ()) -> list[Finding]:
    """One finding for each doubt, naming its cells, what stands there and what to do; and one for each note (Chinese,
    English) of what the reader of the file left out on purpose. Rows that were not found are told once for a table."""
    left_out = [Finding("R-0", Severity.INFO, zh, en, basis=BASIS, source=source) for zh, en in notes]
    return [*left_out, *(_finding(doubt, source) for doubt in _together(doubts) if doubt.cells)]


def _together(doubts: Sequence[Doubt]) -> list[Doubt]:
    """The doubts, those about rows that were not found made one for each table, at the place of the first."""
    lost: dict[str, tuple[str, ...]] = {}
    for doubt in doubts:
        if doubt.why == "row":
            lost[doubt.table] = tuple(dict.fromkeys((*lost.get(doubt.table, ()), *doubt.cells)))
    found = []
    for doubt in doubts:
        if doubt.why != "row":
            found.append(doubt)
        elif doubt.table in lost:
            found.append(replace(doubt, cells=lost.pop(doubt.table)))
    return found


def _finding(doubt: Doubt, source: str) -> Finding:
    words = _WHY[doubt.why]
    zh, en = _unread(doubt)
    quoted = doubt.text[:TEXT] + ("…" if len(doubt.text) > TEXT else "")
    seen_zh = f"（原文：{quoted}）" if quoted else ""
    seen_en = f" (text: {quoted})" if quoted else ""
    return Finding(
        code=words.code,
        severity=Severity.WARNING,
        message=f"{zh}：{words.zh}{seen_zh}。请对照原件核对，或换更清楚的文件再读。",
        message_en=f"{en}: {words.en}{seen_en}. Look at the original, or read a clearer file.",
        cells=tuple(f"{doubt.table}/{cell}" for cell in doubt.cells),
        actual=quoted or None,
        basis=BASIS,
        where=doubt.where,
        source=source,
    )


def _unread(doubt: Doubt) -> tuple[str, str]:
    """That the cells were not read, in Chinese and English: 「表二“规章”有 2 格未读出（制发件数、废止件数）」"""
    tables = [form.tables[doubt.table] for form in reversed(list(forms().values())) if doubt.table in form.tables]
    table = max(tables, key=lambda entry: len(set(doubt.cells) & set(entry.cells)))
    known = [table.cells[cell] for cell in doubt.cells if cell in table.cells]
    zh, en = _title(table)
    count = len(doubt.cells)
    if count == 1:
        cell = doubt.cells[0]
        names = [table.label(cell, lang) if cell in table.cells else cell for lang in ("zh", "en")]
        return f"{zh}“{names[0]}”未读出", f"{en}, “{names[1]}” not read"
    if len(known) == count and len({row.key for row, _ in known}) == 1 and len(table.rows) > 1:
        row = known[0][0]
        zh, en = f"{zh}“{row.number}{row.label}”", f"{en}, “{row.label_en}”"
        labels_zh, labels_en = [column.label for _, column in known], [column.label_en for _, column in known]
    else:
        labels_zh = [table.label(cell) if cell in table.cells else cell for cell in doubt.cells]
        labels_en = [table.label(cell, "en") if cell in table.cells else cell for cell in doubt.cells]
    named_zh = "、".join(labels_zh[:SHOWN]) + ("等" if count > SHOWN else "")
    named_en = "; ".join(labels_en[:SHOWN]) + (" and others" if count > SHOWN else "")
    return f"{zh}有 {count} 格未读出（{named_zh}）", f"{en}: {count} cells not read ({named_en})"


def _title(table: Table) -> tuple[str, str]:
    """What a table is called: 表三; by its title where its section has no number that it is called by."""
    if table.name == INDICATORS or not 0 < table.section < len(NUMERALS):
        return table.title, table.title_en
    return f"表{NUMERALS[table.section]}", f"Table of section {table.section}"
