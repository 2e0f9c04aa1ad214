"""Workbooks: values as they are shown, merged cells, hidden parts, text around tables."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.annual.reading.document import Document, Line, Unreadable
from gongkai.annual.reading.files.limits import CELLS
from gongkai.annual.reading.files.opening import open_document
from gongkai.annual.reading.files.sheet.values import figure
from tests.annual.reading.files.shapes import archive, lines, only_grid, places, rows, spans


def workbook(fill: Callable[[Worksheet], object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "年报"
    fill(sheet)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def opened(fill: Callable[[Worksheet], object]) -> Document:
    return open_document(workbook(fill))


class TestValues:
    @pytest.mark.parametrize(
        ("value", "shown", "number_format"),
        [
            (20, "20", "General"),
            (20.0, "20", "0.00"),
            (0, "0", "General"),
            (0.1 + 0.2, "0.3", "General"),
            (96171.6, "96171.6", "General"),
            (75394432.52, "75394432.52", "General"),
            (-417, "-417", "General"),
            (1e15, "1000000000000000", "General"),
            (0.25, "25%", "0%"),
            (0.123, "12.3%", "0.00%"),
            (0.25, "25%", '0.0"%"%'),
            ("0012", "0012", "General"),
            ("+3", "+3", "General"),
            (" 12\n ", "12", "General"),
            (datetime.date(2024, 1, 17), "2024-01-17", "yyyy-mm-dd"),
            (True, "TRUE", "General"),
        ],
    )
    def test_are_read_as_shown(self, value: object, shown: str, number_format: str) -> None:
        def fill(sheet: Worksheet) -> None:
            sheet.append(["项目", value])
            sheet.append(["总计", 1])
            sheet["B1"].number_format = number_format

        assert rows(only_grid(opened(fill)))[0] == ["项目", shown]

    def test_an_error_is_no_blank(self) -> None:
        def fill(sheet: Worksheet) -> None:
            sheet.append(["甲", "#REF!", None])
            sheet["B1"].data_type = "e"
            sheet.append(["乙", 1, 2])

        assert rows(only_grid(opened(fill)))[0] == ["甲", "#REF!", ""]

    @pytest.mark.parametrize("formula", ["=1/0", "=SUM(B2:B9)", "=B2+B3"])
    def test_a_formula_without_result_is_neither_blank_nor_guessed_at(self, formula: str) -> None:
        def fill(sheet: Worksheet) -> None:
            sheet.append(["甲", formula])
            sheet.append(["乙", 1])

        with pytest.raises(Unreadable, match="公式没有算出结果；请用 Excel 或 WPS 打开并保存"):
            opened(fill)

    def test_a_formula_that_is_not_shown_keeps_no_one_from_reading(self) -> None:
        def fill(sheet: Worksheet) -> None:
            sheet.append(["甲", 1])
            sheet.append(["乙", 2])
            sheet.append(["丙", "=SUM(B1:B2)"])
            sheet.row_dimensions[3].hidden = True

        assert rows(only_grid(opened(fill))) == [["甲", "1"], ["乙", "2"]]

    @pytest.mark.parametrize(
        ("parts", "total"),
        [((3, 4), "7"), ((0.1, 0.2), "0.3"), ((3, None), "3"), ((3, "4"), "3"), ((None, None), "")],
    )
    def test_a_sum_of_a_form_comes_to_what_a_spreadsheet_shows(self, parts: tuple[object, ...], total: str) -> None:
        def fill(sheet: Worksheet) -> None:
            sheet.append(["项目", "甲", "乙", "总计"])
            sheet.append(["件数", *parts, '=IF(COUNT($B$2:$C$2)=0,"",SUM($B$2:$C$2))'])

        assert rows(only_grid(opened(fill)))[1][3] == total

    @pytest.mark.parametrize("other", ['=IF(COUNT($B$2)=0,"",SUM($D$2))', datetime.date(2024, 1, 17), True])
    def test_a_sum_of_what_is_not_known_is_not_known(self, other: object) -> None:
        def fill(sheet: Worksheet) -> None:
            sheet.append(["项目", "甲", "乙", "总计"])
            sheet.append(["件数", 1, other, '=IF(COUNT($B$2:$C$2)=0,"",SUM($B$2:$C$2))'])

        with pytest.raises(Unreadable):
            opened(fill)

    @given(st.floats(allow_nan=False, allow_infinity=False, width=32) | st.integers(-(10**14), 10**14))
    def test_a_number_keeps_its_value_and_has_no_exponent(self, value: float) -> None:
        assert float(figure(value)) == pytest.approx(value, rel=1e-14)
        assert "e" not in figure(value).lower()


class TestSheets:
    def test_merged_cells_become_spans_and_blanks_stay_cells(self) -> None:
        def fill(sheet: Worksheet) -> None:
            sheet.append(["说明", None, "申请人情况", None])
            sheet.append([None, None, "自然人", "总计"])
            sheet.append(["办理结果", "（一）予以公开", None, 2])
            sheet.append([None, "（二）部分公开", 3, 4])
            for merged in ("A1:B2", "C1:D1", "A3:A4"):
                sheet.merge_cells(merged)

        made = only_grid(opened(fill))
        assert spans(made)["说明"] == (0, 0, 2, 2)
        assert spans(made)["申请人情况"] == (0, 2, 1, 2)
        assert spans(made)["办理结果"] == (2, 0, 2, 1)
        assert rows(made)[2] == ["办理结果", "（一）予以公开", "", "2"]
        assert [c.where.element for c in made.cells if c.text == "4"] == ["年报!D4"]

    def test_text_around_tables_becomes_lines_in_order(self) -> None:
        def fill(sheet: Worksheet) -> None:
            sheet.append(["丙区示例局2023年政府信息公开工作年度报告"])
            sheet.merge_cells("A1:C1")
            sheet.append(["一、总体情况"])
            sheet.append(["正文第一段。\n正文第二段。"])
            sheet.append([])
            sheet.append(["二、主动公开政府信息情况"])
            sheet.append(["第二十条第（一）项", None, None])
            sheet.merge_cells("A6:D6")
            sheet.append(["信息内容", "本年制发件数", "现行有效件数"])
            sheet.append(["规章", 0, None])
            sheet.append(["行政规范性文件", None, None])
            sheet.append(["第二十条第（五）项", None, None])
            sheet.merge_cells("A10:D10")
            sheet.append(["信息内容", "本年处理决定数量", None])
            sheet.append(["行政许可", 12, None])
            sheet.append(["三、收到和处理政府信息公开申请情况", None, None])
            sheet.append(["说明", None, "自然人", "总计"])
            sheet.append(["一、本年新收", None, 1, 1])
            sheet.append(["二、上年结转"])
            sheet.append(["三、办理结果", "（一）予以公开"])
            sheet.append(["四、结转"])
            sheet.append(["五、存在的主要问题", None, None])
            sheet.append(["公开的主动性有待加强。" * 7, None, None])
            sheet.append(["六、其他", None, None])

        shown = [block.text if isinstance(block, Line) else rows(block) for block in opened(fill).blocks]
        assert shown == [
            "丙区示例局2023年政府信息公开工作年度报告",
            "一、总体情况",
            "正文第一段。",
            "正文第二段。",
            "二、主动公开政府信息情况",
            "第二十条第（一）项",
            [["信息内容", "本年制发件数", "现行有效件数", ""], ["规章", "0", "", ""], ["行政规范性文件", "", "", ""]],
            "第二十条第（五）项",
            [["信息内容", "本年处理决定数量", "", ""], ["行政许可", "12", "", ""]],
            "三、收到和处理政府信息公开申请情况",
            [
                ["说明", "", "自然人", "总计"],
                ["一、本年新收", "", "1", "1"],
                ["二、上年结转", "", "", ""],
                ["三、办理结果", "（一）予以公开", "", ""],
                ["四、结转", "", "", ""],
            ],
            "五、存在的主要问题",
            "公开的主动性有待加强。" * 7,
            "六、其他",
        ]

    def test_empty_rows_cut_grids_but_not_through_merged_cells(self) -> None:
        def fill(sheet: Worksheet) -> None:
            for row in (["甲", 1], ["乙", 2], [], ["丙", 3], [None, None], ["丁", 4]):
                sheet.append(row)
            sheet.merge_cells("A4:A5")

        assert [rows(made) for made in opened(fill).grids()] == [
            [["甲", "1"], ["乙", "2"]],
            [["丙", "3"], [""], ["丁", "4"]],
        ]

    def test_hidden_sheets_rows_and_columns_are_left_out_and_said(self) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        for row in (["甲", 9, 1], ["旧", 9, 8], ["乙", 9, 2]):
            sheet.append(row)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        other = book.create_sheet("上年")
        other.append(["甲", 7])
        other.sheet_state = "hidden"
        found = open_document(saved(book))
        assert rows(only_grid(found)) == [["甲", "1"], ["乙", "2"]]
        assert [c.where.element for c in only_grid(found).cells if c.text == "2"] == ["Sheet!C3"]
        assert len(found.notes) == 2
        assert any("上年" in chinese and "上年" in english for chinese, english in found.notes)

    def test_what_a_form_says_stands_beside_the_report_is_left_out(self) -> None:
        def fill(sheet: Worksheet) -> None:
            sheet.append(["怎么填"])
            sheet.append([])
            sheet.append(["名称", "数量"])
            sheet.append(["规章", 3])
            sheet["D4"] = "✓"
            names = {
                "gongkai_aside_1": "A1:A1",
                "gongkai_aside_2": "D4:D4",
                "其他": "A3:B4",
                "gongkai_aside_3": "#REF!",
            }
            for name, place in names.items():
                absolute = ":".join(f"${part[0]}${part[1:]}" for part in place.split(":"))
                text = place if place.startswith("#") else f"{quote_sheetname(sheet.title)}!{absolute}"
                assert sheet.parent is not None
                sheet.parent.defined_names[name] = DefinedName(name, attr_text=text)

        document = opened(fill)
        assert [block for block in document.blocks if isinstance(block, Line)] == []
        (grid,) = document.grids()
        assert [[cell.text for cell in row] for row in grid.rows()] == [["名称", "数量"], ["规章", "3"]]

    def test_a_table_that_a_form_names_is_one_table_though_it_is_blank(self) -> None:
        def fill(sheet: Worksheet) -> None:
            sheet.append(["总计", "其中"])
            sheet["A3"] = "合计"
            assert sheet.parent is not None
            place = f"{quote_sheetname(sheet.title)}!$A$1:$B$4"
            sheet.parent.defined_names["gongkai_table_1"] = DefinedName("gongkai_table_1", attr_text=place)

        (grid,) = opened(fill).grids()
        assert [[cell.text for cell in row] for row in grid.rows()] == [
            ["总计", "其中"],
            ["", ""],
            ["合计", ""],
            ["", ""],
        ]

    def test_several_sheets_follow_each_other(self) -> None:
        book = openpyxl.Workbook()
        for name in ("二", "三"):
            sheet = book.create_sheet(name)
            sheet.append([name, 1])
            sheet.append(["总计", 1])
        assert [rows(made)[0][0] for made in open_document(saved(book)).grids()] == ["二", "三"]

    @given(
        st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(0, 2), st.integers(0, 2)), max_size=4),
        st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), min_size=1, max_size=15, unique=True),
    )
    def test_no_place_is_covered_twice_and_no_text_is_lost(
        self, merged: list[tuple[int, int, int, int]], filled: list[tuple[int, int]]
    ) -> None:
        def fill(sheet: Worksheet) -> None:
            for number, (row, column) in enumerate(filled):
                sheet.cell(row, column).value = f"格{number}。"

        # Merged ranges are written beside openpyxl, which empties the cells it merges and refuses ranges that overlap.
        ranges = "".join(
            f'<mergeCell ref="{chr(64 + c)}{r}:{chr(64 + c + w)}{r + h}"/>' for r, c, h, w in merged if h or w
        )
        data = rewritten(
            workbook(fill),
            "</sheetData>",
            f"</sheetData><mergeCells>{ranges}</mergeCells>" if ranges else "</sheetData>",
        )
        found = open_document(data)
        texts = "".join(lines(found)) + "".join(cell.text for made in found.grids() for cell in made.cells)
        assert sorted(texts) == sorted("".join(f"格{number}。" for number in range(len(filled))))
        for made in found.grids():
            covered = places(made.cells)
            assert len(covered) == len(set(covered))


def rewritten(data: bytes, old: str, new: str) -> bytes:
    """The workbook with a piece of its first sheet's XML exchanged."""
    members = members_of(data)
    text = members["xl/worksheets/sheet1.xml"].decode()
    assert old in text
    return archive({**members, "xl/worksheets/sheet1.xml": text.replace(old, new)})


def members_of(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened_archive:
        return {name: opened_archive.read(name) for name in opened_archive.namelist()}


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles>'
    '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"
)


def ods(tables: str) -> Document:
    return open_document(
        archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ODS.format(tables)})
    )


def ods_cell(text: str = "", attributes: str = "") -> str:
    return f"<table:table-cell {attributes}>{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"


class TestOds:
    def test_shown_texts_spans_and_repeated_cells(self) -> None:
        found = ods(
            '<table:table table:name="年报"><table:table-column table:number-columns-repeated="3"/>'
            "<table:table-row>"
            + ods_cell("办理结果", 'table:number-rows-spanned="2"')
            + ods_cell("0", 'table:number-columns-repeated="2" office:value="0"')
            + "</table:table-row><table:table-row><table:covered-table-cell/>"
            + ods_cell("12%", 'office:value="0.12"')
            + ods_cell()
            + '</table:table-row><table:table-row table:number-rows-repeated="1048000">'
            + ods_cell(attributes='table:number-columns-repeated="16384"')
            + '</table:table-row></table:table><table:table table:name="旧" table:style-name="h"/>'
        )
        assert rows(only_grid(found)) == [["办理结果", "0", "0"], ["12%", ""]]
        assert spans(only_grid(found))["办理结果"] == (0, 0, 2, 1)
        assert len(found.notes) == 1

    def test_repetition_is_no_bomb(self) -> None:
        with pytest.raises(Unreadable):
            ods(
                '<table:table table:name="x"><table:table-row table:number-rows-repeated="1048576">'
                + ods_cell("1")
                + "</table:table-row></table:table>"
            )


class TestBounds:
    def test_two_cells_in_opposite_corners(self) -> None:
        def fill(sheet: Worksheet) -> None:
            sheet["A1"] = 1
            sheet["XFD1048576"] = 2

        with pytest.raises(Unreadable):
            opened(fill)

    def test_too_many_cells(self) -> None:
        def many(sheet: Worksheet) -> None:
            for _ in range(CELLS // 100 + 1):
                sheet.append([1] * 100)

        with pytest.raises(Unreadable):
            opened(many)

    @pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
    def test_entities(self, part: str) -> None:
        members = members_of(workbook(lambda sheet: sheet.append(["甲", 1])))
        with pytest.raises(Unreadable):
            open_document(archive({**members, part: b'<!DOCTYPE a [<!ENTITY b "c">]>' + members[part]}))

    @given(st.integers(4, 4000))
    def test_a_workbook_cut_off(self, size: int) -> None:
        good = workbook(lambda sheet: sheet.append(["甲", 1]))
        with pytest.raises(Unreadable):
            open_document(good[: min(size, len(good) - 30)])
