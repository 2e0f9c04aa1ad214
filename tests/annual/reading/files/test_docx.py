"""DOCX as Word, WPS and LibreOffice write it (layouts.md §I), and what a DOCX may hold besides."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.reading.document import Line, Unreadable
from gongkai.annual.reading.files.docx import read_docx
from gongkai.annual.reading.files.limits import TABLES_DEEP
from gongkai.annual.reading.files.opening import open_document
from tests.annual.reading.files.shapes import (
    W_NAMESPACES,
    archive,
    cell,
    docx,
    lines,
    only_grid,
    paragraph,
    places,
    row,
    rows,
    spans,
    table,
)

RESTART = '<w:vMerge w:val="restart"/>'
CONTINUE = "<w:vMerge/>"


def text_of(runs: str) -> list[str]:
    return lines(read_docx(docx(f"<w:p>{runs}</w:p>")))


class TestTables:
    def test_merged_cells_become_spans(self) -> None:
        made = only_grid(
            read_docx(
                docx(
                    table(
                        row(cell("说明", '<w:gridSpan w:val="3"/>'), cell("自然人"), cell("总计")),
                        row(cell("办理结果", RESTART), cell("（三）", RESTART), cell("1.甲"), cell("1"), cell("2")),
                        row(
                            cell("", CONTINUE),
                            cell("", '<w:vMerge w:val="continue"/>'),
                            cell("2.乙"),
                            cell("3"),
                            cell("4"),
                        ),
                        row(cell("", CONTINUE), cell("（七）总计", '<w:gridSpan w:val="2"/>'), cell("5"), cell("6")),
                    )
                )
            )
        )
        assert spans(made) == {
            "说明": (0, 0, 1, 3),
            "自然人": (0, 3, 1, 1),
            "总计": (0, 4, 1, 1),
            "办理结果": (1, 0, 3, 1),
            "（三）": (1, 1, 2, 1),
            "1.甲": (1, 2, 1, 1),
            "1": (1, 3, 1, 1),
            "2": (1, 4, 1, 1),
            "2.乙": (2, 2, 1, 1),
            "3": (2, 3, 1, 1),
            "4": (2, 4, 1, 1),
            "（七）总计": (3, 1, 1, 2),
            "5": (3, 3, 1, 1),
            "6": (3, 4, 1, 1),
        }
        assert [c.where.element for c in made.cells if c.text == "3"] == ["table[1]/row[3]/cell[4]"]

    def test_two_merges_below_each_other_stay_two(self) -> None:
        made = only_grid(
            read_docx(
                docx(
                    table(
                        row(cell("甲", RESTART), cell("1")),
                        row(cell("", CONTINUE), cell("2")),
                        row(cell("乙", RESTART), cell("3")),
                        row(cell("", CONTINUE), cell("4")),
                    )
                )
            )
        )
        assert (spans(made)["甲"], spans(made)["乙"]) == ((0, 0, 2, 1), (2, 0, 2, 1))

    def test_a_merge_that_nothing_begins_is_a_cell(self) -> None:
        made = only_grid(
            read_docx(docx(table(row(cell("甲", CONTINUE), cell("1")), row(cell("", CONTINUE), cell("2")))))
        )
        assert spans(made)["甲"] == (0, 0, 2, 1)

    def test_text_left_in_a_cell_that_is_merged_away_is_not_lost(self) -> None:
        made = only_grid(
            read_docx(docx(table(row(cell("5", RESTART), cell("x")), row(cell("6", CONTINUE), cell("y")))))
        )
        assert rows(made) == [["5\n6", "x"], ["y"]]
        same = only_grid(
            read_docx(docx(table(row(cell("5", RESTART), cell("x")), row(cell("5", CONTINUE), cell("y")))))
        )
        assert rows(same) == [["5", "x"], ["y"]]

    def test_rows_that_begin_further_right_and_cells_merged_the_old_way(self) -> None:
        made = only_grid(
            read_docx(
                docx(
                    table(
                        row(cell("甲"), cell("乙"), cell("丙")),
                        row(cell("1"), cell("2"), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="0"/>'),
                        row(cell("宽", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), cell("3")),
                    )
                )
            )
        )
        assert spans(made)["1"] == (1, 1, 1, 1)
        assert spans(made)["宽"] == (2, 0, 1, 2)
        assert spans(made)["3"] == (2, 2, 1, 1)

    def test_content_controls_and_revisions_around_rows_and_cells(self) -> None:
        made = only_grid(
            read_docx(
                docx(
                    table(
                        "<w:sdt><w:sdtPr><w:tag/></w:sdtPr><w:sdtContent>",
                        row(cell("甲"), cell("1")),
                        "</w:sdtContent></w:sdt>",
                        row(f"<w:sdt><w:sdtContent>{cell('乙')}</w:sdtContent></w:sdt>", cell("2")),
                        row(cell("删"), cell("9"), properties="<w:del/>"),
                        f"<w:customXml>{row(cell('丙'), cell('3'), properties='<w:ins/>')}</w:customXml>",
                    )
                )
            )
        )
        assert rows(made) == [["甲", "1"], ["乙", "2"], ["丙", "3"]]

    def test_a_table_in_a_cell_is_a_grid_of_its_own(self) -> None:
        inner = table(row(cell("内"), cell("1")))
        figures = "".join(row(cell(f"行{n}"), cell(str(n))) for n in range(8))
        outer = table(row(f"<w:tc>{paragraph('外')}{inner}{paragraph('')}</w:tc>", cell("2")), figures)
        found = list(read_docx(docx(outer)).grids())
        assert rows(found[0])[0] == ["外", "2"]
        assert rows(found[1]) == [["内", "1"]]

    def test_a_table_that_is_a_box_around_text_gives_its_text(self) -> None:
        box = table(f"<w:tr><w:tc>{paragraph('一、总体情况')}{paragraph('正文')}</w:tc></w:tr>")
        assert lines(read_docx(docx(box))) == ["一、总体情况", "正文"]

    def test_a_report_typed_into_one_table(self) -> None:
        figures = "".join(row(cell(f"行{n}"), cell(str(n))) for n in range(20))
        text = "本机关高度重视公开工作。" * 20
        found = read_docx(docx(table(figures, row(cell(text, '<w:gridSpan w:val="2"/>')), figures)))
        assert lines(found) == [text]
        assert len(list(found.grids())) == 2

    @given(
        st.lists(st.lists(st.tuples(st.integers(1, 3), st.booleans()), min_size=1, max_size=5), min_size=2, max_size=6)
    )
    def test_no_place_is_covered_twice_and_no_text_is_lost(self, shape: list[list[tuple[int, bool]]]) -> None:
        texts: list[str] = []
        made = ""
        for number, cells in enumerate(shape):
            written = []
            for across, down in cells:
                texts.append(f"格{len(texts)}。")
                merge = (RESTART if number % 2 == 0 else CONTINUE) if down else ""
                written.append(cell(texts[-1], f'<w:gridSpan w:val="{across}"/>{merge}'))
            made += row(*written)
        made += row(cell("末"), cell("尾"))
        grid = only_grid(read_docx(docx(table(made))))
        assert sorted("".join(c.text for c in grid.cells)) == sorted("".join(texts) + "末尾")
        covered = places(grid.cells)
        assert len(covered) == len(set(covered))


class TestText:
    def test_what_was_deleted_is_gone_and_what_was_inserted_is_there(self) -> None:
        assert text_of(
            "<w:r><w:t>收到</w:t></w:r><w:del><w:r><w:delText>4</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>5</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>9</w:t></w:r></w:moveFrom><w:r><w:t>件</w:t></w:r>"
        ) == ["收到5件"]

    def test_fields_show_their_result(self) -> None:
        field = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>= 1 + 2</w:instrText></w:r>'
            '<w:r><w:t>代码</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            '<w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>件</w:t></w:r>'
        )
        assert text_of(field) == ["3件"]
        assert text_of('<w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple>') == ["7"]

    def test_a_field_that_never_ends_swallows_no_more_than_its_paragraph(self) -> None:
        broken = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>代码</w:t></w:r></w:p>'
        assert lines(read_docx(docx(broken + paragraph("正文")))) == ["正文"]

    def test_hidden_struck_out_and_raised_text(self) -> None:
        assert text_of("<w:r><w:rPr><w:vanish/></w:rPr><w:t>3</w:t></w:r><w:r><w:t>4</w:t></w:r>") == ["4"]
        assert text_of('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>3</w:t></w:r>') == ["3"]
        assert text_of("<w:r><w:rPr><w:strike/></w:rPr><w:t>5</w:t></w:r><w:r><w:t>6</w:t></w:r>") == ["5", "6"]
        raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
        assert text_of(f"<w:r><w:t>5</w:t></w:r>{raised}") == ["5[1]"]

    def test_pieces_of_a_figure_are_put_together(self) -> None:
        assert text_of("<w:r><w:t>2</w:t></w:r><w:proofErr/><w:r><w:t>0</w:t></w:r>") == ["20"]

    def test_breaks_tabs_hyphens_symbols_links_formulas(self) -> None:
        assert text_of(
            "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:noBreakHyphen/></w:r>"
            '<w:hyperlink r:id="x"><w:r><w:t>链接</w:t></w:r></w:hyperlink><m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>'
            '<w:r><w:sym w:font="Symbol" w:char="F02B"/></w:r>'
        ) == ["甲", "乙 丙-链接12+"]

    def test_a_text_box_is_read_once(self) -> None:
        inside = f"<w:txbxContent>{paragraph('框内')}{table(row(cell('甲'), cell('1')))}</w:txbxContent>"
        box = (
            "<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent>"
            '<mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
            f"{inside}</wps:txbx></wps:wsp></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>"
        )
        found = read_docx(docx(box))
        assert lines(found) == ["正文", "框内"]
        assert rows(only_grid(found)) == [["甲", "1"]]

    def test_notes_headers_and_contents_lists_are_no_part_of_the_text(self) -> None:
        style = '<w:style w:styleId="9"><w:name w:val="toc 1"/></w:style>'
        body = (
            paragraph("一、总体情况 1", '<w:pStyle w:val="9"/>')
            + "<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id='2'/></w:r></w:p>"
            + "<w:sectPr><w:headerReference/></w:sectPr>"
        )
        assert lines(read_docx(docx(body, styles=style))) == ["正文"]

    def test_headings_by_style_or_outline_level(self) -> None:
        styles = (
            '<w:style w:styleId="2"><w:name w:val="heading 1"/></w:style>'
            '<w:style w:styleId="a"><w:basedOn w:val="2"/><w:name w:val="小标题"/></w:style>'
        )
        body = (
            paragraph("甲", '<w:pStyle w:val="2"/>')
            + paragraph("乙", '<w:pStyle w:val="a"/>')
            + paragraph("丙", '<w:outlineLvl w:val="1"/>')
            + paragraph("丁", '<w:pStyle w:val="2"/><w:outlineLvl w:val="9"/>')
            + paragraph("戊", '<w:pStyle w:val="none"/>')
        )
        found = read_docx(docx(body, styles=styles))
        assert [line.heading for line in found.lines()] == [True, True, True, False, False]


class TestNumbering:
    LIST = (
        '<w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
        '<w:lvlText w:val="（%2）"/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
        '<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
        '<w:lvl w:ilvl="4"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%3"/></w:lvl>'
        "</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )

    @staticmethod
    def numbered(text: str, level: int, number: int = 1) -> str:
        return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')

    def test_numbers_are_printed_as_word_prints_them(self) -> None:
        body = "".join(
            [
                self.numbered("总体情况", 0),
                self.numbered("主动公开", 1),
                self.numbered("依申请", 1),
                self.numbered("甲", 2),
                self.numbered("乙", 2),
                self.numbered("点", 3),
                self.numbered("其他", 0),
                self.numbered("甲", 1),
                self.numbered("接着", 0, 3),
                self.numbered("另起", 0, 2),
                self.numbered("没有", 0, 0),
                self.numbered("法条", 4),
            ]
        )
        assert lines(read_docx(docx(body, numbering=self.LIST))) == [
            "一、总体情况",
            "（一）主动公开",
            "（二）依申请",
            "1.甲",
            "2.乙",
            "点",
            "二、其他",
            "（一）甲",
            "三、接着",
            "五、另起",
            "没有",
            "3.1法条",
        ]

    def test_labels_of_rows_are_numbered_too_and_by_their_style(self) -> None:
        styles = (
            '<w:style w:styleId="L"><w:name w:val="List"/><w:pPr><w:numPr><w:ilvl w:val="2"/>'
            '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        )
        label = "<w:tc>" + paragraph("属于国家秘密", '<w:pStyle w:val="L"/>') + "</w:tc>"
        made = docx(table(row(label, cell("0")), row(label, cell("1"))), styles=styles, numbering=self.LIST)
        assert [texts[0] for texts in rows(only_grid(read_docx(made)))] == ["1.属于国家秘密", "2.属于国家秘密"]

    @pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一")])
    def test_chinese_numbers(self, number: int, text: str) -> None:
        made = docx("".join(self.numbered("条", 0) for _ in range(number)), numbering=self.LIST)
        assert lines(read_docx(made))[-1] == f"{text}、条"


class TestFiles:
    def test_a_main_part_with_another_name_and_strict_namespaces(self) -> None:
        body = f"<w:document {W_NAMESPACES}><w:body>{paragraph('正文')}</w:body></w:document>"
        strict = body.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        relation = (
            '<Relationships><Relationship Id="1" Type="x/officeDocument" Target="/word/document2.xml"/></Relationships>'
        )
        made = archive({"[Content_Types].xml": "", "_rels/.rels": relation, "word/document2.xml": strict})
        assert lines(open_document(made)) == ["正文"]

    def test_a_web_page_wrapped_in_a_document(self) -> None:
        relations = '<Relationships><Relationship Id="c1" Target="/word/chunk.html"/></Relationships>'
        made = archive(
            {
                "[Content_Types].xml": "",
                "word/document.xml": f"<w:document {W_NAMESPACES}><w:body>"
                '<w:altChunk r:id="c1"/></w:body></w:document>',
                "word/_rels/document.xml.rels": relations,
                "word/chunk.html": "<p>正文</p><table><tr><td>甲</td><td>1</td></tr></table>",
            }
        )
        found = read_docx(made)
        assert lines(found) == ["正文"]
        assert rows(only_grid(found)) == [["甲", "1"]]

    @pytest.mark.parametrize(
        "part", ["", "<w:document", "<!DOCTYPE x [<!ENTITY a 'b'>]><w/>", "<w:document xmlns:w='w'/>"]
    )
    def test_a_broken_main_part(self, part: str) -> None:
        with pytest.raises(Unreadable):
            read_docx(archive({"word/document.xml": part}))

    def test_pictures_are_not_read_and_that_is_said(self) -> None:
        picture = (
            '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
            "</w:drawing></w:r></w:p>"
        )
        found = read_docx(docx(paragraph("正文") + picture))
        assert lines(found) == ["正文"]
        assert len(found.notes) == 1
        with pytest.raises(Unreadable) as caught:
            read_docx(docx(picture))
        assert "PDF" in caught.value.message

    def test_broken_styles_cost_only_the_styles(self) -> None:
        made = archive(
            {
                "word/document.xml": f"<w:document {W_NAMESPACES}><w:body>{paragraph('正文')}</w:body></w:document>",
                "word/styles.xml": "<w:styles",
            }
        )
        assert lines(read_docx(made)) == ["正文"]

    def test_tables_nested_too_deep(self) -> None:
        nested = paragraph("x")
        for _ in range(TABLES_DEEP + 2):
            nested = table(f"<w:tr><w:tc>{nested}</w:tc>{cell('y')}</w:tr>")
        with pytest.raises(Unreadable):
            read_docx(docx(nested))

    def test_the_official_blank_form(self, shared_reports: Path) -> None:
        found = open_document((shared_reports / "form_2021_blank.docx").read_bytes())
        assert [max(c.column + c.colspan for c in made.cells) for made in found.grids()] == [4, 10, 15]
        assert [len(list(made.rows())) for made in found.grids()] == [14, 28, 4]
        requests = list(found.grids())[1]
        assert spans(requests)["三、本年度办理结果"] == (5, 0, 22, 1)
        for made in found.grids():
            covered = places(made.cells)
            assert (
                len(covered)
                == len(set(covered))
                == len(list(made.rows())) * max(c.column + c.colspan for c in made.cells)
            )


RTF = r"{\rtf1\ansi\deff0 {\trowd\cellx2000\cellx4000\intbl " + "{}" + r"\cell 12\cell\row}\pard after\par}"


class TestOldFormats:
    @pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
    @pytest.mark.slow
    def test_rtf_under_any_name(self) -> None:
        found = open_document(RTF.replace("{}", r"\u34892?\u25919?").encode(), "report.doc")
        assert found.kind == "rtf"
        assert rows(only_grid(found)) == [["行政", "12"]]
        assert lines(found) == ["after"]

    def test_without_libreoffice_the_message_says_what_to_do(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("shutil.which", lambda name: None)
        with pytest.raises(Unreadable) as caught:
            open_document(RTF.encode())
        assert "LibreOffice" in caught.value.message
        assert "DOCX" in caught.value.message_en


def test_lines_and_grids_come_in_the_order_of_the_document() -> None:
    found = read_docx(docx(paragraph("前") + table(row(cell("甲"), cell("1"))) + paragraph("后")))
    assert [block.text if isinstance(block, Line) else "grid" for block in found.blocks] == ["前", "grid", "后"]
