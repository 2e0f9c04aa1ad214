"""The statistical table in running text: 「label unit figures」, separated or glued, labels folded around figures."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from gongkai.annual.form import Row, Table
from gongkai.annual.reading.labels import OF_WHICH, bare, letters, tidy_label
from gongkai.annual.reading.numbers import Read, in_unit, read_figure
from gongkai.annual.reading.tables.anchors import BEGINNING, nearest_label, wording_of
from gongkai.annual.reading.tables.catalogue import catalogue
from gongkai.annual.reading.tables.evidence import Values
from gongkai.annual.reading.tables.indicator_rows import IndicatorRow, key_of, order_of, twin_behind
from gongkai.annual.reading.tables.splitting import splits
from gongkai.annual.reading.tables.tokens import Run, Stream, unmarked
from gongkai.annual.report import INDICATORS

HEADER = 8
"""Between the heading of the labels and the heading of the units stand at most so many letters."""

MANY = 8
"""Of so many figures of a table two at least are equal (most are 0)."""

LONG = 40
"""A row that the form does not have has a label of at most so many letters; more is a sentence."""

_BORDERS = " \n\t\u3000|"

_LOST_SPACE = re.compile(r"\?[\s|]*$")
"""A no-break space before a figure that a site has turned into a question mark."""

_WITHIN = re.compile(r"\([^()\ue000-\ue009]*\)")
"""A bracket without another, none of whose digits has been told to be the label's already."""

_NUMERALS = re.compile("[一二三四五六七八九十]*")


Seen = tuple[Run, Row | None, str]


def rows_in_text(stream: Stream, table: Table) -> list[IndicatorRow]:
    """The rows of the table in the document's lines, in order; none where its header is not there."""
    headers = _headers(stream, table)
    if not headers:
        return []
    start = headers[0][0]
    seen = _rows(_without_digits_of_labels(stream.runs(start, len(stream.text)), table), headers, table)
    if not seen:
        return []
    header = stream.text[start : seen[0][0].at]
    glued = stream.glued([(start, seen[-1][0].at + 1)])
    count = 2 if table.adds_up_years(header) else Counter(len(run.tokens) for run, *_ in seen).most_common(1)[0][0]
    if any(heading in header for heading in table.serial_headings):
        seen, count = _without_codes(seen), 1
    texts = [token.text for run, *_ in seen for token in run.tokens]
    if (glued and any(heading in header for heading in table.serial_headings)) or _deduplicated(texts):
        return [
            IndicatorRow(
                _printed(stream, run, row, unit),
                unit,
                row.key if row else None,
                (),
                (stream.where(run.at),),
                run.tokens[0].text if run.tokens else "",
                False,
            )
            for run, row, unit in seen
        ]
    rows = [
        replace(_row(stream, run, row, unit, min(count, 2), glued), part=bisect_right(headers, (run.at,)))
        for run, row, unit in seen
    ]
    return [
        replace(made, readings=(), direct=False, why="place") if astray else made
        for made, astray in zip(rows, _astray(stream, seen, table), strict=True)
    ]


def _astray(stream: Stream, seen: Sequence[Seen], table: Table) -> list[bool]:
    """For each row whether its figures stand otherwise than those of most rows, so that they may not be its own.

    Behind the label without its unit, on a later line than the unit, over several lines; or with another row's unit
    among them, whose label is gone.
    """
    united = 2 * sum(bool(unit) for *_, unit in seen) > len(seen)
    below = [_below(stream, run, unit) for run, _, unit in seen]
    spread = [stream.line(run.tokens[0].at) != stream.line(run.tokens[-1].at) for run, *_ in seen]
    usually_below, usually_spread = 2 * sum(below) > len(seen), 2 * sum(spread) > len(seen)
    return [
        (united and not unit)
        or (below[index] and not usually_below)
        or (spread[index] and not usually_spread)
        or any(_unit_at_end(token.text, table) for token in (run.tokens if unit else run.tokens[:-1]))
        for index, (run, _, unit) in enumerate(seen)
    ]


def _below(stream: Stream, run: Run, unit: str) -> bool:
    """Whether the first figure stands on a later line than its unit, or than the one line that its label takes."""
    words = run.before.rstrip(_BORDERS)
    end = run.at - len(run.before) + len(words) - 1
    return stream.line(end) != stream.line(run.at) and (bool(unit) or "\n" not in words.strip(_BORDERS))


def _unit_at_end(text: str, table: Table) -> bool:
    return any(letters(text).endswith(letters(unit)) for unit in table.units if letters(unit))


def _without_digits_of_labels(runs: Sequence[Run], table: Table) -> list[Run]:
    """The runs without digits that are a misprinted label's own: (不同渠道和方式公开相同信息计1)."""
    digits = {digit for row in table.rows for label in row.labels for digit in re.findall(r"\d", label)}
    kept: list[Run] = []
    carried = ""
    for index, run in enumerate(runs):
        before = carried + run.before
        behind = runs[index + 1].before if index + 1 < len(runs) else ""
        bracket = before[before.rfind("(") :] + behind[: behind.find(")") + 1]
        own = len(run.tokens) == 1 and run.tokens[0].text[:1] in digits and not run.tokens[0].text[1:2].isdigit()
        if own and _WITHIN.fullmatch(bracket):
            carried = before + run.tokens[0].text
        else:
            kept.append(replace(run, before=before))
            carried = ""
    return kept


def _without_codes(seen: Sequence[Seen]) -> list[Seen]:
    """The rows without the code (代码) that stands first among their figures; a row that has only that is blank."""
    return [
        (replace(run, tokens=run.tokens[1:] or (replace(run.tokens[0], text="/"),)), row, unit)
        for run, row, unit in seen
    ]


def _deduplicated(texts: Sequence[str]) -> bool:
    """Whether a tool has kept only the first of equal texts: among so many figures some are always equal."""
    return len(texts) >= MANY and len(set(texts)) == len(texts)


def _headers(stream: Stream, table: Table) -> list[tuple[int, int]]:
    """Where the table's header begins and ends, again and again where it does: the heading of its labels, that of its
    units not far behind, and those of its figures."""
    for stub in (table.stub, *table.stub_variants):
        found = []
        for at in stream.find_all(stub):
            unit = stream.find(table.unit_heading, at)
            if unit >= 0 and len(letters(stream.text[at:unit])) <= HEADER:
                behind = _headings(table).match(stream.text, unit + len(table.unit_heading))
                found.append((at, behind.end() if behind else unit))
        if found:
            return found
    return []


@cache
def _headings(table: Table) -> re.Pattern[str]:
    """The headings of figures, one after the other: 统计数; 2016年度 历年累计."""
    named = [text for column in table.columns for text in (column.label, *column.variants)]
    named = [re.escape(text) for text in (*named, *table.serial_headings, *table.note_headings)]
    years = rf"\d{{4}}\s*年度?|{table.cumulative_heading}[\s|]*{table.cumulative_ending}"
    return re.compile(rf"(?:[\s|]*(?:{'|'.join([*sorted(named, key=len, reverse=True), years])}))*")


def _rows(runs: Sequence[Run], headers: Sequence[tuple[int, int]], table: Table) -> list[Seen]:
    """Each run of figures with the row of the form whose label stands before it (None: a local row) and its unit."""
    units = sorted((letters(unit) for unit in table.units if letters(unit)), key=len, reverse=True)
    found: list[Seen] = []
    last = -1
    key: str | None = None
    blank = re.compile(rf"(?:^|[\s|])(?:{'|'.join(units)})[\s|]*\n(?=[\s|?]*[^\s|?])")
    for run in runs:
        if any(start <= run.at < end for start, end in headers):
            continue  # a year in a heading
        begin = run.at - len(run.before)
        headed = max((end for _, end in headers if begin < end <= run.at), default=begin)
        *left_blank, before = blank.split(run.before[headed - begin :])
        for passed in left_blank:
            last = order_of(key_of(unmarked(passed), table, last), table, last)
        words = letters(before)
        unit = next((unit for unit in units if words.endswith(unit)), "")
        label = _LOST_SPACE.sub("", before).rstrip(_BORDERS)
        label = label.removesuffix(unit) if unit else before
        anchor = nearest_label(label, table.rows, key)
        if anchor is not None and not _stands_there(label, anchor.key, table):
            anchor = None
        if anchor is not None and anchor.between == 0 and _begins_cell(label, anchor.begin):
            row = twin_behind(next(row for row in table.rows if row.key == anchor.key), table, last)
            last, key = order_of(row.key, table), row.key
            found.append((replace(run, before=before), row, unit))
        elif unit and 0 < len(letters(label)) <= LONG:
            found.append((replace(run, before=before), None, unit))
    return found


def _stands_there(label: str, key: str, table: Table) -> bool:
    """Whether the row's label stands there to the letter (or its beginning does), or the whole cell is surely it.

    Labels here differ by one character (同意公开答复数, 不同意公开答复数): a misprint is told only by all of it.
    """
    words = re.sub(r"\d", "", letters(label))
    row = next(row for row in table.rows if row.key == key)
    forms = [wording_of(text) for text in row.labels]
    if any(form in words or any(words.endswith(form[:size]) for size in range(BEGINNING, len(form))) for form in forms):
        return True
    cell = re.split(r"\n|\||\t|——|\s{2,}", label.strip(_BORDERS))[-1]
    return catalogue(INDICATORS).row_labels.find(unmarked(cell)) == key


def _begins_cell(label: str, begin: int) -> bool:
    """Whether a label that begins after so many letters begins a line or a cell, but for its numbering."""
    at = 0
    for piece in re.split(r"\n|\||\t|——|\s{2,}", label):
        size = len(letters(piece))
        if at <= begin < at + size or (begin == at == 0):
            return bool(_NUMERALS.fullmatch(OF_WHICH.sub("", letters(piece)[: begin - at])))
        at += size
    return False


def _row(stream: Stream, run: Run, row: Row | None, unit: str, count: int, glued: bool) -> IndicatorRow:
    pieces = [token.text for token in run.tokens]
    where = stream.where(run.at)
    text = " ".join(" ".join(pieces).split())
    values = tuple(read.value if (read := read_figure(piece)) else None for piece in pieces)
    reads = [read_figure(piece) for piece in pieces]
    direct = len(reads) == count and None not in reads
    readings: tuple[Values, ...] = (values,) if direct else ()
    if not direct and glued and len(pieces) == 1:
        cut = splits(pieces, count, decimal=[bool(row and row.decimal)] * count) if len(pieces[0]) < LONG else []
        readings = tuple(reading for reading in cut if count == 1 or (reading[0] or 0) <= (reading[1] or 0))
    if row is not None and row.unit:
        readings = tuple(tuple(in_unit(Read(value), row.unit, unit) for value in reading) for reading in readings)
    key = row.key if row else None
    return IndicatorRow(_printed(stream, run, row, unit), unit, key, readings, (where,) * count, text, direct)


def _printed(stream: Stream, run: Run, row: Row | None, unit: str) -> str:
    """The label as the file prints it, or as the form does where other words stand before it in the file."""
    start = run.at - len(run.before)
    end = start + len(run.before.rstrip(_BORDERS)) - len(unit)
    text = tidy_label(re.sub(r"[\s|]+", "", stream.printed_over(start, end)))
    if row is None or bare(text) in {bare(label) for label in row.labels}:
        return text
    return f"{row.number}{row.label}"
