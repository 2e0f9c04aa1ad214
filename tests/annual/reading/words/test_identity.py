"""Whose report, of which year, under which title: from titles as real ones are broken and surrounded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.reading.words.identity import Identity, identify
from tests.annual.reading.words.prose_documents import document

OFFICE = "望澜市人民政府办公室"
BUREAU = "青禾县数据资源局"


@pytest.mark.parametrize(
    ("lines", "agency", "year"),
    [
        ([f"{BUREAU}2023年政府信息公开工作年度报告"], BUREAU, 2023),
        ([f"{BUREAU}2023年度政府信息公开工作年度报告"], BUREAU, 2023),
        ([f"{BUREAU} 2023 年政府信息公开工作年度报告"], BUREAU, 2023),
        ([f"{BUREAU}2 0 2 3年政府信息公开工作年度报告"], BUREAU, 2023),
        ([f"{BUREAU}２０２３年政府信息公开工作年度报告"], BUREAU, 2023),
        ([f"{BUREAU}二〇二三年政府信息公开工作年度报告"], BUREAU, 2023),
        ([BUREAU, "2023年政府信息公开工作年度报告"], BUREAU, 2023),
        (["# " + BUREAU, "## 2023 年政府信息公开年度报告", "2024 年 1 月"], BUREAU, 2023),
        (["青禾县数据", "资源局", "2023年政府信息公开工作年度报告"], BUREAU, 2023),
        ([f"{BUREAU}2023年政府信", "息公开工作年度报告"], BUREAU, 2023),
        ([f"2019年{OFFICE}政府信息公开工作年度报告"], OFFICE, 2019),
        ([f"{OFFICE}政府信息公开工作2022年度报告"], OFFICE, 2022),
        ([f"{OFFICE}政府信息公开工作年度报告（2022年）"], OFFICE, 2022),
        ([f"{OFFICE}2022年政府信息公开工作 告年度报"], OFFICE, 2022),
        ([f"{OFFICE}2022年度政府信息公开年报"], OFFICE, 2022),
        (["望瀾市人民政府辦公室2022年政府信息公開工作年度報告"], OFFICE, 2022),
        ([f"关于印发《{OFFICE}2022年政府信息公开工作年度报告》的通知"], OFFICE, 2022),
        ([f"{OFFICE}关于公布2022年政府信息公开工作年度报告的公告"], OFFICE, 2022),
        ([f"附件：{OFFICE}2022年政府信息公开工作年度报告"], OFFICE, 2022),
        ([f"标题: {OFFICE}2022年政府信息公开工作年度报告", "发布时间: 2023-01-20"], OFFICE, 2022),
        ([f"当前位置：首页>政府信息公开年报 {OFFICE}2022年政府信息公开工作年度报告 来源：本站"], OFFICE, 2022),
        (["首页 政务公开 信息公开年报", f"{OFFICE}2022年政府信息公开工作年度报告"], OFFICE, 2022),
        ([f"{OFFICE}2022年政府信息公开工作年度报告-望澜市政府办"], OFFICE, 2022),
        ([f"{OFFICE}2022年", "政府信息公开工作年度报告", "2023年1月"], OFFICE, 2022),
        ([f"根据条例要求，特编制{OFFICE}2022年政府信息公开工作年度报告。本报告包括总体情况等六个部分。"], OFFICE, 2022),
        ([f"根据(jù)条例规(guī)定编(biān)制。现(xiàn)公布{OFFICE}2022年政府信息公开工作年度报告。"], OFFICE, 2022),
        (
            [f"{OFFICE} 2022 年度 政府信息公开工作年度报告 本报告根据条例编制。" + "全文包括六个部分。" * 12],
            OFFICE,
            2022,
        ),
    ],
)
def test_titles(lines: list[str], agency: str, year: int) -> None:
    found = identify(document(*lines, "根据《中华人民共和国政府信息公开条例》编制本报告。"))
    assert (found.agency, found.year) == (agency, year)


def test_the_title_is_kept_as_printed() -> None:
    found = identify(document(OFFICE, "2019年政府信息公开工作年度报告", "一、总体情况"))
    assert found.title == f"{OFFICE}2019年政府信息公开工作年度报告"
    assert identify(document(f"{OFFICE}2019 年政府信息公開工作年度報告")).title.endswith("公開工作年度報告")


def test_the_title_of_the_files_metadata_counts() -> None:
    found = identify(document("一、总体情况", title=f"{BUREAU}2021年政府信息公开工作年度报告-青禾县政府网"))
    assert (found.agency, found.year) == (BUREAU, 2021)


def test_a_notice_about_reports_is_no_title() -> None:
    text = "根据《云麓省人民政府办公厅关于政府信息公开工作年度报告有关事项的通知》（云政办〔2021〕30号）要求编制。"
    found = identify(document(f"{BUREAU}2021年政府信息公开工作年度报告", text))
    assert found.agency == BUREAU
    assert identify(document(text)).agency is None


# ── A title with only a place ────────────────────────────────────────────────────────────────────────────────────


def test_a_place_is_completed_by_the_body_that_the_text_names() -> None:
    title = "白榆生态示范区2019年政府信息公开工作年度报告"
    named = "本报告的电子版可在白榆生态示范区管委会门户网站下载。"
    assert identify(document(title, named)).agency == "白榆生态示范区管理委员会"
    short = "根据条例要求，区管委会办公室编制完成了本报告。"
    assert identify(document(title, short)).agency == "白榆生态示范区管理委员会"


def test_a_street_is_completed_by_its_office() -> None:
    found = identify(
        document("2021年白榆路街道政府信息公开工作年度报告", "现将白榆路街道办事处2021年政府信息公开情况报告如下：")
    )
    assert (found.agency, found.title) == ("白榆路街道办事处", "2021年白榆路街道政府信息公开工作年度报告")


def test_a_place_stays_as_it_is_where_the_text_names_no_body_or_two() -> None:
    title = "青禾县2019年政府信息公开工作年度报告"
    assert identify(document(title, "我县编制完成了本报告。")).agency == "青禾县"
    both = "青禾县人民政府和青禾县管委会共同编制。"
    assert identify(document(title, both)).agency == "青禾县"


def test_usual_short_forms_are_written_out() -> None:
    assert identify(document("白榆高新区管委会2020年政府信息公开工作年度报告")).agency == "白榆高新区管理委员会"


# ── A title without the agency ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "lines",
    [
        [f"发布机构：{BUREAU}", "2023年政府信息公开工作年度报告"],
        ["发布机构", BUREAU, "名称", "2023年政府信息公开工作年度报告"],
        ["2023年政府信息公开工作年度报告", f"本报告由{BUREAU}编制，如有疑问请联系。"],
        ["2023年政府信息公开工作年度报告", "一、总体情况", "工作正常。", BUREAU, "2024年1月17日"],
    ],
)
def test_the_agency_from_the_issuer_the_compiler_or_the_signature(lines: list[str]) -> None:
    assert identify(document(*lines)).agency == BUREAU


def test_the_agency_from_two_places_that_agree() -> None:
    title = "政府信息公开工作年报"
    source, site = f"来源：{BUREAU}字号：大 中 小", f"本报告可从{BUREAU}门户网站获取。"
    assert identify(document(title, source, site)).agency == BUREAU
    assert identify(document(title, source)).agency is None
    assert identify(document(title, "来源：青禾县人民政府", site)).agency is None


def test_we_is_no_agency() -> None:
    assert identify(document("我局2023年政府信息公开工作年度报告")).agency is None


# ── The year where the title has none ────────────────────────────────────────────────────────────────────────────

TITLE = f"{BUREAU}政府信息公开工作年度报告"


def test_the_period_comes_first() -> None:
    text = "本报告所列数据的统计期限自2021年1月1日起至2021年12月31日止。2022年，我局将继续努力。"
    found = identify(document(TITLE, text, published="2023-02-01"), "2020.html")
    assert (found.year, found.period) == (2021, ("2021-01-01", "2021-12-31"))


def test_a_period_whose_second_day_has_no_year() -> None:
    found = identify(document(TITLE, "数据统计期限为2022年1月1日至12月31日。"))
    assert (found.year, found.period) == (2022, ("2022-01-01", "2022-12-31"))


def test_then_the_first_sentences() -> None:
    assert (
        identify(document(TITLE, "一、总体情况", "2021年，我局认真做好各项工作。", published="2023-02-01")).year == 2021
    )


def test_then_the_day_of_publication() -> None:
    assert identify(document(TITLE, "工作正常。", published="2022-01-20"), "a2019.html").year == 2021
    assert identify(document(TITLE, "发布日期：2022-01-20", "工作正常。")).year == 2021
    assert identify(document(TITLE, "工作正常。", published="2022-11-20")).year is None


def test_then_the_files_name() -> None:
    assert identify(document(TITLE, "工作正常。"), "dir/report_2019.pdf").year == 2019
    assert identify(document(TITLE, "工作正常。"), "2019_2020.pdf").year is None
    assert identify(document(TITLE, "工作正常。"), "20190131.pdf").year is None


@pytest.mark.parametrize(
    "eaten",
    ["202011日至20201231日", "201711日至20171231日", "2018年11日至2018年1231日", "国办公开办函〔202130号", "202615"],
)
def test_no_year_from_dates_that_have_lost_characters(eaten: str) -> None:
    found = identify(document(TITLE, f"本报告所列数据的统计期限为{eaten}。"))
    assert (found.year, found.period) == (None, None)


def test_the_year_of_the_report_is_not_that_of_publication() -> None:
    found = identify(document(f"{BUREAU}2022年政府信息公开工作年度报告", "发布时间：2023-01-18 09:00", "2023年1月18日"))
    assert (found.year, found.published) == (2022, "2023-01-18")


def test_no_impossible_year() -> None:
    assert identify(document(f"{BUREAU}2099年政府信息公开工作年度报告")).year is None


# ── Days ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["公开日期：2024-01-17"], "2024-01-17"),
        (["公开日期", "2024-01-17"], "2024-01-17"),
        (["发布时间：2024年1月7日 10:22"], "2024-01-07"),
        (["（2024年1月23日）"], "2024-01-23"),
        (["采集时间：2025-12-30"], None),
        (["2024年13月1日"], None),
    ],
)
def test_the_day_of_publication(lines: list[str], day: str | None) -> None:
    found = identify(document(*lines, f"{BUREAU}2023年政府信息公开工作年度报告", *["工作正常。"] * 20))
    assert found.published == day


def test_the_day_under_the_signature_stands_for_it() -> None:
    assert identify(document(TITLE, "工作正常。", BUREAU, " 2024年1月17日")).published == "2024-01-17"


# ── Whatever comes ───────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_said_of_an_empty_document() -> None:
    assert identify(document()) == Identity()


@given(
    st.lists(st.text(alphabet="20三年度政府信息公开工作报告局办公室县 :：（）\n至月1日", max_size=60), max_size=8),
    st.text(max_size=9),
)
def test_it_never_raises(lines: list[str], name: str) -> None:
    found = identify(document(*lines), name)
    assert found.year is None or 2008 <= found.year <= 2049


@given(st.integers(2009, 2040), st.sampled_from(["", " ", "度"]), st.integers(0, 3))
def test_every_year_in_a_title_is_read(year: int, between: str, blanks: int) -> None:
    title = f"{BUREAU}{' ' * blanks}{year}年{between}政府信息公开工作年度报告"
    found = identify(document(title))
    assert (found.agency, found.year) == (BUREAU, year)
