"""The statistical tables of before 2019: a figure counts for a row only where nothing else may claim it."""

from __future__ import annotations

from gongkai.annual.finding import Number, Where
from gongkai.annual.reading.document import Document, Grid, GridCell, Line
from gongkai.annual.reading.tables.indicators import read_indicators

HEADER = ["指标名称", "计量单位", "2016年度", "历年累计"]
ROWS = [
    ["主动公开文件数", "条", "12", "30"],
    ["其中：1、政府网站公开数", "条", "9", "20"],
    ["2、政府公报公开数", "条", "3", "10"],
    ["受理政府信息公开申请总数", "条", "5", "7"],
    ["1、当面申请数", "条", "4", "5"],
    ["2、网上申请数", "条", "1", "1"],
]


def grid(*rows: list[str], exact: bool = True) -> Grid:
    cells = [GridCell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row)]
    return Grid(tuple(cells), exact=exact)


def lines(text: str) -> Document:
    return Document("text", tuple(Line(line, Where(line=n)) for n, line in enumerate(text.split("\n"), 1)))


def figures(document: Document) -> dict[str, list[Number | None]]:
    rows, _ = read_indicators(document)
    return {row.label: [row.cell.value, *([row.cumulative.value] if row.cumulative else [])] for row in rows}


def why(document: Document) -> set[str]:
    return {doubt.why for doubt in read_indicators(document)[1]}


def test_a_table_is_read_row_by_row_with_the_figure_of_all_years() -> None:
    assert figures(Document("html", (grid(HEADER, *ROWS),))) == {row[0]: [int(row[2]), int(row[3])] for row in ROWS}


def test_a_row_that_lost_a_cell_is_left_unread_with_the_reason() -> None:
    document = Document("html", (grid(HEADER, ROWS[0], ["其中：1、政府网站公开数", "条", "20"], *ROWS[2:]),))
    assert set(figures(document)) == {row[0] for row in ROWS} - {ROWS[1][0]}
    assert why(document) == {"columns"}


def test_under_a_header_that_lost_a_heading_nothing_is_read() -> None:
    document = Document("html", (grid(["指标名称", "计量单位", "历年累计"], *ROWS),))
    assert figures(document) == {}
    assert why(document) == {"columns"}


def test_codes_and_remarks_are_no_figures() -> None:
    header = ["指标名称", "计量单位", "代码", "统计数", "备注"]
    rows = [[label, unit, f"0{n}", year, "7"] for n, (label, unit, year, _) in enumerate(ROWS)]
    assert figures(Document("html", (grid(header, *rows),))) == {row[0]: [int(row[2])] for row in ROWS}


def test_last_years_table_behind_this_years_leaves_what_differs_unread() -> None:
    older = [[label, unit, str(int(year) * 2), all_years] for label, unit, year, all_years in ROWS]
    document = Document("html", (grid(HEADER, *ROWS[:-1]), Line("附：2015年统计表", Where()), grid(HEADER, *older)))
    assert figures(document) == {}
    assert why(document) == {"twice"}


def test_a_number_on_a_line_of_its_own_is_not_the_figure_of_the_row_above() -> None:
    text = "\n".join(" ".join(cells) for cells in (HEADER, *ROWS))
    blank = text.replace("政府公报公开数 条 3 10", "政府公报公开数 条\n37 40")
    assert figures(lines(text)) == {row[0]: [int(row[2]), int(row[3])] for row in ROWS}
    assert set(figures(lines(blank))) == {row[0] for row in ROWS} - {ROWS[2][0]}
    assert why(lines(blank)) == {"place"}


def test_rows_left_blank_do_not_lend_their_labels_to_the_next_row() -> None:
    text = "\n".join(" ".join(cells) for cells in (HEADER, *ROWS)).replace("当面申请数 条 4 5", "当面申请数 条")
    assert figures(lines(text))["2、网上申请数"] == [1, 1]


def test_the_digit_of_a_misprinted_label_is_no_figure() -> None:
    text = (
        "统计指标 单位 统计数\n（一）主动公开政府信息数（不同渠道和方式公开相同信息计1） 条 504\n"
        "1.政府公报公开政府信息数 条 4\n2.政府网站公开政府信息数 条 500"
    )
    assert [row.cell.value for row in read_indicators(lines(text))[0]] == [504, 4, 500]
