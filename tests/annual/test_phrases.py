"""The wording of figures is loaded, complete and checked."""

from __future__ import annotations

from importlib import resources

import pytest

from gongkai.annual.form import BrokenForm, forms
from gongkai.annual.phrases import load, phrases, wording

TEXT = (resources.files("gongkai.annual") / "forms" / "text.toml").read_text(encoding="utf-8")


def test_every_phrase_has_a_name_and_labels_in_both_languages() -> None:
    assert len(phrases()) > 80
    for what, phrase in phrases().items():
        assert phrase.what == what
        assert phrase.label and phrase.label_en
        assert phrase.label_en.isascii()
        assert phrase.patterns


def test_the_cells_of_a_figure_are_alternatives_of_sums() -> None:
    assert phrases()["requests_received"].cells[:2] == (
        ("requests/received:total",),
        ("requests/received:total", "requests/carried_in:total"),
    )
    assert len(phrases()["refused"].cells[0]) == 8


def test_every_cell_stands_in_a_form() -> None:
    known = {
        f"{table.name}/{cell}" for form in forms().values() for table in form.tables.values() for cell in table.cells
    }
    for phrase in phrases().values():
        for cells in phrase.cells:
            assert cells and set(cells) <= known


def test_every_outcome_of_the_form_in_force_is_a_phrase() -> None:
    named = {cells for phrase in phrases().values() for cells in phrase.cells}
    for row in forms()["2021"].tables["requests"].outcomes:
        assert (f"requests/{row.key}:total",) in named or row.key == "other.remaining"


def test_wording_is_loaded_once() -> None:
    assert wording() is wording()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("requests/carried_in:total", "requests/carried:total", "no form has a cell 'requests/carried:total'"),
        ('topic = ["requests"]', 'topic = ["request"]', "unknown topic 'request'"),
        ('units = "cases"', 'units = "case"', "unknown set 'case'"),
        ('what = "carried_in"', 'name = "carried_in"', "unknown key 'name'"),
        ('what = "carried_in"', 'what = "carried_out"', "phrase carried_out: is there twice"),
        ('label_en = "Requests carried over from last year"\n', "", "label_en is missing"),
        ('label = "上年结转政府信息公开申请"', "label = 3", "label must be str"),
        ('whole = "litigation.total"', 'whole = "litigation.sum"', "unknown phrase 'litigation.sum'"),
        ('key = "当面"\n', "", "group and key go together"),
        ('words = ["复议"]', 'words = ["复议("]', "is not a pattern"),
        ('words = ["复议"]', "words = [1]", "must be a list of words"),
        ('"元" = 1,', '"元" = "1",', "whole number of yuan"),
        ("{concerning}", "{about}", "unknown piece 'about'"),
        ("[identity]", "[identity", "not valid TOML"),
    ],
)
def test_a_broken_file_is_named_with_its_place(old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(BrokenForm, match=r"text\.toml") as raised:
        load(TEXT.replace(old, new, 1))
    assert message in str(raised.value)
