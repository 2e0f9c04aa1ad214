"""The figures of the text: against tables, parts against wholes, percentages, fees; and what was left in it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.annual.checking import likeness, narrative, pairs, shares, strays
from gongkai.annual.finding import Finding, Where
from gongkai.annual.report import Report
from tests.annual.checking.cases import (
    EDUCATION,
    GOVERNMENT,
    OTHER_TEXT,
    TEXT,
    figures,
    parts,
    report,
    said,
    stated,
    text,
)


def against_tables(made: Report) -> list[Finding]:
    return [finding for finding in narrative.check(made) if finding.code == "X-1"]


def lists(made: Report) -> list[str]:
    return [finding.code for finding in shares.check(made)]


# ── Text against tables ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_figure_that_no_cell_confirms_is_told_with_both() -> None:
    made = figures(stated("requests_received", 8, "收到政府信息公开申请"), received__total=7, carried_in__total=0)
    (finding,) = against_tables(made)
    assert (finding.expected, finding.actual) == (7, 8)
    assert finding.cells == ("requests/received:total",)
    assert finding.where == Where(line=3)
    assert "收到政府信息公开申请" in finding.message and "8件" in finding.message
    assert "一、本年新收政府信息公开申请数量 · 总计" in finding.message


@pytest.mark.parametrize("value", [70, 75])
def test_received_may_be_counted_with_or_without_what_was_carried_over(value: int) -> None:
    assert not against_tables(figures(stated("requests_received", value), received__total=70, carried_in__total=5))


@pytest.mark.parametrize(
    "figure",
    [
        stated("requests_received", 8, approximate=True),
        stated("requests_received", 8, year=2022),
        stated("requests_received", 8, percent=True),
        stated(None, 8),
        stated("something_else", 8),
    ],
)
def test_what_cannot_be_held_against_the_table_is_left_alone(figure) -> None:
    assert not against_tables(figures(figure, received__total=7, carried_in__total=0))


def test_a_figure_of_a_row_that_was_not_read_is_left_alone() -> None:
    made = figures(stated("requests_received", 8), received__total=7)
    cells = {name: cell for name, cell in made.tables["requests"].items() if name != "carried_in:total"}
    assert not against_tables(replace(made, tables={**made.tables, "requests": cells}))


def test_a_smaller_figure_beside_the_right_one_may_be_a_part_of_it() -> None:
    made = figures(
        stated("requests_received", 7), stated("requests_received", 2), received__total=7, carried_in__total=0
    )
    assert not against_tables(made)
    made = figures(
        stated("requests_received", 7), stated("requests_received", 9), received__total=7, carried_in__total=0
    )
    assert [finding.actual for finding in against_tables(made)] == [9]


def test_a_report_without_tables_says_nothing_against_its_text() -> None:
    assert not against_tables(replace(figures(stated("requests_received", 8)), tables={}))


# ── Parts and wholes ─────────────────────────────────────────────────────────────────────────────────────────────


def test_parts_with_the_rest_among_them_must_make_the_whole() -> None:
    made = parts(591, ("部门文件类信息", 40), ("动态类信息", 371), ("行政职权类信息", 145), ("其他信息", 36))
    (finding,) = shares.check(made)
    assert (finding.code, finding.expected, finding.actual) == ("X-2", 592, 591)
    assert "部门文件类信息 40 + 动态类信息 371 + 行政职权类信息 145 + 其他信息 36" in finding.message


def test_parts_without_the_rest_need_not_make_the_whole() -> None:
    assert not lists(parts(100, ("部门文件类信息", 40), ("动态类信息", 37)))


def test_parts_whose_shares_make_a_hundred_must_make_the_whole() -> None:
    shares_of = [Decimal("40.0"), Decimal("60.0")]
    assert not lists(parts(100, ("甲类", 40), ("乙类", 60), percents=shares_of))
    assert lists(parts(101, ("甲类", 40), ("乙类", 60), percents=[40, 60])) == ["X-2"]


def test_channels_overlap_and_are_not_added_up() -> None:
    assert not lists(parts(100, ("政府网站公开", 90), ("微信公开", 60), ("其他", 5)))
    assert not lists(parts(100, ("门户公开", 100), ("专栏公开", 60), ("其他", 5)))


def test_other_result_is_a_row_of_the_form_and_not_the_rest() -> None:
    assert not lists(parts(100, ("结果维持", 40), ("其他结果", 20)))


def test_a_list_with_a_number_that_was_not_read_is_not_held_short() -> None:
    made = parts(100, ("甲类", 40), ("其他", 20))
    figure = made.narrative.figures
    longer = figure[0].sentence.replace("，其他", "，乙类40，其他")
    told = tuple(replace(one, sentence=longer) for one in figure)
    assert lists(made) == ["X-2"]
    assert not lists(replace(made, narrative=replace(made.narrative, figures=told)))


def test_years_and_list_marks_are_no_numbers_of_the_list() -> None:
    made = parts(100, ("甲类", 40), ("其他", 20))
    told = tuple(
        replace(one, sentence="2023 年" + one.sentence.replace("甲类", "1.甲类")) for one in made.narrative.figures
    )
    assert lists(replace(made, narrative=replace(made.narrative, figures=told))) == ["X-2"]


@pytest.mark.parametrize(("whole", "part"), [(0, 10), (1, 44)])
def test_a_part_larger_than_its_whole_is_an_error_of_its_own(whole: int, part: int) -> None:
    (finding,) = shares.check(parts(whole, ("其他情形", part), percents=[100]))
    assert (finding.code, finding.actual, finding.expected) == ("X-2b", part, whole)
    assert f"{whole}条" in finding.message and f"{part}条" in finding.message


def test_a_part_in_another_unit_is_not_compared() -> None:
    made = parts(10, ("浏览量", 72271))
    told = (made.narrative.figures[0], replace(made.narrative.figures[1], unit="人次"))
    assert not lists(replace(made, narrative=replace(made.narrative, figures=told)))


def test_about_so_many_is_never_wrong() -> None:
    assert not lists(parts(10, ("动态类", 12), approximate=True))


@pytest.mark.parametrize(
    ("part", "whole", "percent", "wrong"),
    [
        (1, 1, 2, True),
        (1509, 2122, "71.11", False),
        (1509, 2122, "71.12", False),
        (1509, 2122, "71.13", True),
        (1, 3, 33, False),
        (2, 3, 67, False),
        (2, 3, 66, False),
        (2, 3, 60, True),
        (0, 5, 0, False),
        (7, 7, 100, False),
    ],
)
def test_percentages_are_rounded_or_cut_off_quotients(part: int, whole: int, percent: object, wrong: bool) -> None:
    made = parts(whole, ("网上申请", part), percents=[Decimal(str(percent))])
    assert ("X-2c" in lists(made)) is wrong


def test_a_percentage_behind_its_part_is_held_against_the_wholes_of_that_part() -> None:
    sentence = "受理申请 4 件，其中当面 1 件，占 50%。"
    told = (
        stated("requests_received", 4, "受理申请", sentence),
        stated(None, 1, "当面", sentence, whole=0),
        stated(None, 50, "当面", sentence, unit="%", whole=1, percent=True),
    )
    assert lists(replace(report(), narrative=said(*told))) == ["X-2c"]


def test_a_percentage_that_fits_an_earlier_figure_may_be_a_share_of_that() -> None:
    """「制作 122 条，其中主动公开 40 条，占 32.8%…公开信息中，民政类 19 条，占 47.5%」: of the 40, not of the 122."""
    sentence = "制作信息122条，其中主动公开40条，占32.8%，民政类19条，占47.5%。"
    told = (
        stated(None, 122, "制作信息", sentence, unit="条"),
        stated(None, 40, "主动公开", sentence, unit="条", whole=0),
        stated(None, Decimal("32.8"), "主动公开", sentence, unit="%", whole=0, percent=True),
        stated(None, 19, "民政类", sentence, unit="条", whole=0),
        stated(None, Decimal("47.5"), "民政类", sentence, unit="%", whole=0, percent=True),
    )
    assert not lists(replace(report(), narrative=said(*told)))


def test_parts_that_make_an_earlier_figure_may_be_parts_of_that() -> None:
    made = parts(100, ("甲类", 40), ("其他", 20))
    moved = tuple(replace(one, whole=None if one.whole is None else 1) for one in made.narrative.figures)
    earlier = stated(None, 60, "制作信息", unit="条")
    assert not lists(replace(made, narrative=said(earlier, *moved)))


# ── Fees ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_fees_that_the_text_states_twice_differently_are_left_alone() -> None:
    made = figures(stated("fee_notices", 0), stated("fee_notices", 2), stated("fees_yuan", 30, unit="元"))
    assert not narrative.check(made)


def test_nothing_stated_is_nothing_wrong() -> None:
    assert not narrative.check(figures(other_X_fee_overdue__total=2))


# ── What was left in the text ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "sentence",
    [
        "所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
        "报告中使用数据统计期限为2023年1月1日至12月31日。",
        "所列数据的统计期限自20221月1日起至202212月31日止。",
        "现向社会公布我局2023年度政府信息公开年度报告。",
        "梳理2019年全区被纠错案件情况，组织有关单位自查分析。",
        "2024年，我局将从三个方面加以改进。",
        "与2022年相比，我局收到申请减少。",
        "2022年，我局收到的申请结转到本年办理两件。",
        "根据《2022年政务公开工作要点》要求，认真组织实施。",
        "2023年，我局认真贯彻落实条例。",
    ],
)
def test_other_years_that_may_stand_in_a_report_are_left_alone(sentence: str) -> None:
    for section in (None, 1, 5, 6):
        made = replace(report(), narrative=replace(said(), paragraphs=((section, sentence, Where()),)))
        assert not strays.check(made)


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。", "X-7"),
        ("统计时限为 2022 年 1 月 1 日至 2023 年 12 月 31 日。", "X-7"),
        ("数据统计期从2022年1月1日到12月31日止。", "X-7"),
        ("2022年，我局坚持以公开为常态。", "X-7b"),
        ("2022年度，共收到政府信息公开申请3件。", "X-7b"),
        ("本报告由鹭鸣县教育局根据条例编制。", "X-7c"),
        ("如对本报告有疑问，请与砚秋县教育局联系（地址：略）。", "X-7c"),
        ("现向社会公布鹭鸣县教育局2023年度政府信息公开年度报告。", "X-7c"),
        ("按照要求，鹭鸣县教育局编制了2023年政府信息公开工作年度报告。", "X-7c"),
        ("本报告由青禾市棠湾区卫生健康局编制。", "X-7d"),
    ],
)
def test_what_was_left_from_another_year_or_agency_is_quoted(sentence: str, code: str) -> None:
    agency = EDUCATION if code == "X-7d" else replace(EDUCATION, name="砚池县教育局")
    (finding,) = strays.check(text((1, sentence), agency=agency))
    assert finding.code == code
    assert str(finding.actual).replace(" ", "")[:4] in sentence.replace(" ", "")
    assert finding.where == Where(line=1)


def test_the_preface_that_gives_the_report_another_year_is_quoted() -> None:
    made = text((1, "无"))
    told = replace(
        made.narrative, paragraphs=((None, "我局认真编制了《教育局2022年政府信息公开工作年度报告》。", Where()),)
    )
    (finding,) = strays.check(replace(made, narrative=told))
    assert finding.code == "X-7b"


@pytest.mark.parametrize(
    ("agency", "sentence"),
    [
        (GOVERNMENT, "本报告由青禾市棠湾区人民政府办公室编制。"),
        (GOVERNMENT, "如有疑问，请与棠湾区政务公开领导小组办公室联系。"),
        (GOVERNMENT, "本报告由青禾市棠湾区数据局根据条例编制。"),
        (EDUCATION, "本报告由棠湾区教育局办公室编制。"),
        (EDUCATION, "如对本报告有任何疑问，请联系：青禾市棠湾区教育局，地址：略。"),
        (GOVERNMENT, "我区管委会办公室编制完成了本报告。"),
        (GOVERNMENT, "办公室负责指导各镇和街道编制2023年政府信息公开年度报告。"),
        (EDUCATION, "本报告由总体情况、主动公开政府信息情况等六个部分组成。"),
        (EDUCATION, "转发《南溪市政府信息公开申请办理规范》，组织学习。"),
        (replace(EDUCATION, name="鹭鸣县科技和工业信息化局"), "本报告由鹭鸣县科工信局编制。"),
    ],
)
def test_offices_and_units_of_the_same_house_may_stand_in_a_report(agency, sentence: str) -> None:
    assert not strays.check(text((1, sentence), agency=agency))


# ── Near-identical text ──────────────────────────────────────────────────────────────────────────────────────────


def alike(*reports: Report) -> list[Finding]:
    return likeness.check(pairs.pair(reports))


def test_last_years_text_is_found_and_quoted() -> None:
    (finding,) = alike(text((1, TEXT)), text((1, TEXT.replace("七", "九")), year=2022))
    assert (finding.code, finding.year) == ("X-8", 2023)
    assert "第一部分" in finding.message and "2022 年度" in finding.message
    quote = finding.message.split("“")[1].split("”")[0].rstrip("…")
    assert len(quote) > 10 and quote in TEXT
    assert isinstance(finding.actual, int) and finding.actual > 85


def test_only_sections_one_and_five_are_compared() -> None:
    assert not alike(text((6, TEXT)), text((6, TEXT), year=2022))
    assert alike(text((5, TEXT)), text((5, TEXT), year=2022))


def test_short_texts_and_different_texts_are_not_alike() -> None:
    assert not alike(text((1, TEXT[:60])), text((1, TEXT[:60]), year=2022))
    assert not alike(text((1, TEXT)), text((1, OTHER_TEXT), year=2022))


def test_copies_of_one_report_are_not_alike_to_themselves() -> None:
    assert not alike(text((1, TEXT)), replace(text((1, TEXT)), source="另一格式"))
    assert not alike(replace(text((1, TEXT)), agency=None), text((1, TEXT), year=2022))


def test_one_of_many_agencies_that_copied_is_found() -> None:
    others = [
        text((1, OTHER_TEXT[at:] + OTHER_TEXT[:at]), agency=replace(EDUCATION, name=f"第{at}区教育局"))
        for at in range(3)
    ]
    found = alike(text((1, TEXT)), *others, text((1, TEXT), agency=replace(EDUCATION, name="鹭鸣县数据局")))
    assert [
        finding.code for finding in found if "鹭鸣县数据局" in finding.message or finding.agency == "鹭鸣县数据局"
    ] == ["X-8b"]
