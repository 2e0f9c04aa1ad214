"""Whatever a reader makes of a file, checking it ends in findings and never in an error."""

from __future__ import annotations

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.checking import check
from gongkai.annual.checking.arrays import broken
from gongkai.annual.checking.figures import Figures
from gongkai.annual.finding import Where
from gongkai.annual.form import forms
from gongkai.annual.phrases import phrases
from gongkai.annual.report import Cell, Figure, Heading, Indicator, Narrative, Report

NAMES = {
    table: sorted({cell for form in forms().values() if table in form.tables for cell in form.tables[table].cells})
    for table in ("publication", "requests", "disputes", "indicators")
}
numbers = st.one_of(
    st.integers(-5, 10**12), st.decimals(0, 10**9, places=4), st.sampled_from([Decimal("0.10"), Decimal(-1), 0, 1])
)
cells = st.builds(Cell, st.none() | numbers, st.just(Where(page=1, line=2)) | st.none())
agencies = st.none() | st.sampled_from(
    ["鹭鸣县教育局", "鹭鸣县人民政府", "县", "鹭鸣县", "教育局", "", "砚秋县听松坪乡", "?" * 40]
)
words = st.text("2023年度我局收到政府信息公开申请件，。由编制本报告统计期限1月日至自省市县区其他", max_size=60)


def tables(name: str) -> st.SearchStrategy[dict[str, Cell]]:
    return st.dictionaries(st.sampled_from([*NAMES[name], "no:such", "cell"]), cells, max_size=25)


figures = st.builds(
    Figure,
    what=st.none() | st.sampled_from([*phrases(), "unknown"]),
    phrase=words,
    value=numbers,
    unit=st.sampled_from(["件", "条", "元", "万元", "%", ""]),
    sentence=words,
    where=st.just(Where()),
    whole=st.none() | st.integers(-3, 12),
    percent=st.booleans(),
    approximate=st.booleans(),
    year=st.none() | st.integers(2000, 2030),
)
narratives = st.builds(
    Narrative,
    paragraphs=st.lists(st.tuples(st.none() | st.integers(0, 9), words, st.just(Where())), max_size=4).map(tuple),
    headings=st.lists(st.builds(Heading, words, st.none() | st.integers(0, 9), st.just(Where())), max_size=7).map(
        tuple
    ),
    figures=st.lists(figures, max_size=8).map(tuple),
)
reports = st.builds(
    Report,
    agency=agencies,
    year=st.none() | st.integers(1990, 2030),
    form=st.none() | st.sampled_from(["2014", "2019", "2021", "local"]),
    forms=st.dictionaries(st.sampled_from(["publication", "requests"]), st.sampled_from(["2019", "2021", "x"])),
    title=words,
    tables=st.fixed_dictionaries({}, optional={name: tables(name) for name in ("publication", "requests", "disputes")}),
    indicators=st.lists(
        st.builds(Indicator, words, st.just("件"), cells, st.none() | st.sampled_from([*NAMES["indicators"], "other"])),
        max_size=5,
    ).map(tuple),
    narrative=narratives,
    published=st.none() | st.sampled_from(["2024-02-30", "2024-02-01", "x"]),
    source=st.sampled_from(["", "a.pdf", "b.pdf"]),
)


@given(st.lists(reports, max_size=3))
def test_any_reports_are_checked_and_shown(given_reports: list[Report]) -> None:
    checked = check(given_reports, merged=given_reports[0] if given_reports else None, members=["鹭鸣县教育局"])
    for lang in ("zh", "en"):
        assert json.dumps(checked.to_json(lang), ensure_ascii=False)
        assert checked.headline(lang)
    assert all(finding.message and finding.message_en and finding.basis for finding in checked.findings)


@given(st.lists(reports, max_size=4))
def test_any_reports_are_taken_into_columns(given_reports: list[Report]) -> None:
    assert len(Figures.of(given_reports)) == len(given_reports)
    assert set(broken(Figures.of(given_reports)).reports.tolist()) <= set(range(len(given_reports)))
