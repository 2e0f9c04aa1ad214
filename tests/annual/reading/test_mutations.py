"""Damaged reports: nothing hangs or crashes, and every number that is read stands in the file for its cell."""

from __future__ import annotations

import time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.form import forms
from gongkai.annual.reading import read
from gongkai.annual.reading.assembling import assemble
from gongkai.annual.reading.document import Document, Grid, GridCell, Unreadable
from gongkai.annual.reading.numbers import read_figure
from gongkai.demo.local_tables import make_local
from gongkai.demo.making import make
from gongkai.demo.rendering import layouts
from tests.annual.reading.mutations import DAMAGES, FILE_DAMAGES, Mutated, mutate, suits

PATIENCE = 120.0
"""After so many seconds a report is taken to hang; most take a tenth of one. This is no measure of speed."""

QUICK = ("raw_text", "layout_text_zeros_left_blank", "one_cell_a_line", "figures_run_together", "regular_page")
FORMS = ("2014", "2019", "2021", "local")
LAYOUTS = sorted(name for name, layout in layouts().items() if layout.format != "scan" and name != "printed_by_office")


def damaged(form: str, seed: int, layout: str, damage: str) -> Mutated:
    report = make_local(Random(seed)) if form == "local" else make(Random(seed), form=form)
    return mutate(report, layout, damage, Random(seed))


def made_up(form: str, seed: int, layout: str, damage: str) -> list[str]:
    """What is read of a damaged report and does not stand in it, and whether it took too long."""
    which = f"form {form}, seed {seed}, {layout}, {damage}"
    mutated = damaged(form, seed, layout, damage)
    began = time.monotonic()
    try:
        got = read(mutated.data, mutated.name)
    except Unreadable:
        got = None
    took = time.monotonic() - began
    faults = [] if damage == "bytes_changed" else mutated.faults(got)  # a changed byte may be another digit
    said = [f"{which} · {fault.cell}: wanted {fault.wanted}, got {fault.got}" for fault in faults]
    return [*said, f"{which}: {took:.0f} s"] if took > PATIENCE else said


@pytest.mark.parametrize("damage", [*DAMAGES, *FILE_DAMAGES])
def test_no_number_is_made_up_of_a_damaged_report(damage):
    cases = [(form, layout) for form in FORMS for layout in QUICK if suits(damage, layout, form)]
    chosen = Random(damage).sample(cases, min(4, len(cases)))
    assert not [fault for form, layout in chosen for fault in made_up(form, 3, layout, damage)]


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
def test_no_number_is_made_up_of_more_damaged_reports(form, layout):
    damages = [name for name in (*DAMAGES, *FILE_DAMAGES) if suits(name, layout, form)]
    assert not [fault for seed in (5, 6) for name in damages for fault in made_up(form, seed, layout, name)]


# Found by damaging some thousands of reports, and mended since.
FOUND = [
    ("2021", 1725, "one_cell_a_line", "cells_emptied"),
    ("2019", 2507, "one_cell_a_line", "cells_emptied"),
    ("2019", 3332, "one_cell_a_line", "lines_dropped"),
    ("2021", 9975, "bar_after_each_cell", "columns_in_another_order"),
    ("2019", 4561, "figures_run_together_with_stray_blanks", "labels_gone"),
    ("2021", 7085, "layout_text_zeros_left_blank", "labels_gone"),
    ("2019", 9763, "figures_run_together", "last_year_behind"),
    ("2019", 8058, "flow_text", "last_year_behind"),
    ("2021", 7382, "empty_cells_dropped", "last_year_behind"),
    ("local", 6832, "heading_cut_in_two", "last_year_behind"),
    ("2014", 7969, "word_residue", "page_twice"),
    ("2021", 415, "flow_text", "characters_doubled"),
    ("2019", 2877, "one_table_missing", "markup_lost"),
    ("2019", 9567, "raw_text_characters_spaced", "stray_number"),
    ("2019", 7159, "raw_text_header_again", "stray_number"),
    ("2021", 5413, "raw_text_figures_folded", "stray_number"),
    ("2021", 3105, "figures_run_together_with_stray_blanks", "stray_number"),
    ("2021", 581, "figures_run_together", "page_twice"),  # took 48 seconds
    ("2019", 4006, "layout_text_landscape", "columns_in_another_order"),
    ("2021", 5, "layout_text_zeros_left_blank", "columns_in_another_order"),
    ("2019", 6, "transcribed_by_machine", "columns_in_another_order"),
    ("2019", 6, "flow_text", "characters_lost"),
    ("2019", 202, "flow_text", "rows_swapped"),
    ("2021", 6, "flow_text", "lines_doubled"),
    ("2021", 102, "flow_text", "lines_dropped"),
    ("2021", 200, "raw_text", "lines_dropped"),
    ("2021", 102, "one_cell_a_line", "stray_number"),
    ("2021", 610, "raw_text_zeros_left_blank", "stray_number"),
    ("2021", 6, "empty_cells_dropped", "stray_number"),
    ("2019", 100, "empty_cells_dropped", "labels_gone"),
    ("2021", 5, "repeated_cells_dropped", "last_year_behind"),
    ("2019", 5, "repeated_cells_dropped", "lines_dropped"),
    ("2021", 202, "repeated_cells_dropped", "stray_number"),
    ("2019", 100, "transcribed_with_damage", "row_shifted"),
    ("2021", 5787, "page_split_over_two_tables", "markup_lost"),
    ("2021", 6, "uneven_grid", "markup_lost"),
    ("2019", 503, "zeros_left_blank", "markup_lost"),
]


@pytest.mark.parametrize(("form", "seed", "layout", "damage"), FOUND)
def test_what_damage_once_made_up_is_made_up_no_more(form, seed, layout, damage):
    assert not made_up(form, seed, layout, damage)


# ── Any structure ────────────────────────────────────────────────────────────────────────────────────────────────────

LABELS = sorted(
    {
        label
        for form in forms().values()
        for table in form.tables.values()
        for entries in (table.rows, table.columns, table.groups)
        for label in (getattr(entry, "label", "") for entry in entries)
    }
)
texts = st.one_of(
    st.sampled_from(LABELS), st.integers(-3, 3000).map(str), st.sampled_from(["", "/", "1 2", "其他", "〓"])
)
cells = st.builds(
    GridCell,
    text=texts,
    row=st.integers(0, 6),
    column=st.integers(0, 9),
    rowspan=st.integers(1, 4),
    colspan=st.integers(1, 4),
)
grids = st.lists(cells, max_size=60).map(
    lambda drawn: Grid(tuple(sorted(drawn, key=lambda cell: (cell.row, cell.column))))
)


@given(st.lists(grids, max_size=4))
def test_of_any_grid_only_figures_that_stand_in_it_are_read(drawn):
    document = Document("html", tuple(drawn))
    printed = {read.value for grid in drawn for cell in grid.cells if (read := read_figure(cell.text))}
    try:
        report = assemble(document, "2023年政府信息公开工作年度报告.html")
    except Unreadable:
        return
    units = {value * 10_000 for value in printed if value} | {0, None}
    read_cells = {cell.value for _, cell in report.cells()}
    assert read_cells <= printed | units
