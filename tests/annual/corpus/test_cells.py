"""What stands in a report's cells stands in the corpus, to the last digit, and a blank stays a blank."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual.corpus import reports
from gongkai.annual.corpus.columns import AMOUNT, COUNT, LOCAL, cells, columns, fitting, quoted
from gongkai.annual.finding import Finding, Severity, Where
from gongkai.annual.form import forms
from gongkai.annual.report import Cell, Indicator, Report
from gongkai.demo.making import make, values, with_values
from tests.annual.corpus.cases import kept, stored

counts = st.none() | st.integers(-3, 50) | st.integers(-(2**70), 2**70)
amounts = st.decimals(allow_nan=False, allow_infinity=False, places=6) | st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30
)


@st.composite
def some_reports(draw) -> dict[str, Report]:
    """A few reports of any form whose cells hold anything that could be read, some of them missing."""
    found = {}
    for at in range(draw(st.integers(1, 3))):
        rng = Random(draw(st.integers(0, 99)))
        made = make(rng, form=draw(st.sampled_from(list(forms()))))
        tables = values(made)
        for table in tables:
            names = list(tables[table])
            for name in draw(st.lists(st.sampled_from(names), max_size=5, unique=True)):
                tables[table][name] = draw(counts | amounts)
            for name in draw(st.lists(st.sampled_from(names), max_size=3, unique=True)):
                tables[table].pop(name)
        found[f"{at}.html"] = with_values(made, {name: held for name, held in tables.items() if held})
    return found


@given(some_reports())
@settings(max_examples=12)
def test_any_report_comes_back_with_the_same_figures(made):
    with tempfile.TemporaryDirectory() as folder:
        path = kept(Path(folder) / "r.parquet", made)
        names = list(cells())
        listed = ", ".join(quoted(name) for name in names)
        rows = stored(path, f"file, blank, beyond, figures, {listed}")
        assert [row[0] for row in rows] == list(made)
        for (file, blank, beyond, figures, *row), back in zip(rows, reports(path), strict=True):
            report = made[str(file)]
            held = {name: cell.value for name, cell in report.cells()}
            assert set(blank) == {name for name, value in held.items() if value is None}
            assert figures == sum(value is not None for value in held.values())
            for name, value in zip(names, row, strict=True):
                if name not in beyond:
                    assert value == held.get(name)
                else:
                    assert value is None and held[name] is not None
            assert {name: cell.value for name, cell in back.cells()} == held
            assert back.content == report.content


@pytest.mark.parametrize(
    ("value", "type", "given_as"),
    [
        (2**53 + 1, COUNT, 2**53 + 1),
        (2**63, COUNT, None),
        (Decimal("7.0"), COUNT, 7),
        (Decimal("7.5"), COUNT, None),
        (Decimal("123456789012.123456"), AMOUNT, "123456789012.123456"),
        (Decimal("0.0000001"), AMOUNT, None),
        (Decimal("1.50000000000"), AMOUNT, "1.500000"),
        (10**12, AMOUNT, None),
        (10**12, LOCAL, "1000000000000.000000"),
        (Decimal("NaN"), AMOUNT, None),
        (0, AMOUNT, "0.000000"),
    ],
)
def test_a_column_takes_only_what_it_can_hold_exactly(value, type, given_as):
    assert fitting(value, type) == given_as


def test_blank_unread_and_absent_are_three_things(tmp_path):
    made = make(Random(1), form="2021", year=2023)
    tables = values(made)
    tables["requests"]["received:total"] = None
    tables["requests"].pop("carried_in:total")
    unread = Finding("R-1", Severity.INFO, "读不准", "not read for sure", cells=("requests/carried_in:total",))
    path = kept(tmp_path / "r.parquet", {"a.html": with_values(made, tables).with_findings(unread)})
    assert stored(path, "blank, unread") == [(["requests/received:total"], ["requests/carried_in:total"])]
    absent = quoted("publication/rules.made")
    assert stored(path, absent) == [(None,)]


def test_rows_of_local_tables_and_findings_are_kept(tmp_path):
    rows = (
        Indicator("主动公开信息数", "条", Cell(120), cumulative=Cell(Decimal("1234567890123456789.25"))),
        Indicator("其中：网站", "条", Cell(None)),
    )
    found = Finding("R-2", Severity.WARNING, "有疑", "in doubt", cells=("indicators/x",), where=Where(page=3, line=4))
    made = Report(agency="青禾市数据局", year=2016, form="2014", indicators=rows, findings=(found,))
    path = kept(tmp_path / "r.parquet", {"a.doc": made})
    ((indicators, findings),) = stored(path, "indicators, findings")
    assert [(row["label"], row["value"], row["cumulative"]) for row in indicators] == [
        ("主动公开信息数", 120, Decimal("1234567890123456789.25")),
        ("其中：网站", None, None),
    ]
    assert (findings[0]["message_en"], findings[0]["page"]) == ("in doubt", 3)
    (back,) = reports(path)
    assert back.indicators[0].cumulative == rows[0].cumulative
    assert back.findings[0].message_en == "in doubt" and back.findings[0].where == Where(page=3, line=4)


def test_text_that_no_encoding_can_write_does_no_harm(tmp_path):
    made = Report(agency="青禾市\ud800数据局", year=2023, title="a\x00b\x1b[31m")
    path = kept(tmp_path / "r.parquet", {"a.html": made})
    assert stored(path, "agency, year") == [("青禾市\ufffd数据局", 2023)]
    assert next(reports(path)).year == 2023


def test_every_column_is_documented():
    text = (Path(__file__).resolve().parents[3] / "docs" / "corpus.md").read_text(encoding="utf-8")
    for half in text.split("\n# The corpus\n"):
        for name in columns():
            if name not in cells():
                assert f"`{name}`" in half, name
