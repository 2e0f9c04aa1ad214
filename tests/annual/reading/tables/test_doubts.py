"""What is said of cells that could not be read: once for what is one thing, in both languages."""

from __future__ import annotations

from gongkai.annual.finding import Where
from gongkai.annual.form import forms
from gongkai.annual.reading.tables.doubts import findings_of
from gongkai.annual.reading.tables.evidence import Doubt

REQUESTS = forms()["2021"].tables["requests"]


def of_row(key: str, why: str, line: int) -> Doubt:
    return Doubt("requests", tuple(REQUESTS.cell(key, column) for column in REQUESTS.columns), why, Where(line=line))


def test_rows_that_were_not_found_are_told_once_for_a_table() -> None:
    lost = [of_row(row.key, "row", line) for line, row in enumerate(REQUESTS.rows, 1)]
    publication = Doubt("publication", ("licences.decisions",), "row", Where(line=99))
    requests, other = findings_of([*lost[:6], publication, *lost[6:]], "a.pdf")
    assert len(requests.cells) == len(REQUESTS.cells)
    assert requests.where == Where(line=1)
    assert f"有 {len(REQUESTS.cells)} 格未读出" in requests.message
    assert f"{len(REQUESTS.cells)} cells not read" in requests.message_en
    assert other.cells == ("publication/licences.decisions",)


def test_rows_with_different_troubles_are_told_apart() -> None:
    found = findings_of(
        [of_row("received", "digits", 1), of_row("granted", "digits", 2), of_row("total", "row", 3)], ""
    )
    assert [finding.code for finding in found] == ["R-3", "R-3", "R-8"]
    assert "本年新收" in found[0].message
