"""The disputes table in running text: its fifteen figures in one row, or told by headings and sums."""

from __future__ import annotations

from gongkai.annual.reading.labels import bare
from gongkai.annual.reading.tables.blocks import by_groups, by_sums
from gongkai.annual.reading.tables.catalogue import DISPUTES, catalogue
from gongkai.annual.reading.tables.evidence import Doubt, Evidence
from gongkai.annual.reading.tables.rows import Manner, not_told, one_a_line, row_readings
from gongkai.annual.reading.tables.tokens import Run, Stream

FAR = 120
"""A wording of more letters than this between figures ends the disputes table."""


def disputes_lines(stream: Stream, start: int, end: int, glued: bool) -> Evidence:
    """The figures of the disputes between two offsets."""
    table = next(iter(catalogue(DISPUTES).tables.values()))
    cells = tuple(column.key for column in table.columns)
    runs: list[Run] = []
    for run in stream.runs(start, end, glued):
        if runs and len(bare(run.before)) > FAR:
            break
        runs.append(run)
    tokens = [token for run in runs for token in run.tokens]
    evidence = Evidence()
    header = stream.find(table.columns[0].label, start, end) >= 0
    if not header and 2 * len(tokens) < len(cells):
        return evidence  # a section about disputes in sentences, and no table
    if not tokens:
        evidence.doubts.append(Doubt(DISPUTES, cells, "row", stream.where(start)))
        return evidence
    if len(runs) == 1:
        read = row_readings(stream, DISPUTES, table, "", cells, tokens, Manner(glued, one_a_line(stream, runs)))
        evidence.rows += read
        if not read:
            evidence.doubts.append(not_told(stream, DISPUTES, cells, tokens, glued))
        return evidence
    evidence.extend(by_groups(stream, table, runs) or by_sums(stream, table, runs))
    return evidence
