"""The running text agrees with the tables, but for the slips that are asked for."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import combinations
from random import Random

import pytest

from gongkai.annual.finding import Where
from gongkai.annual.form import forms
from gongkai.demo.agencies import DISTRICT_AGENCIES
from gongkai.demo.making import make
from gongkai.demo.texts import SLIPS

OFFICE = DISTRICT_AGENCIES[2]


def _text(report):
    return "\n".join(text for _, text, _ in report.narrative.paragraphs)


@pytest.mark.parametrize("form", sorted(forms()))
def test_every_figure_on_record_stands_in_its_sentence(form):
    report = make(Random(2), form=form)
    assert report.narrative.figures
    for figure in report.narrative.figures:
        assert f"{figure.value}{figure.unit}" in figure.sentence
        assert figure.sentence in _text(report)
        assert figure.where == Where()


@pytest.mark.parametrize("seed", range(20))
def test_what_the_text_counts_is_what_the_table_says(seed):
    report = make(Random(seed), form="2021")
    said = {figure.what: figure.value for figure in report.narrative.figures if figure.what}
    assert said["requests_received"] == report.value("requests/received:total")
    assert said["carried_in"] == report.value("requests/carried_in:total")
    assert said["carried_out"] == report.value("requests/carried_out:total")
    assert said["reconsideration.total"] == report.value("disputes/reconsideration.total")


@pytest.mark.parametrize("seed", range(20))
def test_parts_make_the_whole(seed):
    figures = make(Random(seed)).narrative.figures
    for index, whole in enumerate(figures):
        parts = [figure.value for figure in figures if figure.whole == index]
        assert not parts or sum(parts) == whole.value


@pytest.mark.parametrize("slip", sorted(set(SLIPS) - {"percent_not_hundred"}))
def test_a_slip_changes_the_text_and_not_the_tables(slip):
    plain = make(Random(7), agency=OFFICE, year=2023)
    slipped = make(Random(7), agency=OFFICE, year=2023, slips=frozenset({slip}))
    assert plain.tables == slipped.tables
    assert _text(plain) != _text(slipped)


def test_the_slip_of_another_agency_names_one_that_exists_elsewhere():
    slipped = make(Random(7), agency=OFFICE, year=2023, slips=frozenset({"other_agency"}))
    assert OFFICE.name not in slipped.narrative.paragraphs[0][1]


@pytest.mark.parametrize(("slips", "hundred"), [(frozenset(), True), (frozenset({"percent_not_hundred"}), False)])
def test_percentages_make_a_hundred_unless_they_slip(slips, hundred):
    text = _text(make(Random(7), agency=OFFICE, year=2023, slips=slips))
    shares = re.findall(r"占(\d+)%", text)
    assert len(shares) == 2
    assert (sum(map(int, shares)) == 100) is hundred


def test_reports_do_not_read_alike():
    texts = [_text(make(Random(seed), agency=OFFICE, year=2023)) for seed in range(12)]
    assert max(SequenceMatcher(None, a, b).ratio() for a, b in combinations(texts, 2)) < 0.8
