"""Tables that have lost their cells are read from running text, or left unread; never read wrong."""

from __future__ import annotations

from gongkai.annual.finding import Where
from gongkai.annual.form import forms
from gongkai.annual.reading.document import Document, Line
from gongkai.annual.reading.tables import Tables, read_tables

FORM = forms()["2021"]
REQUESTS = FORM.tables["requests"]
ZERO = [0] * 7
ROWS = {row.key: ZERO for row in REQUESTS.rows} | {
    "received": [23, 1, 0, 0, 0, 0, 24],
    "granted": [12, 0, 0, 0, 0, 0, 12],
    "unavailable.not_held": [10, 1, 0, 0, 0, 0, 11],
    "total": [22, 1, 0, 0, 0, 0, 23],
    "carried_out": [1, 0, 0, 0, 0, 0, 1],
}
HEAD = "三、收到和处理政府信息公开申请情况\n申请人情况\n自然人\n法人或其他组织\n总计\n"
HEAD += "商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n"
TAIL = (
    "四、政府信息公开行政复议、行政诉讼情况\n行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n"
    + "结果维持 结果纠正 其他结果 尚未审结 总计 " * 3
)
FIFTEEN = "1 0 2 0 3 12 0 0 0 12 0 0 0 0 0"
END = "\n五、存在的主要问题及改进情况\n一是宣传不够。"


def document(text: str) -> Document:
    return Document("text", tuple(Line(line, Where(line=n)) for n, line in enumerate(text.split("\n"), 1)))


def lines(rows: dict[str, list[int]], between: str = " ", after_label: str = " ") -> str:
    labels = {row.key: row.number + row.label for row in REQUESTS.rows}
    return "\n".join(labels[key] + after_label + between.join(map(str, row)) for key, row in rows.items()) + "\n"


def right(tables: Tables, rows: dict[str, list[int]]) -> int:
    """How many cells were read; every one must be right."""
    cells = tables.cells.get("requests", {})
    columns = [column.key for column in REQUESTS.columns]
    wanted = {REQUESTS.cell(key, column): row[i] for key, row in rows.items() for i, column in enumerate(columns)}
    wrong = {name: (cell.value, wanted[name]) for name, cell in cells.items() if cell.value != wanted[name]}
    assert not wrong
    return len(cells)


def test_columns_in_another_order_than_the_forms_are_not_read() -> None:
    moved = HEAD.replace("社会公益组织\n法律服务机构", "法律服务机构\n社会公益组织")
    assert not read_tables(document(moved + lines(ROWS) + TAIL + FIFTEEN + END)).cells.get("requests")
    assert read_tables(document(HEAD + lines(ROWS) + TAIL + FIFTEEN + END)).cells.get("requests")


def test_one_row_a_line() -> None:
    assert right(read_tables(document(HEAD + lines(ROWS) + TAIL + FIFTEEN + END)), ROWS) == 175


def test_one_cell_a_line() -> None:
    assert right(read_tables(document(HEAD + lines(ROWS, "\n\n", "\n\n") + TAIL + FIFTEEN + END)), ROWS) == 175


def test_digits_without_borders_are_told_apart_by_their_sums() -> None:
    tables = read_tables(
        document(HEAD + lines(ROWS, "", "").replace("\n", "") + TAIL.replace(" ", "") + "10203120001200000" + END)
    )
    assert right(tables, ROWS) == 175
    assert tables.cells["requests"]["received:total"].inferred


def test_figures_that_can_be_cut_in_two_ways_stay_unread_and_are_named() -> None:
    text = "第二十条第（一）项\n信息内容本年制发件数本年废止件数现行有效件数规章000行政规范性文件693665\n"
    tables = read_tables(document(text + HEAD + lines(ROWS, "", "")))
    assert tables.cells["publication"]["rules.in_force"].value == 0
    assert not [name for name in tables.cells["publication"] if name.startswith("normative")]
    assert any("normative_documents.issued" in doubt.cells and doubt.why == "several" for doubt in tables.doubts)


def test_figures_before_their_labels_are_given_to_rows_by_order_and_sums() -> None:
    keys = list(ROWS)
    moved = keys[2:6]
    text = lines({key: ROWS[key] for key in keys[:2]})
    text += "\n".join(" ".join(map(str, ROWS[key])) for key in moved) + "\n"
    rest = lines({key: ROWS[key] for key in keys[6:]})
    labels = "".join(row.number + row.label + "\n" for row in REQUESTS.rows if row.key in moved)
    at = rest.index("\n") + 1
    tables = read_tables(document(HEAD + text + rest[:at] + labels + rest[at:] + TAIL + FIFTEEN + END))
    assert right(tables, ROWS) == 175


def test_page_numbers_between_rows_are_not_figures() -> None:
    text = lines(ROWS).replace("（四）", "\n- 4 -\n").replace("7.属于行政执法案卷", "\n— 5 —\n7.属于行政执法案卷")
    assert right(read_tables(document(HEAD + text + TAIL + FIFTEEN + END)), ROWS) == 175


def test_blanks_dropped_from_one_row_fall_where_the_sums_need_them() -> None:
    text = lines(ROWS).replace("（七）总计 22 1 0 0 0 0 23", "（七）总计 22 1 23")
    tables = read_tables(document(HEAD + text + TAIL + FIFTEEN + END))
    total = [tables.cells["requests"][REQUESTS.cell("total", column)].value for column in REQUESTS.columns]
    assert total == [22, 1, None, None, None, None, 23]


def test_blanks_dropped_everywhere_leave_the_rows_unread() -> None:
    text = lines({key: [value for value in row if value] for key, row in ROWS.items()})
    cells = read_tables(document(HEAD + text + TAIL + FIFTEEN + END)).cells.get("requests", {})
    assert all(cell.value is None or cell.value == 0 for name, cell in cells.items() if "other" in name)


def test_a_wrong_sum_in_the_document_is_read_as_it_stands() -> None:
    rows = {**ROWS, "granted": [12, 0, 0, 0, 0, 0, 99]}
    assert right(read_tables(document(HEAD + lines(rows) + TAIL + FIFTEEN + END)), rows) == 175


def test_a_document_that_mixes_forms_is_read_by_its_rows() -> None:
    rows = {key: row for key, row in ROWS.items() if not key.startswith("other.")}
    text = lines(rows).replace("（七）总计", "（六）其他处理 0 0 0 0 0 0 0\n（七）总计")
    pub = "第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n规章 0 0 0\n行政规范性文件 1 0 2\n"
    tables = read_tables(document(pub + HEAD + text + TAIL + FIFTEEN + END))
    assert tables.forms == {"publication": "2021", "requests": "2019"}
    assert tables.cells["requests"]["other:total"].value == 0
    assert tables.cells["publication"]["normative_documents.in_force"].value == 2


def test_the_disputes_in_blocks_that_only_sums_can_put_together() -> None:
    scattered = "1 0 2 0\n结果 维持\n12 0 0 0 12\n总计\n3\n结果\n0 0 0 0 0"
    tables = read_tables(document(HEAD + lines(ROWS) + TAIL + scattered + END))
    cells = tables.cells.get("disputes", {})
    wanted = dict(zip([c.key for c in FORM.tables["disputes"].columns], map(int, FIFTEEN.split()), strict=True))
    assert all(cell.value == wanted[name] for name, cell in cells.items())


def test_a_narrative_without_tables_has_no_tables() -> None:
    tables = read_tables(document("2023年，本机关收到政府信息公开申请 12 件，予以公开 10 件，行政复议 0 件。"))
    assert tables.cells == {}


def test_sentences_with_the_words_of_the_rows_are_not_the_table() -> None:
    sentence = "2023年，本年新收政府信息公开申请 9 件，上年结转政府信息公开申请 1 件。\n"
    assert right(read_tables(document(sentence + HEAD + lines(ROWS) + TAIL + FIFTEEN + END)), ROWS) == 175


def test_a_misprinted_first_row_does_not_hide_the_table() -> None:
    text = lines(ROWS).replace("一、本年新收政府信息", "一、木年新攻政府信患")
    assert right(read_tables(document(HEAD + text + TAIL + FIFTEEN + END)), ROWS) >= 168


def test_a_row_that_the_form_does_not_have_is_not_taken_for_the_row_above_it() -> None:
    text = "第二十条第（五）项\n信息内容 上一年项目数量 本年增/减 处理决定数量\n行政许可 4 0 291\n"
    text += "其他对外管理服务事项\n行政检查 7 0 12\n第二十条第（六）项\n行政处罚 3 -1 17\n"
    cells = read_tables(document(text)).cells["publication"]
    assert cells["licences.decisions"].value == 291
    assert cells["penalties.change"].value == -1
    assert not [name for name in cells if name.startswith("other_services")]
