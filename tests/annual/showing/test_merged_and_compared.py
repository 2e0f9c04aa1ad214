"""Merged and compared reports as text, JSON, page and workbook."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from dataclasses import replace

import pytest
from lxml import html as markup
from openpyxl import load_workbook

from gongkai.annual.comparing import compare
from gongkai.annual.report import Narrative
from gongkai.annual.showing.comparing.html import html as compared_html
from gongkai.annual.showing.comparing.json import json as compared_json
from gongkai.annual.showing.comparing.text import text as compared_text
from gongkai.annual.showing.comparing.xlsx import xlsx as compared_xlsx
from gongkai.annual.showing.merging.html import html as merged_html
from gongkai.annual.showing.merging.json import json as merged_json
from gongkai.annual.showing.merging.text import text as merged_text
from gongkai.annual.showing.merging.xlsx import xlsx as merged_xlsx
from gongkai.demo import faults
from tests.annual.comparing.test_compare import LICENCES, report, saying
from tests.annual.merging.cases import NAMES, merged, parts

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


def blank_one():
    """A merge in which one part leaves a cell blank, allowed."""
    return merged([faults.misprint(parts()[0], LICENCES, None), *parts()[1:]], allow={"blank"})


def as_text(show, value, lang: str, width: int = 120) -> str:
    out = io.StringIO()
    show(value, out, lang, width)
    return out.getvalue()


def page(text: str):
    return markup.fromstring(text)


def words(element) -> str:
    return " ".join(element.text_content().split())


# ── Merged ───────────────────────────────────────────────────────────────────────────────────────────────────────


@LANGUAGES
def test_a_figure_on_the_page_opens_the_figures_that_make_it_up(lang) -> None:
    result = merged(parts())
    shown = page(merged_html(result, lang))
    opened = {words(one.find("summary")): one for one in shown.iter("details")}
    assert result.report is not None
    for name, addends in result.addends.items():
        told = [addend for addend in addends if addend.value]
        if not told:
            continue
        boxes = [one for one in opened.values() if words(one.find("summary")) == str(result.report.value(name))]
        assert boxes
    for box in shown.iter("details"):
        rows = [[words(cell) for cell in row] for row in box.iter("tr")]
        total = sum(float(figure) for _, figure in rows)
        assert total == pytest.approx(float(words(box.find("summary"))))
        assert all(any(name.startswith(own) for own in NAMES) for name, _ in rows)


@LANGUAGES
def test_pages_load_nothing_and_run_nothing(lang) -> None:
    for text in (merged_html(blank_one(), lang), compared_html(compare(report(2022), report(2023)), lang)):
        assert "<script" not in text and "{{" not in text
        assert not re.search(r"(?:src|href)=\"(?!#)", text)
        assert re.search(r"default-src 'none'; style-src 'sha256-", text)
        ids = re.findall(r' id="([^"]+)"', text)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)


def test_a_cell_that_lacks_a_figure_is_ringed_and_says_whose() -> None:
    shown = page(merged_html(blank_one()))
    (cell,) = [one for one in shown.iter("td") if "ringed" in one.get("class", "")]
    assert f"{NAMES[0]}空着，未计" in words(cell)


@LANGUAGES
def test_a_refused_merge_shows_why_and_no_table(lang) -> None:
    refused = merged(parts()[1:], members=NAMES)
    shown = page(merged_html(refused, lang))
    assert not shown.xpath('//table[contains(@class, "form")]')
    assert NAMES[0] in words(shown) and "--allow missing" in words(shown)
    told = as_text(merged_text, refused, lang)
    assert NAMES[0] in told and "--allow missing" in told
    assert json.loads(merged_json(refused, lang))["merged"]["verdict"] == "refused"


def test_json_leaves_out_only_addends_of_zero() -> None:
    result = blank_one()
    told = json.loads(merged_json(result))["merged"]
    assert [part["agency"] for part in told["parts"]] == NAMES
    for name, addends in result.addends.items():
        assert [one["part"] for one in told["addends"][name]] == [one.part for one in addends if one.value != 0]
    assert told["addends"][LICENCES][0] == {"part": 0, "value": None, "state": "blank"}


def test_the_workbook_adds_up_by_formulas() -> None:
    result = blank_one()
    book = load_workbook(io.BytesIO(merged_xlsx(result)))
    sheet = book["表二 各机关"]
    formulas = [str(cell.value) for cell in sheet[sheet.max_row] if str(cell.value).startswith("=")]
    assert len(formulas) == 10 and all(re.fullmatch(r"=SUM\(([A-Z]+)4:\1\d+\)", one) for one in formulas)
    whole = [cell.value for row in book["汇总表"].iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert len(whole) == len(result.addends)
    names = [sheet.cell(line, 1).value for line in range(4, sheet.max_row)]
    assert names == NAMES


@pytest.mark.slow
def test_the_workbooks_sums_are_those_of_the_merged_report(tmp_path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice")
    result = merged(parts())
    assert result.report is not None
    (tmp_path / "whole.xlsx").write_bytes(merged_xlsx(result))
    command = [office, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), str(tmp_path / "whole.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    again = [office, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "again")]
    subprocess.run([*again, str(tmp_path / "whole.ods")], check=True, capture_output=True, timeout=120)
    book = load_workbook(tmp_path / "again" / "whole.xlsx", data_only=True)
    sheet = book["表三 各机关"]
    cells = [name for name in result.addends if name.startswith("requests/")]
    sums = [sheet.cell(sheet.max_row, column).value for column in range(2, len(cells) + 2)]
    assert sums == [result.report.value(name) for name in cells]


@LANGUAGES
def test_the_text_begins_with_what_came_of_it(lang) -> None:
    first = as_text(merged_text, merged(parts()), lang).splitlines()[0]
    assert (
        first
        == {
            "zh": "已由 5 份年报汇总，各格均为相加所得，勾稽关系相符",
            "en": "Merged from 5 reports; every cell is their sum and every relation holds",
        }[lang]
    )


@pytest.mark.parametrize("width", [116, 120])
def test_labels_of_rows_have_the_room_that_figures_do_not_need(width) -> None:
    lines = as_text(merged_text, merged(parts()), "en", width).splitlines()
    assert all(len(line) <= width for line in lines)
    begin = next(at for at, line in enumerate(lines) if "3. Requests" in line)
    table = lines[begin + 1 : lines.index("", begin)]
    label = re.compile(r"^ +(\S+(?: \S+)*)")
    words_of_labels = {word for line in table if (found := label.match(line)) for word in found[1].split()}
    assert "administrative" in words_of_labels and "administrativ" not in words_of_labels
    assert sum(not re.search(r"\d$", line) for line in table) <= 24, "headings and second lines"


# ── Compared ─────────────────────────────────────────────────────────────────────────────────────────────────────


@LANGUAGES
def test_a_cell_on_the_page_has_both_figures_and_the_change(lang) -> None:
    left, right = (faults.misprint(report(year), LICENCES, value) for year, value in ((2022, 4), (2023, 44)))
    shown = page(compared_html(compare(left, right), lang))
    (cell,) = [one for one in shown.iter("td") if words(one).startswith("44") and "much" in one.get("class", "")][-1:]
    assert re.fullmatch(r"44(原|was) 4 \+40 ◆", words(cell))


@LANGUAGES
def test_two_agencies_differ_and_none_is_the_earlier_one(lang) -> None:
    compared = compare(report(2023), replace(report(2023, 2), agency=NAMES[0]))
    (body,) = page(compared_html(compared, lang)).iter("body")
    book = load_workbook(io.BytesIO(compared_xlsx(compared, lang)))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    of_time = {"zh": ("变化", "增减", "原 ", "删去", "新增", "说明原因"), "en": ("was ", "hange", "gone")}[lang]
    for made in (words(body), as_text(compared_text, compared, lang), " ".join([*cells, *book.sheetnames])):
        assert [word for word in of_time if word in made] == []


def test_the_mark_of_a_large_change_stands_at_the_figure_that_changed() -> None:
    years = ((2021, 1), (2022, 99), (2023, 98))
    told = as_text(compared_text, compare(*(faults.misprint(report(y), LICENCES, value) for y, value in years)), "zh")
    (line,) = [one for one in told.splitlines() if "◆ 99" in one]
    assert re.search(r"1 +◆ 99 +98 +−1 +−1(\.0)?%$", line.rstrip())


def test_words_taken_out_and_put_in_are_marked_as_such() -> None:
    compared = compare(saying("公开信息312条。开展自查。", 2022), saying("公开信息405条。开展自查。", 2023))
    (table,) = page(compared_html(compared)).xpath('//section[@class="texts"]/table')
    assert [words(one) for one in table.iter("del")] == ["312"]
    assert [words(one) for one in table.iter("ins")] == ["405"]
    assert [words(row) for row in table.iter("tr") if row.get("class") == "same"] == ["开展自查。"]


def test_sentences_that_have_nothing_to_do_with_each_other_stand_in_one_row() -> None:
    compared = compare(saying("组织培训两次。", 2022), saying("新设解读专栏，方便查询。又一句。", 2023))
    rows = page(compared_html(compared)).xpath('//section[@class="texts"]//tr[@class="apart"]')
    assert [[words(cell) for cell in row] for row in rows] == [
        ["组织培训两次。", "新设解读专栏，方便查询。"],
        ["", "又一句。"],
    ]


def test_what_a_report_says_cannot_become_markup_or_a_formula() -> None:
    nasty = '=1+1<script>alert("x")</script>。'
    left, right = (replace(saying(f"{year}{nasty}", year), agency=nasty) for year in (2022, 2023))
    assert "<script" not in compared_html(compare(left, right))
    for book in (compared_xlsx(compare(left, right)), merged_xlsx(merged([replace(left, narrative=Narrative())]))):
        for sheet in load_workbook(io.BytesIO(book)):
            for row in sheet.iter_rows():
                assert all(cell.data_type != "f" or "alert" not in str(cell.value) for cell in row)


def test_a_table_wider_than_the_page_shows_it_by_a_shadow() -> None:
    shown = page(compared_html(compare(*(report(year, year) for year in range(2019, 2024)))))
    (style,) = shown.iter("style")
    (ground,) = re.findall(r"\.scroll \{ overflow-x: auto;[^}]*background: ([^}]*)", str(style.text))
    assert ground.count("linear-gradient") == 4 and ground.count("local") == 2
    assert shown.xpath('//div[@class="scroll"]/table[contains(@class, "lines")]')


def test_the_width_of_a_bar_of_likeness_is_not_that_of_a_finding() -> None:
    """Findings are numbered by classes of the same names: the fifth would be as narrow as a bar at 5%."""
    shown = page(compared_html(compare(*(report(year, year) for year in range(2019, 2024)))))
    assert any("at5" in (one.get("class") or "").split() for one in shown.iter("li"))
    (style,) = shown.iter("style")
    widths = re.findall(r"([^{}]*)\{\s*width: 5%", str(style.text))
    assert [selector.strip() for selector in widths] == [".bar .at5"]


@LANGUAGES
def test_years_stand_in_columns(lang) -> None:
    compared = compare(*(report(year, year) for year in range(2019, 2024)))
    shown = page(compared_html(compared, lang))
    (heads,) = shown.xpath('//table[caption[@id="trequests"]]/thead/tr')
    assert [re.sub(r"\D", "", words(one)) for one in heads][1:6] == ["2019", "2020", "2021", "2022", "2023"]
    told = as_text(compared_text, compared, lang)
    assert "2019" in told.splitlines()[0]


def test_the_workbook_has_live_changes_and_both_texts() -> None:
    compared = compare(report(2022), report(2023, 2))
    book = load_workbook(io.BytesIO(compared_xlsx(compared)))
    sheet = book["表三"]
    for line in range(4, sheet.max_row + 1):
        assert sheet.cell(line, 4).value == f"=C{line}-B{line}"
    rows = [[cell.value for cell in row] for row in book["正文"].iter_rows(min_row=4)]
    assert [row[2] for row in rows if row[2]] == [
        pair.left for section in compared.sections for pair in section.pairs if pair.left
    ]


def test_json_holds_every_cell_that_says_something() -> None:
    compared = compare(report(2022), report(2023, 2))
    told = json.loads(compared_json(compared))
    assert set(told["cells"]) == {line.name for line in compared.lines() if not line.silent}
    received = told["cells"]["requests/received:total"]
    assert received["changes"][0]["difference"] == received["values"][1] - received["values"][0]


def test_the_same_agency_and_year_twice_is_told_by_the_files() -> None:
    left = report(2023)
    right = replace(faults.misprint(left, LICENCES, 4321), source="定稿.docx")
    told = as_text(compared_text, compare(left, right), "zh")
    assert "都是" in told and "定稿.docx" in told
