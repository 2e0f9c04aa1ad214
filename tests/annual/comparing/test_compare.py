"""Comparing: figures and sentences side by side."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.checking.common import rules_in
from gongkai.annual.comparing import Kind, State, compare, ordered
from gongkai.annual.comparing.texts import pieces, sentences, side_by_side
from gongkai.annual.finding import Finding, Severity, Where
from gongkai.annual.report import Cell, Heading, Indicator, Narrative, Report
from gongkai.demo import faults
from gongkai.demo.agencies import AGENCIES, DISTRICT_AGENCIES
from gongkai.demo.making import make

OFFICE, SCHOOLS = DISTRICT_AGENCIES[1], DISTRICT_AGENCIES[3]
LICENCES = "publication/licences.decisions"
YEARS = st.sampled_from([2016, 2018, 2019, 2020, 2021, 2023])
SEEDS = st.integers(0, 10_000)

KEPT = "群众来电先记下再分办，办完一件销一件；栏目每月对照目录清点，缺的补上，旧的撤下。" * 4


def report(year: int = 2023, seed: int = 1, agency=SCHOOLS, **given: object) -> Report:
    made = make(Random(seed), agency=agency, year=year)
    return replace(made, source=f"{agency.name}{year}.docx", **given)  # type: ignore[arg-type]


def saying(text: str, year: int) -> Report:
    return report(year, narrative=Narrative(paragraphs=((1, text, Where()),)))


def codes(*reports: Report) -> list[str]:
    return [finding.code for finding in compare(reports[0], reports[1], *reports[2:]).findings]


# ── Figures ──────────────────────────────────────────────────────────────────────────────────────────────────────


@given(YEARS, SEEDS, st.sampled_from(AGENCIES))
def test_a_report_beside_itself_says_that_nothing_changed(year, seed, agency) -> None:
    made = report(year, seed, agency)
    compared = compare(made, made)
    assert compared.changed() == [] and compared.notable() == []
    assert all(pair.kind is Kind.SAME for section in compared.sections for pair in section.pairs)
    assert all(figure.changes[0] is None or figure.changes[0].difference == 0 for figure in compared.figures)


@given(YEARS, YEARS, SEEDS)
def test_swapped_reports_flip_every_sign(one, other, seed) -> None:
    left, right = report(one, seed), report(other, seed + 1)
    there, back = compare(left, right), compare(right, left)
    assert {line.name for line in there.lines()} == {line.name for line in back.lines()}
    for line in there.lines():
        mirrored = back.line(line.name)
        assert mirrored is not None
        assert mirrored.entries == line.entries[::-1]
        (forth,), (again,) = line.changes, mirrored.changes
        assert (forth is None) == (again is None)
        if forth and again:
            assert forth.difference == -again.difference


@given(YEARS, SEEDS)
def test_every_figure_of_both_reports_stands_in_a_line(year, seed) -> None:
    left, right = report(year, seed), report(2021, seed)
    compared = compare(left, right)
    for at, one in enumerate((left, right)):
        for name, cell in one.cells():
            line = compared.line(name)
            assert line is not None and line.entries[at].value == cell.value


def test_a_change_is_told_as_difference_and_in_percent() -> None:
    left, right = (faults.misprint(report(year), LICENCES, value) for year, value in ((2022, 8), (2023, 6)))
    line = compare(left, right).line(LICENCES)
    assert line is not None and line.changes[0] is not None
    assert (line.changes[0].difference, line.changes[0].percent) == (-2, Decimal("-25.0"))


@pytest.mark.parametrize(
    ("before", "now", "percent", "notable"),
    [
        (0, 5, None, False),
        (0, 10, None, True),
        (20, 0, Decimal(-100), True),
        (20, 31, Decimal(55), True),
        (100, 140, Decimal(40), False),
        (4, 12, Decimal(200), False),
    ],
)
def test_large_changes_are_marked(before, now, percent, notable) -> None:
    left, right = (faults.misprint(report(year), LICENCES, value) for year, value in ((2022, before), (2023, now)))
    line = compare(left, right).line(LICENCES)
    assert line is not None and line.changes[0] is not None
    assert (line.changes[0].percent, line.notable) == (percent, notable)


def test_blank_unread_and_absent_cells_are_compared_with_nothing_and_told_apart() -> None:
    left = faults.misprint(report(2022), LICENCES, None)
    whole = report(2023)
    cells = {name: cell for name, cell in whole.tables["publication"].items() if name != "licences.decisions"}
    right = replace(whole, tables={**whole.tables, "publication": cells})
    unread = right.with_findings(Finding("R-1", Severity.WARNING, "未读准", "unread", cells=(LICENCES,)))
    for last, state in ((right, State.ABSENT), (unread, State.UNREAD)):
        line = compare(left, last).line(LICENCES)
        assert line is not None
        assert [entry.state for entry in line.entries] == [State.BLANK, state]
        assert line.changes == (None,)


def test_across_the_change_of_form_the_divided_row_is_compared_as_a_sum_and_nothing_else_is_guessed() -> None:
    old, new = report(2020), report(2021)
    compared = compare(old, new)
    line = compared.line("requests/other:total")
    assert line is not None and line.extra
    assert line.entries[0].value == old.value("requests/other:total")
    assert line.entries[1].value == sum(
        new.value(f"requests/other.{key}:total") or 0 for key in ("supplement_overdue", "fee_overdue", "remaining")
    )
    for name in ("requests/other.remaining:total", "publication/rules.in_force", "publication/rules.published_total"):
        lonely = compared.line(name)
        assert lonely is not None and lonely.changes == (None,)
    assert "C-4" in codes(old, new)


def test_five_years_stand_in_columns_with_a_change_from_each_to_the_next() -> None:
    years = [report(year, year) for year in range(2019, 2024)]
    compared = compare(*years)
    line = compared.line("requests/received:total")
    assert line is not None
    assert [entry.value for entry in line.entries] == [one.value("requests/received:total") for one in years]
    assert len(line.changes) == 4


def test_rows_of_local_tables_are_matched_by_label_and_unit() -> None:
    def local(year: int, value: int, unit: str) -> Report:
        return Report(agency=SCHOOLS.name, year=year, indicators=(Indicator("接待现场查阅", unit, Cell(value)),))

    (line,) = compare(local(2016, 3, "人次"), local(2017, 5, "人次")).indicators
    assert line.changes[0] is not None and line.changes[0].difference == 2
    assert len(compare(local(2016, 3, "人次"), local(2017, 5, "次")).indicators) == 2


def test_figures_of_the_texts_stand_side_by_side() -> None:
    left, right = report(2022), report(2023, 2)
    compared = {figure.what: figure for figure in compare(left, right).figures}
    received = compared["requests_received"]
    assert received.values == tuple((one.value("requests/received:total"),) for one in (left, right))


# ── What is told ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_rule_of_comparing_is_told_when_there_is_occasion() -> None:
    told = {
        "C-1": codes(*(faults.misprint(report(year), LICENCES, value) for year, value in ((2022, 1), (2023, 99)))),
        "C-1b": codes(
            *(faults.misprint(report(agency=one), LICENCES, value) for one, value in ((SCHOOLS, 1), (OFFICE, 99)))
        ),
        "C-2": codes(report(), report(seed=2)),
        "C-3": codes(saying(KEPT, 2022), saying(KEPT, 2023)),
        "C-4": codes(report(2020), report(2021)),
    }
    assert set(told) == set(rules_in("comparing.toml"))
    for code, found in told.items():
        assert code in found
    same = report(2022), replace(report(2022), agency=OFFICE.name, narrative=Narrative())
    assert not set(told) & set(codes(*same))


def test_forms_are_listed_with_the_commas_of_the_language() -> None:
    (finding,) = [one for one in compare(report(2020), report(2021)).findings if one.code == "C-4"]
    assert "2019、2021" in finding.message
    assert "2019, 2021" in finding.message_en and "、" not in finding.message_en


def test_between_agencies_nothing_is_said_to_have_changed() -> None:
    compared = compare(report(), report(agency=OFFICE, seed=2))
    assert "C-1" not in {finding.code for finding in compared.findings}
    (told,) = [finding for finding in compared.findings if finding.code == "C-1b"]
    assert "变化" not in told.message and "说明原因" not in told.message and "explanation" not in told.message_en


def test_what_was_carried_over_is_checked() -> None:
    before = report(2022)
    wrong = faults.misprint(report(2023), "requests/carried_in:total", 640)
    assert "T3-5" in codes(before, wrong)
    assert "T3-5" not in codes(before, make(Random(5), agency=SCHOOLS, year=2023, previous=before))


def test_messages_are_complete_in_both_languages() -> None:
    for finding in compare(saying(KEPT, 2020), saying(KEPT, 2021)).findings:
        for message in (finding.message, finding.message_en):
            assert message and "{" not in message and "None" not in message


def test_reports_are_ordered_by_agency_and_year_without_being_told() -> None:
    given_reports = [report(2023), report(2021, agency=OFFICE), report(2022), report(2022, agency=OFFICE)]
    assert [(one.agency, one.year) for one in ordered(given_reports)] == [
        (SCHOOLS.name, 2022),
        (SCHOOLS.name, 2023),
        (OFFICE.name, 2021),
        (OFFICE.name, 2022),
    ]


# ── Text ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_sentences_are_the_same_changed_gone_or_new() -> None:
    left = "全年公开信息312条。开展自查1次；组织培训2次。群众来电先记下再分办。"
    right = "全年公开信息405条。开展自查1次；群众来电先记下再分办。新设解读专栏一处。"
    found = [(pair.kind, pair.left, pair.right) for pair in side_by_side(sentences(left), sentences(right))]
    assert found == [
        (Kind.CHANGED, "全年公开信息312条。", "全年公开信息405条。"),
        (Kind.SAME, "开展自查1次；", "开展自查1次；"),
        (Kind.GONE, "组织培训2次。", ""),
        (Kind.SAME, "群众来电先记下再分办。", "群众来电先记下再分办。"),
        (Kind.NEW, "", "新设解读专栏一处。"),
    ]


def test_a_changed_figure_is_marked_whole() -> None:
    assert [(piece.kind, piece.text) for piece in pieces("公开312条。", "公开302条。")] == [
        (Kind.SAME, "公开"),
        (Kind.GONE, "312"),
        (Kind.NEW, "302"),
        (Kind.SAME, "条。"),
    ]


TEXT = st.lists(
    st.sampled_from(["公开信息3条。", "公开信息4条。", "开展自查；", "培训两次。", "群众来电先记下。", "无。"])
)


@given(TEXT, TEXT)
def test_no_sentence_is_lost_or_made_up_and_their_order_stays(left, right) -> None:
    pairs = list(side_by_side(left, right))
    assert [pair.left for pair in pairs if pair.left] == left
    assert [pair.right for pair in pairs if pair.right] == right


@given(st.text("公开信息条12年，。", max_size=20), st.text("公开信息条12年，。", max_size=20))
def test_the_pieces_of_a_changed_sentence_make_up_both_sides(left, right) -> None:
    found = list(pieces(left, right))
    assert "".join(piece.text for piece in found if piece.kind is not Kind.NEW) == left
    assert "".join(piece.text for piece in found if piece.kind is not Kind.GONE) == right


def test_text_that_was_kept_but_for_figures_and_years_is_as_alike_as_can_be() -> None:
    left, right = (saying(f"{year}年公开信息{year - 2000}条。{KEPT}", year) for year in (2022, 2023))
    (section,) = compare(left, right).sections
    assert section.likeness == 100
    (other,) = compare(
        left, saying("围绕招生、收费、食堂三件事开了七场说明会，会后把问答整理上网。" * 4, 2023)
    ).sections
    assert other.likeness is not None and other.likeness < 50


def test_a_section_is_named_without_the_number_that_its_heading_has() -> None:
    told = Narrative(((5, "无。", Where()),), (Heading("五、存在的问题及改进情况", 5, Where()),))
    (section,) = compare(report(2022, narrative=told), report(2023, narrative=told)).sections
    assert section.heading == "存在的问题及改进情况"


def test_a_short_section_is_not_called_alike() -> None:
    (section,) = compare(saying("无。", 2022), saying("无。", 2023)).sections
    assert section.likeness is None
