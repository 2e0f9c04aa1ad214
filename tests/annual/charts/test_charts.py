"""Charts: every figure where it belongs, nothing missing drawn as 0, readable without colour and without eyes."""

from __future__ import annotations

import csv as plain_csv
import io
import re
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from lxml import etree

from gongkai.annual.charts import KINDS, Mixed, Nothing, State, chart, spec, svg
from gongkai.annual.charts.bars import COLOURS
from gongkai.annual.charts.drawing import _HATCHES
from gongkai.annual.charts.kinds import kinds, load
from gongkai.annual.charts.listing import csv
from gongkai.annual.charts.page import html
from gongkai.annual.finding import Finding, Severity
from gongkai.annual.form import forms
from gongkai.annual.loading import BrokenForm
from gongkai.annual.report import Cell, Indicator, Report
from gongkai.demo.agencies import DISTRICT_AGENCIES
from gongkai.demo.making import make, with_values

SVG = "{http://www.w3.org/2000/svg}"


def report_of(year: int, agency: int = 0, seed: int = 1) -> Report:
    return replace(
        make(Random(seed + year), agency=DISTRICT_AGENCIES[agency], year=year), source=f"{year}-{agency}.pdf"
    )


def changed(report: Report, *, table: Any = "requests", **figures: Any) -> Report:
    """The report with cells changed (``received__total=5``); a cell given as -1 is not read."""
    cells = {key.replace("__", ":"): value for key, value in figures.items()}
    kept = {key: cell for key, cell in report.tables[table].items() if cells.get(key) != -1}
    kept |= {key: Cell(value) for key, value in cells.items() if value != -1}
    return replace(report, tables={**report.tables, table: kept})


def empty(year: int) -> Report:
    """A report of that year with 0 in every cell."""
    tables = {name: dict.fromkeys(table.cells, 0) for name, table in forms()["2021"].tables.items()}
    return with_values(report_of(year), tables)


def provincial_report(rows: dict[str, int], *doubts: Finding) -> Report:
    """A report whose statistical table has only these rows of the national one, and one of its own."""
    known = tuple(Indicator(f"{key}数", "件", Cell(value), key) for key, value in rows.items())
    own = Indicator("其他类型答复数", "件", Cell(0))
    return Report(agency="乙县财政局", year=2017, form="2014", indicators=(*known, own), findings=doubts)


def provincial(rows: dict[str, int], *doubts: Finding) -> dict[str, Any]:
    """All figures drawn of such a report, by series."""
    charts = [chart([provincial_report(rows, *doubts)], kind) for kind in KINDS]
    return {key: point for figures in charts for (_, key), point in figures.points.items()}


class TestFigures:
    @pytest.mark.parametrize("kind", KINDS)
    def test_are_those_of_the_report(self, kind):
        report = report_of(2023)
        figures = chart([report], kind)
        for panel in figures.kind.panels:
            for series in panel.series:
                cells = next(each for each in series.cells if all(report.cell(cell) for cell in each))
                expected = sum(report.value(cell) or 0 for cell in cells)
                assert figures.point("2023", series).value == expected

    def test_outcomes_together_are_the_total_in_every_form(self):
        for form, total in (("2019", "requests/total:total"), ("2021", "requests/total:total")):
            report = replace(make(Random(5), form=form))
            figures = chart([report], "outcomes")
            assert sum(point.value or 0 for point in figures.points.values()) == report.value(total)
        report = make(Random(5), form="2014")
        figures = chart([report], "outcomes")
        assert sum(point.value or 0 for point in figures.points.values()) == report.value("indicators/answered")

    def test_a_year_without_a_report_is_missing_and_not_0(self):
        figures = chart([report_of(2021), report_of(2023)], "requests")
        assert figures.places == ("2021", "2022", "2023")
        assert figures.points["2022", "received"].state is State.NO_REPORT
        assert figures.points["2022", "received"].value is None

    def test_what_a_form_does_not_ask_for_is_missing_and_not_0(self):
        figures = chart([report_of(2018), report_of(2019)], "requests")
        assert figures.points["2018", "carried_in"].state is State.NOT_COUNTED
        assert figures.points["2018", "received"].state is State.READ
        assert any("口径" in note.words() for note in figures.notes)

    def test_an_unread_cell_is_missing_and_named(self):
        figures = chart([changed(report_of(2023), **{"declined.petition__total": -1})], "outcomes")
        assert figures.points["2023", "declined"].state is State.UNREAD
        assert any("1.信访举报投诉类申请 · 总计" in note.words() for note in figures.notes)

    def test_a_row_that_a_provinces_table_lacks_is_said_to_be_lacking_and_its_own_rows_are_drawn(self):
        figures = provincial({"received": 3, "answered": 2, "answered.granted": 2, "reconsideration": 1})
        assert (figures["handled"].value, figures["handled"].state) == (None, State.NO_ROW)
        assert (figures["answered"].value, figures["granted"].value, figures["reconsideration"].value) == (2, 2, 1)
        assert figures["unavailable"].state is figures["reconsideration.upheld"].state is State.NO_ROW
        assert figures["carried_in"].state is State.NOT_COUNTED

    def test_a_row_about_which_the_reading_has_a_doubt_is_unread(self):
        for doubtful in ("indicators/concluded", "indicators/一行认不出的字"):
            doubt = Finding("F-1b", Severity.WARNING, "有一行未读准", "a row was not read for sure", cells=(doubtful,))
            assert provincial({"received": 3, "answered": 2}, doubt)["handled"].state is State.UNREAD

    def test_a_total_never_stands_beside_its_parts(self):
        parted = replace(make(Random(5), form="2014"), agency="甲县财政局", year=2017)
        alone = chart([parted], "disputes")
        assert "reconsideration" not in {series.key for panel in alone.kind.panels for series in panel.series}
        both = chart([parted, provincial_report({"reconsideration": 4567})], "disputes")
        assert both.points["甲县财政局", "reconsideration"].state is State.NOT_COUNTED
        assert both.points["乙县财政局", "reconsideration"].value == 4567
        assert words(drawn(both)).count("4567") == 5, "as part (with its halo) and whole, bar and table"

    def test_a_missing_table_is_unread_and_not_0(self):
        report = report_of(2023)
        without = replace(report, tables={name: cells for name, cells in report.tables.items() if name != "requests"})
        figures = chart([without], "requests")
        assert {point.state for point in figures.points.values()} == {State.UNREAD}

    def test_a_blank_is_0_only_where_a_sum_says_so(self):
        sure = changed(empty(2023), received__total=4, granted__total=4, total__total=4, carried_out__total=None)
        assert chart([sure], "requests").points["2023", "carried_out"].value == 0
        unsure = changed(sure, total__total=3)
        point = chart([unsure], "requests").points["2023", "carried_out"]
        assert (point.value, point.state) == (None, State.BLANK)

    def test_errors_of_a_report_are_told(self):
        figures = chart([changed(empty(2023), received__total=4)], "requests")
        assert figures.points["2023", "received"].value == 4
        assert any("处错误" in note.words() and "error" in note.words("en") for note in figures.notes)


class TestChoosing:
    def test_several_agencies_of_one_year_stand_side_by_side(self):
        figures = chart([report_of(2023, agency) for agency in range(3)], "requests")
        assert figures.places == tuple(agency.name for agency in DISTRICT_AGENCIES[:3])
        assert (figures.by_year, figures.about) == (False, "2023")

    def test_agencies_and_years_are_never_mixed_silently(self):
        reports = [report_of(year, agency) for year in (2022, 2023) for agency in (0, 1)]
        with pytest.raises(Mixed) as mixed:
            chart(reports, "requests")
        assert mixed.value.agencies == (DISTRICT_AGENCIES[0].name, DISTRICT_AGENCIES[1].name)
        assert mixed.value.years == (2022, 2023)
        assert chart(reports, "requests", year=2022).about == "2022"
        chosen = chart(reports, "requests", agency=DISTRICT_AGENCIES[1].name)
        assert (chosen.about, chosen.places) == (DISTRICT_AGENCIES[1].name, ("2022", "2023"))

    def test_two_reports_of_one_agency_and_year_that_differ_are_named_and_not_drawn(self):
        one = report_of(2023)
        other = replace(changed(one, received__total=99_999), source="另一份.pdf")
        figures = chart([one, other], "requests")
        assert figures.points["2023", "received"].state is State.DIFFERENT
        assert figures.points["2023", "carried_in"].state is State.READ
        assert any("另一份.pdf" in note.words() and "2023-0.pdf" in note.words() for note in figures.notes)

    def test_the_same_report_given_twice_is_drawn_once_and_named(self):
        figures = chart([report_of(2023), replace(report_of(2023), source="副本.pdf")], "requests")
        assert {point.state for point in figures.points.values()} == {State.READ}
        assert any("副本.pdf" in note.words() for note in figures.notes)

    def test_a_report_without_a_year_is_left_aside_and_named(self):
        figures = chart([report_of(2023), replace(report_of(2022), year=None)], "requests")
        assert figures.places == ("2023",)
        assert any("2022-0.pdf" in note.words() for note in figures.notes)

    def test_nothing_to_draw_is_said(self):
        for reports in ([], [replace(report_of(2022), year=None)]):
            with pytest.raises(Nothing):
                chart(reports, "requests")


def drawn(figures, lang: str = "zh") -> etree._Element:
    return etree.fromstring(svg(figures, lang).encode())


def words(root: etree._Element) -> list[str]:
    return ["".join(map(str, text.itertext())) for text in root.iter(f"{SVG}text")]


def across(root: etree._Element, text: etree._Element) -> float:
    """How far to the right a text stands, all groups around it taken together."""
    at = 0.0
    for element in (text, *text.iterancestors()):
        if found := re.match(r"translate\(([-\d.]+)", element.get("transform", "")):
            at += float(found[1])
    return at


class TestDrawings:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    @pytest.mark.parametrize("kind", KINDS)
    def test_every_figure_is_printed_as_text(self, kind, lang):
        figures = chart([report_of(year) for year in (2018, 2020, 2023)], kind)
        printed = words(drawn(figures, lang))
        for point in figures.points.values():
            if point.value is not None:
                assert str(point.value) in printed
        for panel in figures.kind.panels:
            assert {series.words(lang) for series in panel.series} <= set(printed)
        assert {"2018", "2020", "2023"} <= set(printed)

    @pytest.mark.parametrize("kind", KINDS)
    def test_figures_at_bars_stand_over_their_own_year(self, kind):
        """Also where years without a report stand between: each year's figures are unlike those of all others."""
        series = [each for each in kinds()[kind].panels[0].series if not each.instead_of]
        cells = [next(iter(each.cells))[0] for each in series]
        reports = []
        for year in (2021, 2023, 2025):
            report = empty(year)
            for at, cell in enumerate(cells, 1):
                table, _, key = cell.partition("/")
                report = changed(report, table=table, **{key.replace(":", "__"): (year - 2000) * 1000 + at})
            reports.append(report)
        root = drawn(chart(reports, kind))
        texts = {text: "".join(map(str, text.itertext())) for text in root.iter(f"{SVG}text")}
        years = {word: across(root, text) for text, word in texts.items() if re.fullmatch("20[0-9]{2}", word)}
        step = years["2022"] - years["2021"]
        found = 0
        for text, word in texts.items():
            if re.fullmatch(r"2[135]00[1-9]", word):
                assert abs(across(root, text) - years[f"20{word[:2]}"]) < step / 2, word
                found += 1
        assert found >= 2 * len(reports) * 2

    def test_a_picture_says_what_it_shows_to_those_who_do_not_see_it(self):
        root = drawn(chart([report_of(2022), report_of(2023)], "requests"))
        assert root.get("role") == "img"
        named = {element.get("id"): element.text for element in root if element.tag in (f"{SVG}title", f"{SVG}desc")}
        assert (root.get("aria-labelledby") or "").split() == list(named)
        title, description = named.values()
        assert title == "政府信息公开申请的收到与办理"
        assert f"本年新收 {report_of(2023).value('requests/received:total')}" in (description or "")

    def test_a_picture_loads_nothing_and_runs_nothing(self):
        text = svg(chart([report_of(2023)], "outcomes"))
        assert not re.search(r"<script|<image|<foreignObject|@import|href=|\son\w+=", text)
        assert set(re.findall(r"https?://[^\"'\s)]+", text)) <= {
            "http://www.w3.org/2000/svg",
            "http://www.w3.org/1999/xlink",
        }
        assert "Noto Sans CJK SC" in text

    def test_quantities_are_told_apart_without_colour(self):
        text = svg(chart([report_of(year) for year in range(2019, 2026)], "outcomes"))
        fills = set(re.findall(r"url\(#outcomes-(\d)\)", text))
        assert fills == {str(at) for at in range(6)}
        assert len(set(_HATCHES)) == len(COLOURS)

    def test_colours_stand_out_from_the_paper(self):
        for colour in COLOURS:
            parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
            linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
            light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
            assert 1.05 / (light + 0.05) >= 3

    def test_a_bar_of_which_parts_are_missing_says_so(self):
        report = changed(report_of(2023), **{"declined.petition__total": -1})
        printed = words(drawn(chart([report], "outcomes")))
        assert "不全" in printed and "未读出" in printed

    def test_names_from_reports_cannot_break_out(self):
        evil = '<script>alert("1")</script>\x07局'
        figures = chart([replace(report_of(2023), agency=evil)], "requests")
        for text in (svg(figures), html([figures])):
            assert "<script" not in text and "\x07" not in text

    def test_one_year_alone_is_drawn(self):
        assert "2023" in words(drawn(chart([report_of(2023)], "disputes")))

    def test_the_specification_is_plain_data_with_its_figures(self):
        report = report_of(2023)
        found = str(spec(chart([report], "requests")))
        assert str(report.value("requests/received:total")) in found and "url" not in found


def found_in(text: str, path: str) -> list[Any]:
    """The elements of a page or a picture at that path."""
    root: Any = etree.HTML(text.encode())
    return list(root.xpath(path))


class TestPagesAndLists:
    def test_a_page_has_each_chart_and_a_table_of_its_figures(self):
        charts = [chart([report_of(2022), report_of(2023)], kind) for kind in KINDS]
        page = etree.HTML(html(charts, "zh"))
        assert len(page.findall(".//section")) == 3
        for section, figures in zip(page.findall(".//section"), charts, strict=True):
            cells = ["".join(map(str, cell.itertext())) for cell in section.findall(".//td")]
            assert [cell for cell in cells if cell.isdigit()] == [
                str(point.value)
                for panel in figures.kind.panels
                for series in panel.series
                for point in (figures.point(place, series) for place in figures.places)
                if point.value is not None
            ]
        ids = [element.get("id") for element in page.iter() if element.get("id")]
        assert len(ids) == len(set(ids))

    def test_a_page_shows_figures_once_and_uses_its_width(self):
        figures = chart([report_of(year) for year in (2017, 2023)], "outcomes")
        text = html([figures])
        (details,) = found_in(text, "//details")
        assert details.get("open") is None, "the figures stand in the drawing; their table is opened when wanted"
        (picture,) = found_in(text, "//*[local-name()='svg']")
        assert 1000 < float(picture.get("width")) <= 1216, "as wide as the page and no wider"
        assert float(drawn(figures).get("width", "")) < 800

    def test_what_is_wider_than_the_page_shows_it_by_a_shadow(self):
        """A ground of its own would hide the shadow, which is drawn behind the picture."""
        figures = chart([report_of(2023)], "requests")
        text = html([figures])
        assert re.search(r"\.wide \{ overflow-x: auto; background: linear-gradient", text)
        ground = "//*[local-name()='rect'][@fill='#FFFFFF']"
        assert found_in(svg(figures), ground) and not found_in(text, ground)

    def test_a_list_has_a_line_for_each_figure_and_says_why_one_is_missing(self):
        figures = chart([report_of(2018), report_of(2020)], "requests")
        lines = list(plain_csv.DictReader(io.StringIO(csv([figures]))))
        assert len(lines) == len(figures.points)
        for line in lines:
            point = figures.points[line["year"], line["series"]]
            assert line["value"] == ("" if point.value is None else str(point.value))
            assert line["state"] == point.state

    def test_a_name_in_a_list_is_no_formula(self):
        figures = chart([replace(report_of(2023), agency="=1+1局")], "requests")
        assert "'=1+1局" in csv([figures])


def test_a_chart_of_cells_that_no_form_has_is_refused():
    text = """
    [x]
    title = "x"
    title_en = "x"
    unit = "x"
    unit_en = "x"
    stacks = false
    [[x.panels]]
    title = ""
    title_en = ""
    [[x.panels.series]]
    key = "a"
    label = "a"
    label_en = "a"
    cells = ["requests/nothing:total"]
    """
    with pytest.raises(BrokenForm, match="nothing:total"):
        load(text)


def test_the_charts_named_are_those_of_the_file():
    assert tuple(kinds()) == KINDS
