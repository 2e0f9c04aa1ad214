"""What is rendered stands in the files: figures in their places, noises as named, read back with plain tools."""

from __future__ import annotations

import re
from io import BytesIO
from random import Random

import openpyxl
import pypdfium2
import pytest
from docx import Document
from lxml import html

from gongkai.demo.making import make
from gongkai.demo.rendering import Missing, layouts, render
from gongkai.demo.rendering.paper import on_paper, shown

REPORT = make(Random(11), form="2021", volume=3.0)


def rendered(layout, report=REPORT, **more):
    try:
        return render(report, layout, Random(2), **more)
    except Missing as missing:
        pytest.skip(str(missing))


def figures(report):
    """The figures in the order in which the form prints them."""
    return [shown(cell.value) for _, cell in report.cells()]


def spread(table):
    """An HTML table with spans spread out: (row, column) → the cell's element."""
    grid = {}
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for cell in line:
            while (row, column) in grid:
                column += 1
            for down in range(int(cell.get("rowspan", 1))):
                for across in range(int(cell.get("colspan", 1))):
                    grid[row + down, column + across] = cell
            column += int(cell.get("colspan", 1))
    return grid


def row_of(grid, label):
    """The texts of the cells of the row with that label, spans counted once."""
    row = next(row for (row, _), cell in sorted(grid.items()) if squeezed(cell) == label)
    cells = [grid[key] for key in sorted(grid) if key[0] == row]
    return [squeezed(cell) for cell in dict.fromkeys(cells)]


def squeezed(cell):
    return re.sub(r"[\s\xa0]", "", cell.text_content())


PAGES = sorted(name for name, layout in layouts().items() if layout.format == "html")
WHOLE = [name for name in PAGES if name not in ("one_table_missing", "only_the_last_block", "zeros_left_blank")]


def tables(data):
    return list(html.fromstring(data).iter("table"))


@pytest.mark.parametrize("layout", WHOLE)
def test_a_page_has_every_figure_in_its_row(layout):
    cells = dict(REPORT.cells())
    grids = [spread(table) for table in tables(rendered(layout).data) if not list(table.iter("table"))[1:]]
    grid = next(grid for grid in grids if any(squeezed(cell) == "（七）总计" for cell in grid.values()))
    wanted = [shown(cell.value) for name, cell in cells.items() if name.startswith("requests/total:")]
    assert row_of(grid, "（七）总计")[-7:] == wanted or row_of(grid, "（七）总计") == ["（七）总计", *wanted]


def test_regular_pages_span_as_the_form_does():
    grid = spread(
        next(table for table in tables(rendered("regular_page").data) if "三、本年度" in table.text_content())
    )
    heading = next(cell for cell in grid.values() if squeezed(cell) == "三、本年度办理结果")
    assert heading.get("rowspan") == "22"
    assert {column for _, column in grid} == set(range(10))


def test_padded_headers_have_no_spans_downwards():
    table = tables(rendered("header_padded_with_empty_cells").data)[-1]
    third = list(table.iter("tr"))[2]
    assert [squeezed(cell) for cell in third][:5] == [""] * 5
    assert not table.xpath(".//td[@rowspan]")


def test_a_heading_cut_in_two_stands_twice():
    text = rendered("heading_cut_in_two").data.decode()
    assert text.count("三、本年度办理结果") == 2


def test_the_uneven_grid_is_a_column_wider_and_rows_differ():
    table = tables(rendered("uneven_grid").data)[0]
    spans = {tuple(cell.get("colspan", "1") for cell in line) for line in table.iter("tr") if len(line) == 4}
    assert len(spans) > 1
    assert {sum(int(cell.get("colspan", 1)) for cell in line) for line in table.iter("tr")} == {5}


def test_digits_stand_in_spans_of_their_own():
    assert b"<span>1</span><span>" in rendered("figures_in_many_spans").data
    assert "<o:p" in rendered("word_residue").data.decode()
    assert "MsoNormal" in rendered("word_residue").data.decode()


def test_blank_zeros_are_blank_in_truth_and_file():
    rendering = rendered("zeros_left_blank")
    assert 0 not in [cell.value for _, cell in rendering.truth.cells()]
    assert ">0<" not in rendering.data.decode()


def test_a_site_has_other_tables_with_numbers():
    found = tables(rendered("site_with_other_tables").data)
    assert any("索引号" in table.text_content() and "信息公开年报" in table.text_content() for table in found)
    assert len(found) > 4


def test_a_missing_table_is_missing_from_truth_and_file():
    rendering = rendered("one_table_missing")
    assert len(rendering.truth.tables) == 2
    assert len(tables(rendering.data)) == 2
    assert rendering.data.count(b"<img") == 1


def test_marks_of_the_workshop_are_not_left_in_the_page():
    assert not [name for name in PAGES if b"data-role" in rendered(name).data]


@pytest.mark.parametrize("layout", ["merged_cells", "edited_by_many_hands", "landscape_section"])
def test_a_word_file_has_every_figure_in_its_cell(layout):
    document = Document(BytesIO(rendered(layout).data))
    table = document.tables[1]
    texts = [[cell.text for cell in {cell._tc: cell for cell in row.cells}.values()] for row in table.rows]
    wanted = [shown(cell.value) for name, cell in REPORT.cells() if name.startswith("requests/total:")]
    assert next(row for row in texts if "（七）总计" in row)[-7:] == wanted


def test_a_word_file_is_merged_as_wps_writes_it():
    xml = Document(BytesIO(rendered("merged_cells").data)).tables[1]._tbl.xml
    assert xml.count('w:vMerge w:val="restart"') > 3
    assert xml.count("w:gridSpan") > 5


@pytest.mark.parametrize("layout", ["everything_on_one_sheet", "a_sheet_for_each_table"])
def test_a_spreadsheet_keeps_figures_as_numbers(layout):
    book = openpyxl.load_workbook(BytesIO(rendered(layout).data))
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    wanted = [cell.value for name, cell in REPORT.cells() if name.startswith("requests/total:")]
    found = next(row for row in rows if "（七）总计" in row)
    assert [value for value in found if isinstance(value, int)] == wanted


TEXTS = [name for name, layout in layouts().items() if layout.format in ("text", "layout text", "markdown")]
SHUFFLED = {
    "figures_run_together", "figures_run_together_with_stray_blanks", "repeated_cells_dropped", "empty_cells_dropped",
    "flow_text", "raw_text_figures_folded", "raw_text_zeros_left_blank", "layout_text_zeros_left_blank",
}  # fmt: skip


@pytest.mark.parametrize("layout", sorted(set(TEXTS) - SHUFFLED))
def test_a_text_has_the_figures_of_a_row_in_order(layout):
    data = rendered(layout).data
    text = data.decode("utf-16" if "utf16" in layout else "gb18030" if "gb18030" in layout else "utf-8")
    text = re.sub(r"\([^()\d]{1,6}\)", "", text) if layout == "mirror_site" else text
    wanted = [shown(cell.value) for name, cell in REPORT.cells() if name.startswith("requests/total:")]
    run = r"[\s|?]+".join(wanted)
    assert re.search(rf"（七）.{{0,4}}[\s|]+[總总][\s]?[計计][\s|?]+{run}|（七）[總总][計计][\s|?]+{run}", text)


def test_figures_run_together_have_nothing_between_them():
    text = rendered("figures_run_together").data.decode()
    assert "".join(figures(REPORT)[-15:]) in text


def test_flow_text_puts_figures_before_folded_labels():
    text = rendered("flow_text").data.decode()
    long_label = text.index("形，不计其他情形）") if "形，不计其他情形）" in text else text.index("不计其他情形）")
    assert text.index("1.属于国家秘密") != -1
    assert long_label > 0
    assert "\n\n" in text


def test_folded_figures_fall_apart():
    text = rendered("raw_text_figures_folded").data.decode()
    total = shown(REPORT.value("requests/total:total"))
    assert "\n".join(total) in text


def test_page_numbers_stand_between():
    assert "- 2 -" in rendered("raw_text").data.decode()
    assert "— 2 —" in rendered("layout_text_header_again").data.decode()


def test_headers_come_again_where_that_is_the_noise():
    assert rendered("raw_text").data.decode().count("申请人情况") == 1
    assert rendered("raw_text_rows_cut").data.decode().count("申请人情况") > 1


PDFS = [name for name, layout in layouts().items() if layout.format == "pdf" and name != "printed_by_office"]


@pytest.mark.parametrize("layout", sorted(PDFS))
def test_a_pdf_has_text_with_the_figures(layout):
    rendering = rendered(layout)
    with pypdfium2.PdfDocument(rendering.data) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    wanted = [figure for figure in figures(rendering.truth) if figure]
    assert set(wanted) <= set(re.findall(r"\d+(?:\.\d+)?", text))
    assert "三、收到和处理政府信息公开申请情况" in text


def test_pdfs_differ_in_their_rules():
    sizes = {name: rendered(name).data for name in ("ruled", "unruled", "three_rules", "rectangles_for_rules")}
    assert len(set(sizes.values())) == 4


def test_paper_has_every_cell_of_the_report():
    paper = on_paper(REPORT)
    assert {box.cell for box in paper.figures()} == {name for name, _ in REPORT.cells()}
    for sheet in paper.sheets:
        places = [
            (row, column)
            for box in sheet.boxes
            for row in range(box.row, box.row + box.rowspan)
            for column in range(box.column, box.column + box.colspan)
        ]
        assert len(places) == len(set(places)) == sheet.width * sheet.height
