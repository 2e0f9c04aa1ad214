"""Made-up reports read back: nothing is ever wrong in any layout or wording, and enough is read in each."""

from __future__ import annotations

from random import Random

import pytest

from gongkai.annual.reading import read
from gongkai.annual.reading.document import Unreadable
from gongkai.demo import faults
from gongkai.demo.local_tables import make_local
from gongkai.demo.making import make
from gongkai.demo.rendering import Missing, layouts, render, wordings
from gongkai.demo.scoring import Score, score

FLOORS = {"pdf": 0.99, "docx": 0.99, "html": 0.99, "xlsx": 0.99, "text": 0.95, "layout text": 0.95, "markdown": 0.95}
"""The share of cells to be read, by format, of those that are not ambiguous by nature."""

OLD_FLOOR = 0.85
"""The same for the tables of before 2019, which have no sums across to tell readings apart."""

PLAIN = {"html": "regular_page", "docx": "merged_cells", "text": "tabs_between_cells", "pdf": "ruled"}
SLOW = {"printed_by_office"}
SCANS = sorted(name for name, layout in layouts().items() if layout.format == "scan")
QUICK = sorted(set(layouts()) - SLOW - set(SCANS))


FORMS = ("2019", "2021")
OLD = ("2014", "local")
"""The national statistical table of before 2019, and a province's own."""


def reports(forms, seeds):
    """Reports of these forms for these seeds."""
    for seed in seeds:
        for form in forms:
            made = make_local(Random(seed)) if form == "local" else make(Random(seed), form=form)
            yield f"form {form}, seed {seed}", made


def read_back(report, layout, *wording):
    """The score of a report laid out so and read again."""
    try:
        rendering = render(report, layout, Random(1), wording=wording)
    except Missing as missing:
        pytest.skip(str(missing))
    try:
        got = read(rendering.data, rendering.name)
    except Unreadable:
        got = None
    return score(rendering.truth, got, rendering.unreadable)


def assert_right(scores: dict[str, Score], noise: str, floor: float) -> None:
    """Nothing wrong or invented, and the floor kept; else the message says noise, report, cell, wanted and got."""
    wrong = [
        f"{noise} · {which} · {fault.cell}: wanted {fault.wanted}, got {fault.got}"
        for which, scored in scores.items()
        for fault in scored.faults
    ]
    assert not wrong, "\n".join([f"{len(wrong)} cells wrong or invented", *wrong[:12]])
    total = sum(scores.values(), Score())
    missing = [f"{which} · {cell}" for which, scored in scores.items() for cell in scored.unread]
    assert total.share >= floor, "\n".join([f"{noise}: read {total.share:.1%}, floor {floor:.0%}", *missing[:12]])


@pytest.mark.parametrize("layout", QUICK)
@pytest.mark.parametrize("forms", [FORMS, OLD], ids=["forms", "old_tables"])
def test_nothing_is_wrong_and_enough_is_read_in_every_layout(layout, forms):
    scores = {which: read_back(report, layout) for which, report in reports(forms, [1])}
    assert_right(scores, layout, OLD_FLOOR if forms == OLD else FLOORS[layouts()[layout].format])


@pytest.mark.parametrize("wording", sorted(wordings()))
@pytest.mark.parametrize("format", ["html", "text"])
@pytest.mark.parametrize("forms", [FORMS, OLD], ids=["forms", "old_tables"])
def test_nothing_is_wrong_and_enough_is_read_in_every_wording(format, wording, forms):
    scores = {which: read_back(report, PLAIN[format], wording) for which, report in reports(forms, [1])}
    assert_right(scores, f"{PLAIN[format]} with {wording}", OLD_FLOOR if forms == OLD else FLOORS[format])


@pytest.mark.parametrize(
    "layout", ["regular_page", "tabs_between_cells", "raw_text", "ruled", "everything_on_one_sheet"]
)
@pytest.mark.parametrize("code", ["T3-1", "T3-2", "T3-3", "T4-1"])
def test_sums_that_do_not_hold_are_read_as_they_stand(layout, code):
    scores = {
        f"{code} broken, seed {seed}": read_back(
            faults.break_rule(make(Random(seed), form="2021"), code, Random(1)), layout
        )
        for seed in (1, 2)
    }
    assert_right(scores, layout, FLOORS[layouts()[layout].format])


@pytest.mark.parametrize("layout", ["figures_run_together", "figures_run_together_with_stray_blanks", "flow_text"])
@pytest.mark.parametrize("seed", range(3))
def test_column_sums_that_do_not_hold_lead_to_no_wrong_cut(layout, seed):
    report = faults.break_rule(make(Random(seed), form="2021"), "T3-2", Random(seed))
    assert_right({f"T3-2 broken, seed {seed}": read_back(report, layout)}, layout, 0)


@pytest.mark.slow
@pytest.mark.parametrize("layout", sorted(set(QUICK) | SLOW))
def test_nothing_is_wrong_in_more_reports(layout):
    scores = {which: read_back(report, layout) for which, report in reports(FORMS + OLD, range(2, 8))}
    assert_right(scores, layout, FLOORS[layouts()[layout].format])


@pytest.mark.slow
@pytest.mark.parametrize("wording", sorted(wordings()))
@pytest.mark.parametrize("layout", ["ruled", "merged_cells", "layout_text", "figures_run_together", "pipe_tables"])
def test_nothing_is_wrong_in_more_wordings(layout, wording):
    scores = {which: read_back(report, layout, wording) for which, report in reports(FORMS + OLD, [2])}
    assert_right(scores, f"{layout} with {wording}", 0.8)


@pytest.mark.slow
@pytest.mark.parametrize("layout", SCANS)
def test_scans_are_read_without_a_wrong_figure(layout):
    pytest.importorskip("rapidocr")
    pytest.importorskip("onnxruntime")
    assert_right({"form 2021": read_back(make(Random(1), form="2021"), layout)}, layout, 0.9)
