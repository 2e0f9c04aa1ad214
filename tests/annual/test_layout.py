"""Tables are laid out as the forms print them."""

from __future__ import annotations

import pytest

from gongkai.annual.form import Table, forms
from gongkai.annual.form.layout import Kind, sheet_of

TABLES = [table for form in forms().values() for table in form.tables.values()]


@pytest.fixture(params=TABLES, ids=lambda table: f"{table.form}-{table.name}")
def table(request) -> Table:
    """Each table of each form."""
    found: Table = request.param
    return found


def test_the_grid_is_covered_once_everywhere(table):
    sheet = sheet_of(table)
    covered = [
        (row, column)
        for line in sheet.rows
        for cell in line
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    ]
    assert len(covered) == len(set(covered))
    assert set(covered) == {(row, column) for row in range(len(sheet.rows)) for column in range(sheet.columns)}


def test_every_cell_of_the_form_has_its_place_in_order(table):
    assert [cell.cell for cell in sheet_of(table).figures()] == [f"{table.name}/{key}" for key in table.cells]


def test_every_printed_label_has_words_in_both_languages(table):
    for line in sheet_of(table).rows:
        for cell in line:
            assert cell.kind in (Kind.FIGURE, Kind.UNIT) or (cell.words("zh") and cell.words("en"))


def printed(form: str, name: str) -> list[list[tuple[str, int, int]]]:
    rows = sheet_of(forms()[form].tables[name]).rows
    return [
        [(cell.words(), cell.rowspan, cell.colspan) for cell in row if cell.kind is not Kind.FIGURE] for row in rows
    ]


def test_requests_as_the_official_form_prints_them():
    rows = printed("2021", "requests")
    assert [(rowspan, colspan) for _, rowspan, colspan in rows[0]] == [(3, 3), (1, 7)]
    assert rows[1] == [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)]
    assert rows[3] == [("一、本年新收政府信息公开申请数量", 1, 3)]
    assert rows[5] == [("三、本年度办理结果", 22, 1), ("（一）予以公开", 1, 2)]
    assert rows[7] == [("（三）不予公开", 8, 1), ("1.属于国家秘密", 1, 1)]
    assert rows[-2] == [("（七）总计", 1, 2)]
    assert rows[-1] == [("四、结转下年度继续办理", 1, 3)]


def test_one_line_of_other_results_in_the_form_of_2019():
    assert [("（六）其他处理", 1, 2)] in printed("2019", "requests")
    assert printed("2019", "requests")[5][0] == ("三、本年度办理结果", 20, 1)


def test_disputes_have_no_labels_beside_them():
    rows = printed("2021", "disputes")
    assert rows[0] == [("行政复议", 1, 5), ("行政诉讼", 1, 10)]
    assert rows[1][0] == ("结果维持", 2, 1)
    assert rows[1][-1] == ("复议后起诉", 1, 5)
    assert rows[3] == []


def test_blocks_of_publication_are_equally_wide():
    rows = printed("2021", "publication")
    assert rows[0] == [("第二十条第（一）项", 1, 4)]
    assert rows[1] == [("信息内容", 1, 1), ("本年制发件数", 1, 1), ("本年废止件数", 1, 1), ("现行有效件数", 1, 1)]
    assert rows[5] == [("信息内容", 1, 1), ("本年处理决定数量", 1, 3)]
    widths = {
        sum(colspan for _, _, colspan in row) for row in printed("2019", "publication") if row[0][0].startswith("第")
    }
    assert widths == {7}


def test_indicators_are_a_list_with_units():
    rows = printed("2014", "indicators")
    assert rows[0] == [("统计指标", 1, 1), ("单位", 1, 1), ("统计数", 1, 1)]
    assert rows[1] == [("一、主动公开情况", 1, 3)]
    assert rows[2][1] == ("条", 1, 1)
