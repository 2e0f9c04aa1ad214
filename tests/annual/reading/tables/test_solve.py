"""Sums decide between readings; they never change what the document plainly shows."""

from __future__ import annotations

from dataclasses import replace

from gongkai.annual.finding import Where
from gongkai.annual.form import forms
from gongkai.annual.reading.tables.evidence import RowReading, Values
from gongkai.annual.reading.tables.solve import decide, holds
from gongkai.annual.relation import parse

TABLE = forms()["2019"].tables["requests"]
COLUMNS = [column.key for column in TABLE.columns]


def row(key: str, *readings: Values, by_position: bool = False, doubtful: tuple[str, ...] = ()) -> RowReading:
    cells = tuple(TABLE.cell(key, column) for column in COLUMNS)
    names = frozenset(TABLE.cell(key, column) for column in doubtful)
    return RowReading("requests", key, cells, readings, Where(line=1), by_position=by_position, doubtful=names)


def test_a_plain_row_is_kept_even_if_its_sum_is_wrong() -> None:
    cells, doubts = decide(TABLE, [row("received", (10, 1, 0, 0, 0, 0, 0))])
    assert cells["received:total"].value == 0
    assert not cells["received:total"].inferred
    assert not doubts


def test_the_reading_that_adds_up_is_taken_and_said_to_be_inferred() -> None:
    cells, doubts = decide(TABLE, [row("received", (20, 0, 0, 0, 0, 1, 21), (2, 0, 0, 0, 0, 1, 21))])
    assert cells["received:natural_person"].value == 20
    assert cells["received:natural_person"].inferred
    assert not doubts


def test_what_stays_open_is_left_out_and_said() -> None:
    cells, doubts = decide(TABLE, [row("received", (1, 2, 0, 0, 0, 0, 3), (2, 1, 0, 0, 0, 0, 3))])
    assert cells["received:total"].value == 3
    assert "received:natural_person" not in cells
    assert doubts[0].why == "several"
    assert set(doubts[0].cells) == {"received:natural_person", "received:enterprise"}


def test_blanks_of_the_total_row_fall_where_the_columns_need_them() -> None:
    rows = [row(entry.key, (0, 0, 0, 0, 0, 0, 0)) for entry in TABLE.outcomes if entry.key != "granted"]
    rows += [row("granted", (92, 2, 0, 0, 0, 0, 94)), row("received", (93, 2, 0, 0, 0, 0, 95))]
    rows += [row("carried_in", (0, 0, 0, 0, 0, 0, 0)), row("carried_out", (1, 0, 0, 0, 0, 0, 1))]
    from gongkai.annual.reading.tables.splitting import placings

    cells, doubts = decide(TABLE, [*rows, row("total", *placings([92, 2, 94], 7))])
    assert [cells[TABLE.cell("total", column)].value for column in COLUMNS] == [92, 2, None, None, None, None, 94]
    assert not doubts


def test_a_row_that_one_sum_tells_and_another_denies_is_left_out() -> None:
    plain = [row(entry.key, (0, 0, 0, 0, 0, 0, 0)) for entry in TABLE.outcomes if entry.key != "granted"]
    plain.append(row("total", (1, 0, 0, 0, 0, 0, 1)))
    cut = replace(row("granted", (10, 0, 0, 0, 0, 1, 11)), inferred=True, by_sums=True)
    cells, doubts = decide(TABLE, [*plain, cut])
    assert "granted:total" not in cells
    assert "total:total" in cells
    assert [(doubt.why, set(doubt.cells)) for doubt in doubts] == [("against", set(cut.cells))]


def test_an_order_that_no_sum_confirms_is_not_believed() -> None:
    cells, doubts = decide(TABLE, [row("granted", (5, 0, 0, 0, 0, 0, 4), by_position=True)])
    assert not cells
    assert doubts[0].why == "order"


def test_two_different_readings_of_one_row_are_not_both_right() -> None:
    cells, doubts = decide(TABLE, [row("granted", (5, 0, 0, 0, 0, 0, 5)), row("granted", (6, 0, 0, 0, 0, 0, 6))])
    assert "granted:total" not in cells
    assert cells["granted:other"].value == 0
    assert doubts


def test_a_doubtful_figure_counts_only_with_a_sum_behind_it() -> None:
    cells, _ = decide(TABLE, [row("granted", (5, 0, 0, 0, 0, 0, 5), doubtful=("total",))])
    assert cells["granted:total"].value == 5
    cells, doubts = decide(TABLE, [row("granted", (5, 0, 0, 0, 0, 0, 6), doubtful=("total",))])
    assert "granted:total" not in cells
    assert doubts[0].why == "picture"


def test_in_a_picture_a_figure_that_breaks_every_sum_is_taken_for_misread() -> None:
    readings = [row("granted", (5, 0, 0, 0, 0, 0, 6))]
    assert decide(TABLE, readings)[0]
    assert not decide(TABLE, readings, recognised=True)[0]


def test_the_narrative_decides_where_sums_leave_two_readings() -> None:
    readings = [row("received", (11, 20, 0, 0, 0, 0, 31), (20, 11, 0, 0, 0, 0, 31))]
    cells, _ = decide(TABLE, readings, {"received:natural_person": {20}})
    assert cells["received:enterprise"].value == 11


def test_a_relation_with_an_unknown_cell_says_nothing() -> None:
    assert holds(parse("a = b + c"), {"a": 1, "b": 1}) is None
    assert holds(parse("a = b + c"), {"a": None, "b": 1, "c": 1}) is None
    assert holds(parse("a = b + c"), {"a": 1, "b": 1, "c": None}) is True
    assert holds(parse("a <= b"), {"a": 2, "b": 1}) is False
    assert holds(parse("a >= b"), {"a": 2, "b": 1}) is True
