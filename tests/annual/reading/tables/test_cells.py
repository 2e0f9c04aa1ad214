"""Grids are read by their labels, whatever their spans, padding and order; what labels do not tell is not guessed."""

from __future__ import annotations

from gongkai.annual.finding import Where
from gongkai.annual.form import forms
from gongkai.annual.reading.document import Document, Grid, GridCell, Line
from gongkai.annual.reading.tables import Tables, read_tables

REQUESTS = forms()["2021"].tables["requests"]
COLUMNS = [column.label for column in REQUESTS.columns]
KEYS = [column.key for column in REQUESTS.columns]


def grid(*rows: list[str], exact: bool = True) -> Grid:
    """A grid of plain cells; a text ``name*3`` spans three columns."""
    cells = []
    for number, row in enumerate(rows):
        column = 0
        for text in row:
            name, star, span = text.partition("*")
            width = int(span) if star else 1
            place = Where(element=f"table[1]/row[{number + 1}]")
            cells.append(GridCell(name, number, column, colspan=width, where=place))
            column += width
    return Grid(tuple(cells), exact=exact)


def read(*blocks: Grid | Line) -> Tables:
    return read_tables(Document("html", blocks))


def values(tables: Tables, row: str) -> list[object]:
    cells = tables.cells.get("requests", {})
    return [cells[name].value if (name := REQUESTS.cell(row, key)) in cells else "unread" for key in KEYS]


def test_a_row_is_read_under_its_header() -> None:
    tables = read(grid(["", *COLUMNS], ["一、本年新收政府信息公开申请数量", "5", "1", "0", "0", "0", "2", "8"]))
    assert values(tables, "received") == [5, 1, 0, 0, 0, 2, 8]
    assert not tables.cells["requests"]["received:total"].inferred


def test_columns_in_another_order_are_read_by_their_labels() -> None:
    header = ["", "总计", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    tables = read(grid(header, ["（一）予以公开", "8", "5", "1", "0", "0", "0", "2"]))
    assert values(tables, "granted") == [5, 1, 0, 0, 0, 2, 8]


def test_remarks_and_serial_numbers_are_no_figures() -> None:
    header = ["序号", "项目", *COLUMNS, "备注"]
    tables = read(grid(header, ["4", "（一）予以公开", "5", "1", "0", "0", "0", "2", "8", "含网上申请"]))
    assert values(tables, "granted") == [5, 1, 0, 0, 0, 2, 8]


def test_blanks_stay_blank() -> None:
    tables = read(grid(["", *COLUMNS], ["（一）予以公开", "5", "", "", "", "", "", "5"]))
    assert values(tables, "granted") == [5, None, None, None, None, None, 5]


def test_one_blank_cell_over_five_columns_is_five_blanks() -> None:
    tables = read(grid(["", *COLUMNS], ["（一）予以公开", "5", "*5", "5"]))
    assert values(tables, "granted") == [5, None, None, None, None, None, 5]


def test_without_a_header_sums_must_confirm_the_order() -> None:
    tables = read(
        grid(["（一）予以公开", "5", "1", "0", "0", "0", "2", "8"], ["2.重复申请", "3", "1", "0", "0", "0", "2", "9"])
    )
    assert values(tables, "granted") == [5, 1, 0, 0, 0, 2, 8]
    assert values(tables, "declined.repeated") == ["unread"] * 7
    assert any(doubt.why == "order" for doubt in tables.doubts)


def test_a_cell_with_two_figures_is_left_out_and_named() -> None:
    tables = read(grid(["", *COLUMNS], ["（一）予以公开", "5", "1 2", "0", "0", "0", "2", "8"]))
    assert values(tables, "granted") == [5, "unread", 0, 0, 0, 2, 8]
    assert any(doubt.cells == ("granted:enterprise",) and doubt.text == "1 2" for doubt in tables.doubts)


def test_a_header_that_names_rows_is_no_row() -> None:
    header = ["类别", "本年新收件数", "上年结转件数", "予以公开", "部分公开", "不予公开", "结转下年度", "总计"]
    tables = read(grid(header, ["（一）予以公开", "5", "1", "0", "0", "0", "2", "8"]))
    assert values(tables, "granted") == [5, 1, 0, 0, 0, 2, 8]
    assert values(tables, "total") == ["unread"] * 7


def test_the_single_row_of_2019_is_not_the_heading_of_2021() -> None:
    header = ["*2", *COLUMNS]
    tables = read(grid(header, ["（六）其他处理*2", "1", "0", "0", "0", "0", "0", "1"]))
    assert tables.cells["requests"]["other:total"].value == 1
    tables = read(grid(header, ["（六）其他处理", "3.其他", "1", "0", "0", "0", "0", "0", "1"]))
    assert "other:total" not in tables.cells["requests"]
    assert tables.cells["requests"]["other.remaining:total"].value == 1


def test_a_row_that_lost_its_label_is_not_taken_for_the_heading_over_it() -> None:
    header = ["*2", *COLUMNS]
    lost = ["（六）其他处理", "", "1", "0", "0", "0", "0", "0", "1"]
    tables = read(grid(header, lost, ["", "3.其他", "2", "0", "0", "0", "0", "0", "2"]))
    assert "other:total" not in tables.cells["requests"]
    assert tables.cells["requests"]["other.remaining:total"].value == 2


def test_publication_columns_are_told_by_their_block() -> None:
    tables = read(
        grid(
            ["第二十条第（五）项*4"],
            ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
            ["行政许可", "4", "-1", "291"],
            ["信息内容", "采购项目数量*2", "采购总金额（万元）"],
            ["政府集中采购", "3*2", "181.5"],
        )
    )
    cells = {name: cell.value for name, cell in tables.cells["publication"].items()}
    assert cells == {
        "licences.previous_items": 4,
        "licences.change": -1,
        "licences.decisions": 291,
        "procurement.projects": 3,
        "procurement.amount_yuan": 1815000,
    }
    assert tables.forms["publication"] == "2019"


def test_disputes_in_three_grids_are_told_by_the_words_before_them() -> None:
    leaves = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    tables = read(
        Line("行政复议", Where()),
        grid(leaves, ["1", "0", "2", "0", "3"]),
        Line("行政诉讼（未经复议直接起诉）", Where()),
        grid(leaves, ["4", "0", "0", "0", "4"]),
        Line("行政诉讼（复议后起诉）", Where()),
        grid(leaves, ["0", "0", "0", "5", "5"]),
    )
    cells = tables.cells["disputes"]
    assert [cells[f"{group}.total"].value for group in ("reconsideration", "litigation_direct")] == [3, 4]
    assert cells["litigation_after_reconsideration.pending"].value == 5


def test_five_figures_under_fifteen_columns_belong_to_no_one() -> None:
    leaves = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    tables = read(grid(["行政复议", "复议后起诉"], leaves * 3, ["1", "0", "2", "0", "3"]))
    assert not [cell for cell in tables.cells.get("disputes", {}).values() if cell.value is not None]


def test_a_table_of_disputes_left_blank_is_there_and_blank() -> None:
    leaves = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    tables = read(grid(["行政复议*5", "行政诉讼*10"], leaves * 3, [""] * 15))
    assert [cell.value for cell in tables.cells["disputes"].values()] == [None] * 15


def test_a_doubtful_cell_is_decided_by_its_sum() -> None:
    header = grid(["", *COLUMNS]).cells
    row = [GridCell("（一）予以公开", 1, 0), GridCell("〓", 1, 1, doubtful=("5", "6"))]
    row += [GridCell(text, 1, column) for column, text in enumerate(["1", "0", "0", "0", "2", "8"], 2)]
    tables = read(Grid((*header, *row)))
    assert values(tables, "granted") == [5, 1, 0, 0, 0, 2, 8]
    assert tables.cells["requests"]["granted:natural_person"].inferred


def test_ink_that_cannot_be_read_is_never_worked_out_from_the_rest() -> None:
    header = grid(["", *COLUMNS]).cells
    row = [GridCell("（一）予以公开", 1, 0), GridCell("〓", 1, 1, doubtful=("?",))]
    row += [GridCell(text, 1, column) for column, text in enumerate(["1", "0", "0", "0", "2", "8"], 2)]
    assert values(read(Grid((*header, *row))), "granted")[0] == "unread"
