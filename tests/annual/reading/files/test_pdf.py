"""Reading PDFs with text: tables however they are ruled, what pages do to them, and files that are no use."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from gongkai.annual.reading.document import Document, Grid, Line, NoText, Unreadable
from gongkai.annual.reading.files.guard import guarded
from gongkai.annual.reading.files.pdf import read_pdf
from tests.annual.reading.files.pdf_making import PAGE, STYLES, Paper, Placed, Spec, draw

HEADER: list[list[Spec]] = [
    [("事项", 2, 1), ("申请人", 1, 3), ("总计", 2, 1)],
    ["自然人", "企业", "其他"],
]
BODY: list[list[Spec]] = [
    ["一、新收", "12", "3", "0", "15"],
    ["二、结转", "1", "0", "0", "1"],
    ["（七）合计", "1013", "3", "0", "1016"],
]
WIDTHS = [150, 60, 60, 60, 60]
UNKNOWN = "\ufffd"


def keys(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def wanted(cells: list[Placed]) -> list[tuple[str, int, int, int, int]]:
    return sorted((cell.key for cell in cells), key=lambda key: key[1:3])


def only_grid(document: Document) -> Grid:
    (grid,) = document.grids()
    return grid


def lines(document: Document) -> list[str]:
    return [line.text for line in document.lines()]


# Rules


@pytest.mark.parametrize("style", STYLES)
def test_a_table_is_read_however_its_rules_are_drawn(style: str) -> None:
    paper = Paper()
    paper.write(60, 800, "第二部分")
    cells = draw(paper, HEADER + BODY, WIDTHS, style=style)
    paper.write(60, 500, "以上为本年度数据。")
    document = read_pdf(paper.data())
    grid = only_grid(document)
    assert keys(grid) == wanted(cells)
    assert grid.exact
    assert not grid.continues
    assert [type(block) for block in document.blocks] == [Line, Grid, Line]


def test_a_cell_says_where_it_stands() -> None:
    paper = Paper()
    paper.write(60, 800, "标题")
    draw(paper, BODY, WIDTHS, top=760, left=60)
    paper.page()
    paper.write(60, 700, "第二页")
    document = read_pdf(paper.data())
    cell = only_grid(document).cells[6]
    assert (cell.text, cell.where.page, cell.where.line) == ("1", 1, 3)
    assert cell.where.box == pytest.approx((210, PAGE[1] - 736, 270, PAGE[1] - 712), abs=1)
    assert document.blocks[-1].where.page == 2
    assert document.pages == 2


@st.composite
def tables(draw_from: st.DrawFn) -> list[list[tuple[str, int, int]]]:
    """Tables of up to seven rows and six columns with cells that span, of labels, numbers and blanks."""
    rows, columns = draw_from(st.integers(2, 7)), draw_from(st.integers(2, 6))
    text = st.one_of(
        st.text("甲乙丙丁本年度办理结果", min_size=1, max_size=3), st.integers(0, 99999).map(str), st.just("")
    )
    taken: set[tuple[int, int]] = set()
    made: list[list[tuple[str, int, int]]] = []
    for row in range(rows):
        made.append([])
        for column in range(columns):
            if (row, column) in taken:
                continue
            down = draw_from(st.integers(1, min(3, rows - row))) if draw_from(st.booleans()) else 1
            along = draw_from(st.integers(1, min(3, columns - column))) if draw_from(st.booleans()) else 1
            while any((row, column + j) in taken for j in range(along)):
                along -= 1
            taken |= {(row + i, column + j) for i in range(down) for j in range(along)}
            made[-1].append((draw_from(text), down, along))
    return made


@given(tables(), st.sampled_from([name for name in STYLES if name != "open sides"]))
def test_any_table_of_spanning_cells_keeps_every_text_in_its_place(
    rows: list[list[tuple[str, int, int]]], style: str
) -> None:
    paper = Paper()
    paper.write(60, 800, "前")
    columns = sum(colspan for _, _, colspan in rows[0])
    cells = draw(paper, rows, [50] * columns, style=style)
    found = {(cell.text, cell.where.box) for grid in read_pdf(paper.data()).grids() for cell in grid.cells if cell.text}
    boxes = {text: [box for other, box in found if other == text and box] for text, _ in found}
    for cell in cells:
        left, bottom, right, top = cell.box
        if cell.text and not (cell.rowspan == len(rows) and cell.colspan == columns):
            place = (left, PAGE[1] - top, right, PAGE[1] - bottom)
            assert any(box == pytest.approx(place, abs=3) for box in boxes.get(cell.text, []))
    filled = sum(bool(cell.text) for cell in cells)
    if len(cells) != 1:
        assert len(found) == filled


@pytest.mark.parametrize("style", ["long lines", "rectangles", "segments", "bars"])
def test_pdfplumber_finds_the_same_rows(style: str) -> None:
    paper = Paper()
    draw(paper, HEADER + BODY, WIDTHS, style=style)
    data = paper.data()
    with pdfplumber.open(BytesIO(data)) as pdf:
        (table,) = pdf.pages[0].extract_tables()
    theirs = [[text for text in row if text is not None] for row in table]
    assert texts(only_grid(read_pdf(data))) == theirs


def test_underlines_frames_and_slanting_lines_are_no_tables() -> None:
    paper = Paper()
    paper.write(60, 700, "联系电话")
    paper.canvas.line(60, 697, 120, 697)
    paper.canvas.rect(40, 600, 500, 150)
    paper.canvas.line(40, 300, 400, 500)
    paper.canvas.circle(300, 200, 50)
    document = read_pdf(paper.data())
    assert lines(document) == ["联系电话"]
    assert not list(document.grids())


def test_a_table_inside_of_a_frame_is_read() -> None:
    paper = Paper()
    paper.canvas.rect(30, 30, 535, 790)
    cells = draw(paper, BODY, WIDTHS)
    assert keys(only_grid(read_pdf(paper.data()))) == wanted(cells)


def test_two_tables_on_a_page_stay_two() -> None:
    paper = Paper()
    first = draw(paper, BODY, WIDTHS)
    paper.write(60, 660, "四、其他")
    second = draw(paper, [["甲", "乙"], ["1", "2"]], [100, 100], top=640, left=61)
    document = read_pdf(paper.data())
    assert [keys(grid) for grid in document.grids()] == [wanted(first), wanted(second)]
    assert [type(block) for block in document.blocks] == [Grid, Line, Grid]


def test_a_crossed_header_and_missing_rules_do_not_move_numbers() -> None:
    paper = Paper()
    cells = draw(paper, [["", "甲", "乙"], ["丙", "1", "2"], ["丁", "3", "4"]], [80, 80, 80])
    paper.canvas.line(60, 760, 140, 736)
    assert keys(only_grid(read_pdf(paper.data()))) == wanted(cells)


def test_a_drawing_of_ten_thousand_strokes_is_read_without_rules() -> None:
    paper = Paper()
    paper.write(60, 800, "示意图")
    for i in range(25_000):
        paper.canvas.line(i % 500, i / 40, i % 500 + 30, i / 40 + 10)
    assert lines(read_pdf(paper.data())) == ["示意图"]


# Text inside of cells


def cell_texts(rows: list[list[Spec]], widths: list[float], height: float = 24) -> list[list[str]]:
    paper = Paper()
    draw(paper, rows, widths, height=height)
    return texts(only_grid(read_pdf(paper.data())))


def test_chinese_lines_in_a_cell_are_joined_without_a_space() -> None:
    assert cell_texts([["（二）部分公开（区分处\n理的，只计这一情形）", "1"], ["乙", "2"]], [150, 60], 40)[0] == [
        "（二）部分公开（区分处理的，只计这一情形）",
        "1",
    ]


def test_a_number_broken_over_two_lines_of_a_narrow_cell_is_one_number() -> None:
    assert cell_texts([["1\n0", "1\n2", "甲"], ["3985\n758", "0", "乙"]], [16, 16, 40], 40)[0] == ["10", "12", "甲"]
    assert cell_texts([["3985\n758", "甲"], ["0", "乙"]], [30, 40], 40)[0] == ["3985758", "甲"]


def test_two_numbers_below_one_another_in_a_wide_cell_are_not_glued() -> None:
    assert cell_texts([["12\n34", "甲"], ["0", "乙"]], [80, 40], 40)[0] == ["12 34", "甲"]


def test_numbers_beside_one_another_in_a_cell_are_not_glued() -> None:
    assert cell_texts([["12  34", "甲"], ["0", "乙"]], [80, 40])[0] == ["12 34", "甲"]


@pytest.mark.parametrize("text", ["总 计", "总　　计", "总\xa0计"])
def test_spaces_between_chinese_characters_only_make_room(text: str) -> None:
    assert cell_texts([[text, "1"], ["乙", "2"]], [80, 40])[0] == ["总计", "1"]


def test_full_width_digits_and_signs_stay_as_they_stand() -> None:
    row: list[Spec] = ["１２", "-1", "+3", "1,234.50", "22（其中修订16件）", "—"]
    assert cell_texts([row, ["0"] * 6], [60, 60, 60, 60, 110, 40])[0] == row


@pytest.mark.parametrize("label", ["三\n、\n本\n年\n度\n办\n理\n结\n果", "三、\n本年\n度办\n理结\n果"])
def test_a_label_set_downwards_in_a_narrow_cell_is_read_in_order(label: str) -> None:
    rows: list[list[Spec]] = [[(label, 4, 1), "甲", "1"], ["乙", "2"], ["丙", "3"], ["丁", "4"]]
    assert cell_texts(rows, [30, 60, 40], 30)[0] == ["三、本年度办理结果", "甲", "1"]


def test_columns_of_upright_text_are_read_from_the_right() -> None:
    paper = Paper()
    draw(paper, [[("", 4, 1), "1"], ["2"], ["3"], ["4"]], [40, 60])
    for x, column in ((82, "三本年度"), (66, "办理结果")):
        for number, character in enumerate(column):
            paper.write(x, 740 - number * 14, character)
    assert texts(only_grid(read_pdf(paper.data())))[0] == ["三本年度办理结果", "1"]


@pytest.mark.parametrize("angle", [90, -90])
def test_text_turned_in_a_cell_is_read_in_order(angle: int) -> None:
    paper = Paper()
    paper.write(60, 800, "这一页的其他文字都是正着的")
    draw(paper, [[("", 4, 1), "甲", "1"], ["乙", "2"], ["丙", "3"], ["丁", "4"]], [40, 60, 60])
    for x, text in ((72, "办理结果 12"), (88, "小计")) if angle > 0 else ((84, "办理结果 12"), (68, "小计")):
        paper.canvas.saveState()
        paper.canvas.translate(x, 675 if angle > 0 else 755)
        paper.canvas.rotate(angle)
        paper.write(0, 0, text)
        paper.canvas.restoreState()
    assert texts(only_grid(read_pdf(paper.data())))[0] == ["办理结果12小计", "甲", "1"]


def test_a_number_that_runs_over_its_cell_stays_whole_or_unknown() -> None:
    paper = Paper()
    draw(paper, [["甲", "", "7"], ["乙", "1", "2"]], [60, 30, 60])
    paper.write(122, 744, "12345678")
    row = texts(only_grid(read_pdf(paper.data())))[0]
    assert row[1] == "12345678" or UNKNOWN in row[1]
    assert row[2] == "7" or UNKNOWN in row[2]


def test_numbers_that_touch_over_a_rule_are_unknown_rather_than_one() -> None:
    paper = Paper()
    draw(paper, [["甲", "", ""], ["乙", "1", "2"]], [60, 30, 60])
    paper.write(140, 744, "12")
    paper.write(150, 744, "34")
    row = texts(only_grid(read_pdf(paper.data())))[0]
    assert row[1] in ("12", UNKNOWN * 2)
    assert row[2] in ("34", UNKNOWN * 2)


def test_a_number_through_which_a_rule_runs_is_unknown() -> None:
    paper = Paper()
    draw(paper, [["甲", ""], ["乙", ""]], [60, 60])
    paper.write(140, 732.5, "34")
    found = [text for row in texts(only_grid(read_pdf(paper.data()))) for text in row if text not in "甲乙"]
    assert found == [UNKNOWN * 2]


def test_text_printed_twice_to_look_bold_is_read_once() -> None:
    paper = Paper()
    cells = draw(paper, BODY, WIDTHS)
    for cell in cells:
        left, bottom, right, top = cell.box
        shifted = Placed(cell.text, cell.row, cell.column, 1, 1, (left + 0.4, bottom, right + 0.4, top + 0.2))
        draw(paper, [[shifted.text]], [right - left], left=left + 0.4, top=top + 0.2, style="rectangles")
    assert keys(only_grid(read_pdf(paper.data()))) == wanted(cells)


def test_a_number_printed_over_another_is_unknown() -> None:
    paper = Paper()
    draw(paper, BODY, WIDTHS)
    paper.write(235, 744.5, "88")
    assert UNKNOWN in texts(only_grid(read_pdf(paper.data())))[0][1]


def test_a_watermark_across_the_page_is_not_read() -> None:
    paper = Paper()
    cells = draw(paper, HEADER + BODY, WIDTHS)
    paper.canvas.saveState()
    paper.canvas.translate(80, 620)
    paper.canvas.rotate(35)
    paper.write(0, 0, "征求意见稿 2024 草案", 32)
    paper.canvas.restoreState()
    document = read_pdf(paper.data())
    assert keys(only_grid(document)) == wanted(cells)
    assert lines(document) == []


def test_invisible_text_is_not_read() -> None:
    paper = Paper()
    cells = draw(paper, BODY, WIDTHS)
    hidden = paper.canvas.beginText(225, 742)
    hidden.setTextRenderMode(3)
    hidden.textLine("99")
    paper.canvas.drawText(hidden)
    assert keys(only_grid(read_pdf(paper.data()))) == wanted(cells)


# Lines outside of tables


def test_words_of_an_unruled_table_say_under_which_column_they_stand() -> None:
    paper = Paper()
    for y, row in ((700, ("项目", "制发", "废止")), (680, ("行政许可", "12", "3")), (660, ("处罚", "0", "1013"))):
        for x, text in zip((60, 200, 300), row, strict=True):
            paper.write(x, y, text)
    document = read_pdf(paper.data())
    assert [[word[2] for word in line.words] for line in document.lines()] == [
        ["项目", "制发", "废止"],
        ["行政许可", "12", "3"],
        ["处罚", "0", "1013"],
    ]
    for line in document.lines():
        assert [word[0] for word in line.words] == pytest.approx([60, 200, 300], abs=1)
        assert line.text == " ".join(word[2] for word in line.words)


def test_lines_are_in_visual_order_whatever_the_order_of_the_file() -> None:
    paper = Paper()
    for y in (500, 700, 600):
        paper.write(200, y, f"{y}")
        paper.write(60, y, "行")
    assert lines(read_pdf(paper.data())) == ["行 700", "行 600", "行 500"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024 年新收 12 件", "2024年新收12件"),
        ("要求行政机关确认或重 新出具", "要求行政机关确认或重新出具"),
        ("The 12 reports of 2024", "The 12 reports of 2024"),
        ("一、总体情况", "一、总体情况"),
    ],
)
def test_spaces_in_a_line_are_kept_only_between_latin_words(written: str, read: str) -> None:
    paper = Paper()
    paper.write(60, 700, written)
    assert lines(read_pdf(paper.data())) == [read]


def test_a_table_with_three_rules_is_lines_with_words() -> None:
    paper = Paper()
    for y in (720, 695, 640):
        paper.canvas.line(60, y, 400, y)
    for y, row in ((705, ("项目", "件数")), (675, ("许可", "12")), (650, ("处罚", "0"))):
        paper.write(60, y, row[0])
        paper.write(300, y, row[1])
    document = read_pdf(paper.data())
    assert lines(document) == ["项目 件数", "许可 12", "处罚 0"]
    assert not list(document.grids())


# Pages


def turned(rotate: int) -> bytes:
    """A page whose content is turned against the file's space and which asks to be shown turned back."""
    paper = Paper()  # reportlab exchanges width and height of a page that is turned
    paper.canvas.setPageRotation(rotate)
    canvas = paper.canvas
    if rotate == 90:
        canvas.translate(842, 0)
        canvas.rotate(90)
    elif rotate == 270:
        canvas.translate(0, 595)
        canvas.rotate(-90)
    elif rotate == 180:
        canvas.translate(*PAGE)
        canvas.rotate(180)
    paper.write(60, 780, "第三部分")
    draw(paper, HEADER + BODY, WIDTHS)
    return paper.data()


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_page_is_read_upright(rotate: int) -> None:
    document = read_pdf(turned(rotate))
    assert lines(document) == ["第三部分"]
    assert texts(only_grid(document))[2:] == BODY
    box = only_grid(document).cells[0].where.box
    assert box == pytest.approx((60, PAGE[1] - 760, 210, PAGE[1] - 712), abs=1)


def test_a_table_turned_on_an_upright_page_is_read_with_its_page_number_left_out() -> None:
    paper = Paper()
    for _ in range(2):
        paper.write(290, 40, "- 1 -")
        paper.canvas.translate(595, 0)
        paper.canvas.rotate(90)
        cells = draw(paper, HEADER + BODY, WIDTHS, top=500)
        paper.page()
    document = read_pdf(paper.data())
    assert [keys(grid) for grid in document.grids()] == [wanted(cells)] * 2
    assert [line for line in lines(document) if any(character.isalpha() for character in line)] == []


def test_a_page_whose_box_does_not_begin_at_nought_is_read() -> None:
    paper = Paper()
    paper.canvas.setCropBox((30, 30, 565, 812))
    cells = draw(paper, BODY, WIDTHS)
    paper.write(2, 820, "裁切线外")
    document = read_pdf(paper.data())
    assert keys(only_grid(document)) == wanted(cells)
    assert only_grid(document).cells[0].where.box == pytest.approx((30, 812 - 760, 180, 812 - 736), abs=1)
    assert lines(document) == []


@pytest.mark.parametrize(
    "number", ["- {} -", "— {} —", "－{}－", "{}", "第{}页 共3页", "第 {} 页", "{}/3", "{} / 3", "Page {} of 3", "·{}·"]
)
def test_page_numbers_are_no_lines(number: str) -> None:
    paper = Paper()
    for page in range(3):
        paper.write(60, 700, f"正文{page}")
        paper.write(280, 40, number.format(page + 1))
        paper.page()
    assert lines(read_pdf(paper.data())) == ["正文0", "正文1", "正文2"]


def test_running_headers_and_footers_are_no_lines() -> None:
    paper = Paper()
    for page in range(4):
        paper.write(60, 810, "云岭省青禾市数据局")
        paper.write(400, 810, "2024年度报告")
        paper.write(60, 700, "每页都有的正文")
        paper.write(60, 40, "https://example.invalid/report.html")
        paper.write(500, 40, f"{page + 1}/4")
        paper.write(60, 25, "2025/1/20 14:22")
        paper.page()
    assert lines(read_pdf(paper.data())) == ["每页都有的正文"] * 4


def test_what_a_browser_prints_around_a_single_page_is_no_line() -> None:
    paper = Paper()
    paper.write(20, 822, "2025/1/20 14:22")
    paper.write(250, 822, "云岭省青禾市数据局年度报告")
    paper.write(60, 700, "正文")
    paper.write(20, 14, "https://example.invalid/report.html")
    paper.write(560, 14, "1/1")
    assert lines(read_pdf(paper.data())) == ["正文"]


def test_a_number_at_the_end_of_a_page_that_does_not_count_with_the_pages_is_text() -> None:
    paper = Paper()
    for number in (41, 7, 0):
        paper.write(60, 700, "正文")
        paper.write(60, 60, str(number))
        paper.page()
    assert lines(read_pdf(paper.data())) == ["正文", "41", "正文", "7", "正文", "0"]


def test_figures_that_stand_alike_on_several_pages_are_text() -> None:
    paper = Paper()
    for _ in range(3):
        paper.write(60, 700, "正文")
        for x in (60, 160, 260, 360, 460):
            paper.write(x, 60, "0")
        paper.page()
    assert lines(read_pdf(paper.data())).count("0 0 0 0 0") == 3


# Tables over pages


def over_pages(*parts: tuple[list[list[Spec]], float], style: str = "rectangles", size: float = 10) -> list[Grid]:
    """Each part (rows, height of row) on a page of its own, from the top, down to the page number."""
    paper = Paper()
    for number, (rows, height) in enumerate(parts):
        top = 780 if number else 60 + height * len(rows)
        if not number:
            paper.write(60, 800, "三、申请情况")
        draw(paper, rows, WIDTHS, top=top, height=height, style=style, size=size)
        paper.write(290, 30, f"- {number + 1} -")
        paper.page()
    return list(read_pdf(paper.data()).grids())


def test_a_table_that_goes_on_over_a_page_is_marked_and_keeps_its_rows() -> None:
    grids = over_pages((HEADER + BODY[:1], 24), (BODY[1:], 24))
    assert [grid.continues for grid in grids] == [False, True]
    assert texts(grids[0])[2:] + texts(grids[1]) == BODY


def test_a_repeated_header_is_kept() -> None:
    grids = over_pages((HEADER + BODY[:1], 24), (HEADER + BODY[1:], 24), (HEADER + BODY, 24))
    assert [grid.continues for grid in grids] == [False, True, True]
    assert texts(grids[1])[:2] == texts(grids[0])[:2]
    assert texts(grids[2])[2:] == BODY


def test_a_table_after_a_line_or_of_other_columns_does_not_continue() -> None:
    paper = Paper()
    draw(paper, BODY, WIDTHS, top=150)
    paper.page()
    draw(paper, BODY, [70, 100, 70, 100, 50], top=780)
    draw(paper, BODY, [70, 100, 70, 100, 50], top=200)
    paper.page()
    paper.write(60, 790, "四、行政复议")
    draw(paper, BODY, [70, 100, 70, 100, 50], top=780)
    assert [grid.continues for grid in read_pdf(paper.data()).grids()] == [False] * 4


LONG: list[Spec] = ["1.申请人无正当理由逾期不\n补正、不再处理其申请", "67", "3", "1", "71"]
FIRST_HALF: list[Spec] = ["1.申请人无正当理由逾期不补", "67", "3", "1", "71"]
SECOND_HALF: list[Spec] = ["正、不再处理其申请", "", "", "", ""]


@pytest.mark.parametrize("header", [[], HEADER], ids=["header once", "header again"])
def test_a_row_cut_in_two_by_the_page_is_whole_in_the_first_part(header: list[list[Spec]]) -> None:
    grids = over_pages((HEADER + BODY[:1] + [FIRST_HALF], 24), ([*header, SECOND_HALF, *BODY[1:]], 24))
    assert texts(grids[0])[-1] == ["1.申请人无正当理由逾期不补正、不再处理其申请", "67", "3", "1", "71"]
    assert texts(grids[1])[len(header) :] == [[], *BODY[1:]]
    assert grids[1].continues


def test_a_row_whose_numbers_stand_after_the_cut_is_whole_too() -> None:
    grids = over_pages(
        ([*BODY[:1], ["1.申请人无正当理由逾期不补", "", "", "", ""]], 24),
        ([["正、不再处理其申请", "67", "3", "1", "71"], *BODY[1:]], 24),
    )
    assert texts(grids[0])[-1] == ["1.申请人无正当理由逾期不补正、不再处理其申请", "67", "3", "1", "71"]


@pytest.mark.parametrize(
    "below",
    [
        ["2.重复申请", "", "", "", ""],  # a row of its own without figures: its label begins like one
        ["其中：网络申请", "", "", "", ""],
        ["正、不再处理其申请", "5", "3", "1", "9"],  # figures on both sides
        ["正、不再处理其申请", "", "", "", "9"],
    ],
)
def test_rows_that_may_be_two_are_left_as_they_stand(below: list[Spec]) -> None:
    grids = over_pages(([*BODY[:1], FIRST_HALF], 24), ([below, *BODY[1:]], 24))
    assert texts(grids[0])[-1] == FIRST_HALF
    assert texts(grids[1])[0] == below


def test_a_short_label_above_and_one_below_without_figures_are_two_rows() -> None:
    grids = over_pages(([*BODY[:1], ["行政处罚", "1", "2", "3", "6"]], 24), ([["行政强制", "", "", "", ""]], 24))
    assert texts(grids[0])[-1] == ["行政处罚", "1", "2", "3", "6"]
    assert texts(grids[1])[0] == ["行政强制", "", "", "", ""]


def test_a_blank_row_below_a_header_at_the_pages_end_stays_a_row() -> None:
    grids = over_pages(([*BODY[:1], ["结果", "维持", "纠正", "其他", "总计"]], 24), ([[""] * 5], 24))
    assert texts(grids[1]) == [[""] * 5]


@given(st.lists(st.sampled_from(["", "0", "12", "345"]), min_size=8, max_size=8), st.booleans(), st.booleans())
def test_digits_are_never_glued_from_two_rows(numbers: list[str], full: bool, numbered: bool) -> None:
    above: list[Spec] = ["1.申请人无正当理由逾期不补" if full else "甲", *numbers[:4]]
    below: list[Spec] = ["2.重复" if numbered else "正的申请", *numbers[4:]]
    grids = over_pages(([*BODY[:1], above], 24), ([below, *BODY[1:]], 24))
    found = {text for grid in grids for row in texts(grid) for text in row if re.fullmatch(r"\d+", text)}
    assert found <= {"0", "12", "345", "3", "15", "1", "1013", "1016"}


def test_a_label_over_several_rows_cut_by_the_page_stands_whole_in_both_parts() -> None:
    widths = [44, 106, 60, 60, 60, 60]
    paper = Paper()
    draw(paper, [[("（四）无", 2, 1), "1.甲", "1", "2", "3", "6"], ["2.乙", "0", "0", "0", "0"]], widths, top=108)
    paper.page()
    draw(paper, [[("法提供", 2, 1), "3.丙", "4", "0", "0", "4"], ["4.丁", "0", "0", "0", "0"]], widths, top=780)
    one, other = read_pdf(paper.data()).grids()
    assert (one.cells[0].text, other.cells[0].text) == ("（四）无法提供", "（四）无法提供")
    assert texts(other)[0][1:] == ["3.丙", "4", "0", "0", "4"]


def test_a_label_that_runs_over_the_tables_lower_edge_is_kept_whole() -> None:
    paper = Paper()
    draw(paper, [*BODY[:1], ["（三）不予", "1", "2", "3", "6"]], WIDTHS, top=108)
    paper.write(110, 49, "公开")
    paper.page()
    draw(paper, BODY[1:], WIDTHS, top=780)
    one, other = read_pdf(paper.data()).grids()
    assert texts(one)[-1] == ["（三）不予公开", "1", "2", "3", "6"]
    assert other.continues


def test_a_row_without_a_rule_at_the_pages_end_is_one_row() -> None:
    paper = Paper()
    rows: list[list[Spec]] = [["甲", "1", "2", "3", "6"], ["乙丙", "7", "8", "9", "24"]]
    draw(paper, rows, WIDTHS, top=108, style="long lines")
    for x in (60, 210, 270, 330, 390, 450):
        paper.canvas.line(x, 60, x, 40)
    paper.write(90, 45, "丁", 10)
    paper.page()
    for x in (60, 210, 270, 330, 390, 450):
        paper.canvas.line(x, 790, x, 770)
    paper.write(90, 775, "戊")
    paper.write(230, 775, "5")
    draw(paper, BODY, WIDTHS, top=770, style="long lines")
    one, other = read_pdf(paper.data()).grids()
    assert texts(one)[-1] == ["丁戊", "5", "", "", ""]
    assert texts(other) == [[], *BODY]


# Files without text, or that are no use


def picture(paper: Paper, x: float, y: float, width: float, height: float) -> None:
    from PIL import Image

    paper.canvas.drawImage(ImageReader(Image.new("L", (40, 40), 200)), x, y, width, height)


def test_a_scan_is_no_text_and_names_its_pages() -> None:
    paper = Paper()
    for _ in range(3):
        picture(paper, 0, 0, *PAGE)
        paper.page()
    with pytest.raises(NoText) as caught:
        read_pdf(paper.data())
    assert caught.value.pages == (1, 2, 3)
    assert caught.value.message
    assert caught.value.message_en


def test_a_scan_with_invisible_recognised_text_is_no_text() -> None:
    paper = Paper()
    picture(paper, 0, 0, *PAGE)
    hidden = paper.canvas.beginText(100, 700)
    hidden.setFont("Helvetica", 10)
    hidden.setTextRenderMode(3)
    hidden.textLine("12 34 56 78 90")
    paper.canvas.drawText(hidden)
    with pytest.raises(NoText):
        read_pdf(paper.data())


def test_pages_that_show_a_table_as_a_picture_are_named() -> None:
    paper = Paper()
    paper.write(60, 700, "第一页有文字也有表格")
    draw(paper, BODY, WIDTHS, top=600)
    picture(paper, 400, 700, 60, 60)
    paper.page()
    paper.write(60, 780, "三、收到和处理申请情况")
    picture(paper, 60, 300, 450, 400)
    paper.page()
    picture(paper, 0, 0, *PAGE)
    paper.write(290, 30, "- 3 -")
    paper.page()
    assert read_pdf(paper.data()).image_pages == (2, 3)


def test_letterhead_behind_text_is_no_picture_of_a_table() -> None:
    paper = Paper()
    picture(paper, 0, 0, *PAGE)
    for number in range(10):
        paper.write(60, 700 - 20 * number, "这一页在有底图的信纸上写着正文")
    document = read_pdf(paper.data())
    assert document.image_pages == ()
    assert len(lines(document)) == 10


def written_out(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return data + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def one_page(content: bytes, font: bytes, *more: bytes, resources: bytes = b"") -> bytes:
    """A page with this content, in which /F1 is this font; further objects are numbered from 6."""
    return written_out(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>>>"
        % resources,
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        font,
        *more,
    )


def garbled(text: bytes) -> bytes:
    """A file whose font does not tell what its letters mean: glyphs 1, 2, 3 … of a name of their own."""
    names = b" ".join(b"/g%d" % i for i in range(1, 32))
    font = (
        b"<</Type/Font/Subtype/Type1/BaseFont/Odd/FirstChar 1/LastChar 31/Widths[" + b"600 " * 31 + b"]"
        b"/Encoding<</Type/Encoding/Differences[1 " + names + b"]>>>>"
    )
    return one_page(b"BT /F1 12 Tf 72 700 Td (" + text + b") Tj ET", font)


def test_text_without_meaning_is_no_text() -> None:
    with pytest.raises(NoText) as caught:
        read_pdf(garbled(bytes(range(1, 9)) * 4))
    assert caught.value.pages == (1,)


def test_blank_pages_are_unreadable() -> None:
    paper = Paper()
    paper.page()
    with pytest.raises(Unreadable) as caught:
        read_pdf(paper.data())
    assert not isinstance(caught.value, NoText)


def sample() -> bytes:
    paper = Paper()
    paper.write(60, 800, "三、收到和处理申请情况")
    draw(paper, HEADER + BODY, WIDTHS)
    paper.page()
    draw(paper, BODY, WIDTHS)
    return paper.data()


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"%PDF-1.7", b"%PDF-1.7\nstartxref\n0\n%%EOF", sample()[:-60], sample()[: len(sample()) // 2]],
    ids=["empty", "a zip", "only the first line", "no objects", "cut at the end", "cut in half"],
)
def test_a_broken_file_is_unreadable_in_one_line(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        read_pdf(data)
    for message in (caught.value.message, caught.value.message_en):
        assert message
        assert "\n" not in message


def test_an_encrypted_file_is_unreadable_unless_it_opens_without_a_password() -> None:
    paper = Paper(encrypt=StandardEncryption("secret", strength=128))
    paper.write(60, 700, "正文")
    with pytest.raises(Unreadable, match="密码") as caught:
        read_pdf(paper.data())
    assert "password" in caught.value.message_en
    paper = Paper(encrypt=StandardEncryption("", ownerPassword="secret", canCopy=0, strength=128))
    paper.write(60, 700, "正文")
    assert lines(read_pdf(paper.data())) == ["正文"]


def test_a_file_of_more_pages_than_a_report_has_is_unreadable() -> None:
    paper = Paper()
    for _ in range(12):
        paper.write(60, 700, "正文")
        paper.page()
    with pytest.raises(Unreadable, match="12 页"):
        read_pdf(paper.data(), max_pages=11)


def test_ten_thousand_pages_are_refused_before_they_are_read() -> None:
    kids = b"3 0 R " * 10_000
    data = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 10000/Kids["
        + kids
        + b"]>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        + b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
    )
    with pytest.raises(Unreadable, match="10000 页"):
        read_pdf(data)


@pytest.mark.slow
def test_a_table_of_a_million_cells_is_refused() -> None:
    paper = Paper((14_000, 14_000), pageCompression=1)
    paper.canvas.setFont("Helvetica", 5)
    for row in range(1000):
        paper.canvas.drawString(10, 13_900 - row * 12, " ".join("8" * 1000))
    with pytest.raises(Unreadable):
        read_pdf(paper.data())


def test_absurd_places_and_sizes_are_left_out() -> None:
    paper = Paper((14_400, 14_400))
    paper.write(60, 700, "正文")
    paper.write(-500, 700, "外")
    paper.canvas.line(0, 0, 1e38, 1e38)
    paper.canvas.line(-1e30, 300, 1e30, 300)
    paper.canvas.rect(-1e30, -1e30, 2e30, 2e30)
    assert lines(read_pdf(paper.data())) == ["正文"]


def drawing_itself(times: int) -> bytes:
    """A page that shows a form which shows itself so many times."""
    body = b"10 10 m 90 10 l S " + b"/X Do " * times
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 900 900]/Resources<</XObject<</X 6 0 R>>>>/Length %d>>" % len(body)
    form += b"stream\n" + body + b"\nendstream"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    content = b"/X Do BT /F1 12 Tf 72 700 Td (report 12) Tj ET"
    return one_page(content, font, form, resources=b"/XObject<</X 6 0 R>>")


def test_a_form_that_draws_itself_ends() -> None:
    assert lines(read_pdf(drawing_itself(1))) == ["report 12"]


@pytest.mark.slow
def test_a_form_that_doubles_itself_without_end_is_stopped_by_the_guard() -> None:
    with pytest.raises(Unreadable):
        guarded(read_pdf, drawing_itself(2), seconds=20, megabytes=500)


@given(st.data())
def test_a_damaged_file_gives_a_document_or_one_clear_line(data: st.DataObject) -> None:
    whole = bytearray(sample())
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(whole) - 1))
        how = data.draw(st.sampled_from(["change", "cut out", "double"]))
        long = data.draw(st.integers(1, 200))
        if how == "change":
            whole[at] = data.draw(st.integers(0, 255))
        elif how == "cut out":
            del whole[at : at + long]
        else:
            whole[at:at] = whole[at : at + long]
    try:
        document = read_pdf(bytes(whole))
    except Unreadable as error:
        assert error.message
        assert error.message_en
        assert "\n" not in error.message + error.message_en
    else:
        assert document.kind == "pdf"


# A real report


def test_every_cell_of_the_real_report_is_read(shared_reports: Path) -> None:
    data = (shared_reports / "huaian_2024.pdf").read_bytes()
    expected = json.loads((shared_reports / "expected.json").read_text(encoding="utf-8"))["huaian_2024.pdf"]
    document = read_pdf(data)
    rows = [
        [cell.text for cell in row]
        for grid in document.grids()
        for row in grid.rows()
        if any(re.fullmatch(r"[\d.]+", cell.text) for cell in row)
    ]
    figures = [[float(text) for text in row if re.fullmatch(r"[\d.]+", text)] for row in rows]
    values = {
        table: [float(value) for value in expected[table].values()] for table in ("publication", "requests", "disputes")
    }
    assert [number for row in figures if len(row) < 7 for number in row] == values["publication"]
    assert [number for row in figures if len(row) == 7 for number in row] == values["requests"]
    assert [number for row in figures if len(row) == 15 for number in row] == values["disputes"]
    assert all(grid.exact for grid in document.grids())
    assert [grid.continues for grid in document.grids()] == [False, True, False, True, False]
    assert not any(re.fullmatch(r"[-\s\d]+", line.text) for line in document.lines())
    assert document.image_pages == ()
