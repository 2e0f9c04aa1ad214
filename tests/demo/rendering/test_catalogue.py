"""The catalogue: every noise is there, every layout takes every form, the same seed gives the same file."""

from __future__ import annotations

from random import Random

import pytest

from gongkai.annual.form import forms
from gongkai.demo.local_tables import make_local
from gongkai.demo.making import make
from gongkai.demo.rendering import Missing, layouts, render, wordings

ITEMS = (
    [f"A{number}" for number in range(1, 13)]
    + [f"B{number}" for number in range(1, 9)]
    + [f"C{number}" for number in range(1, 16)]
    + [f"D{number}" for number in range(1, 8)]
    + ["E", "F", "H", "I", "J"]
)
"""The items of the catalogue of real layouts; G, contradictions, are the faults and slips."""

SLOW = {"printed_by_office"} | {name for name, layout in layouts().items() if layout.format == "scan"}
QUICK = sorted(set(layouts()) - SLOW)


ONLY = {
    "one_row_of_other_handling": ("2021",),
    "unit_of_another_size_in_header": ("2019",),
    "changes_with_signs": ("2019",),
    "units_in_cells": ("2019", "2021"),
    "notes_after_figures": ("2019", "2021"),
    "notes_in_header": ("2019", "2021"),
    "rows_of_their_own": ("2019", "2021"),
}
"""Wordings of things that not every form has."""


def rendered(report, layout, seed=1, **more):
    try:
        return render(report, layout, Random(seed), **more)
    except Missing as missing:
        pytest.skip(str(missing))


@pytest.mark.parametrize("item", ITEMS)
def test_every_noise_seen_in_real_files_can_be_switched_on(item):
    shown = [layout.items for layout in layouts().values()] + [wording.items for wording in wordings().values()]
    assert any(item in items for items in shown)


@pytest.mark.parametrize("layout", QUICK)
@pytest.mark.parametrize("form", sorted(forms()))
def test_every_layout_takes_every_form(layout, form):
    rendering = rendered(make(Random(3), form=form), layout)
    assert rendering.data
    assert rendering.name.endswith(layouts()[layout].suffix)
    cells = {name for name, _ in rendering.truth.cells()}
    assert rendering.unreadable <= cells


@pytest.mark.slow
@pytest.mark.parametrize("layout", sorted(SLOW))
def test_every_slow_layout_makes_a_file(layout):
    assert len(rendered(make(Random(3), form="2021"), layout).data) > 10_000


@pytest.mark.parametrize("layout", QUICK)
def test_local_tables_can_be_laid_out_too(layout):
    assert rendered(make_local(Random(3)), layout).data


@pytest.mark.parametrize("wording", sorted(wordings()))
@pytest.mark.parametrize("form", sorted(forms()))
def test_every_wording_changes_something_on_some_report(wording, form):
    changed = [
        render(report, "bars_between_cells", Random(1), wording=(wording,)).data
        != render(report, "bars_between_cells", Random(1)).data
        for report in [make(Random(seed), form=form) for seed in range(4)] + [make_local(Random(1))]
    ]
    if form in ONLY.get(wording, form):
        assert any(changed)


@pytest.mark.parametrize("layout", [name for name in QUICK if not name.endswith((".docx", ".xlsx"))])
def test_the_same_seed_gives_the_same_cells(layout):
    report = make(Random(3), form="2021")
    first, second = rendered(report, layout, 9), rendered(report, layout, 9)
    assert first.truth == second.truth
    assert first.unreadable == second.unreadable


def test_a_layout_that_is_not_known_is_an_error():
    with pytest.raises(KeyError):
        render(make(Random(1)), "no_such_layout", Random(1))


def test_layouts_and_wordings_say_what_they_show():
    words = [entry.words for entry in layouts().values()] + [entry.words for entry in wordings().values()]
    assert not [said for said in words if len(said) < 10]
