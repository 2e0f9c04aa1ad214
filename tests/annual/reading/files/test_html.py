"""HTML pages: every trap of real pages (layouts.md §A), and whatever spans a table may have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.reading.document import Document, Grid, Line, Unreadable
from gongkai.annual.reading.files.html import read_html
from gongkai.annual.reading.files.limits import CELLS, TABLES_DEEP
from gongkai.annual.reading.files.opening import open_document
from tests.annual.reading.files.shapes import lines, only_grid, places, rows, spans


def page(body: str) -> Document:
    return read_html(f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode())


def grid(table: str) -> Grid:
    return only_grid(page(f"<table>{table}</table>"))


def text_of(cell: str) -> str:
    """The text of a cell with this markup, beside another so that the table is one."""
    return rows(grid(f"<tr><td>{cell}</td><td>总计</td></tr>"))[0][0]


class TestSpans:
    def test_are_kept_as_the_markup_has_them(self) -> None:
        made = grid(
            "<tr><td rowspan=2 colspan=2>说明</td><td colspan=3>申请人情况</td></tr>"
            "<tr><td>自然人</td><td>商业企业</td><td>总计</td></tr>"
            "<tr><td rowspan=2>办理结果</td><td>予以公开</td><td>1</td><td>2</td><td>3</td></tr>"
            "<tr><td>部分公开</td><td>4</td><td>5</td><td>9</td></tr>"
        )
        assert spans(made) == {
            "说明": (0, 0, 2, 2),
            "申请人情况": (0, 2, 1, 3),
            "自然人": (1, 2, 1, 1),
            "商业企业": (1, 3, 1, 1),
            "总计": (1, 4, 1, 1),
            "办理结果": (2, 0, 2, 1),
            "予以公开": (2, 1, 1, 1),
            "1": (2, 2, 1, 1),
            "2": (2, 3, 1, 1),
            "3": (2, 4, 1, 1),
            "部分公开": (3, 1, 1, 1),
            "4": (3, 2, 1, 1),
            "5": (3, 3, 1, 1),
            "9": (3, 4, 1, 1),
        }

    def test_a_header_filled_up_with_empty_cells_keeps_them(self) -> None:
        made = grid(
            "<tr><td>自然人</td><td colspan=2>法人或其他组织</td><td>总计</td></tr>"
            "<tr><td></td><td>商业企业</td><td>其他</td><td></td></tr>"
        )
        assert rows(made)[1] == ["", "商业企业", "其他", ""]
        assert [cell.column for cell in made.cells if cell.row == 1] == [0, 1, 2, 3]

    def test_a_label_written_twice_over_parts_of_the_rows(self) -> None:
        made = grid(
            "<tr><td rowspan=2>办理结果</td><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr>"
            "<tr><td rowspan=2>办理结果</td><td>丙</td><td>3</td></tr><tr><td>丁</td><td>4</td></tr>"
        )
        assert [(cell.row, cell.rowspan) for cell in made.cells if cell.text == "办理结果"] == [(0, 2), (2, 2)]
        assert {cell.text: cell.column for cell in made.cells}["丁"] == 1

    def test_blocks_of_one_table_may_cut_its_columns_differently(self) -> None:
        made = grid(
            "<tr><td>信息内容</td><td>新制作</td><td colspan=2>新公开</td><td>总数</td></tr>"
            "<tr><td>规章</td><td>1</td><td colspan=2>2</td><td>3</td></tr>"
            "<tr><td>许可</td><td colspan=2>4</td><td>5</td><td>6</td></tr>"
        )
        assert [(c.text, c.column, c.colspan) for c in made.cells if c.row == 2] == [
            ("许可", 0, 1),
            ("4", 1, 2),
            ("5", 3, 1),
            ("6", 4, 1),
        ]

    def test_a_rowspan_longer_than_the_table_ends_with_it(self) -> None:
        made = grid("<tr><td rowspan=22>办理结果</td><td>1</td></tr><tr><td>2</td></tr>")
        assert spans(made)["办理结果"] == (0, 0, 2, 1)

    def test_a_rowspan_does_not_leave_its_group_of_rows(self) -> None:
        made = grid(
            "<thead><tr><td rowspan=9>表头</td><td>甲</td></tr></thead>"
            "<tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></tbody>"
        )
        assert spans(made)["表头"] == (0, 0, 1, 1)
        assert spans(made)["1"] == (1, 0, 1, 1)

    def test_rowspan_0_reaches_to_the_end_of_the_group(self) -> None:
        made = grid("<tr><td rowspan=0>甲</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr>")
        assert spans(made)["甲"] == (0, 0, 3, 1)

    def test_colspan_1000_is_the_rest_of_the_row(self) -> None:
        made = grid("<tr><td colspan=1000>标题</td></tr><tr><td>甲</td><td>1</td><td>2</td></tr>")
        assert spans(made)["标题"] == (0, 0, 1, 3)

    def test_a_cell_is_cut_where_one_comes_down_from_above(self) -> None:
        made = grid("<tr><td>甲</td><td rowspan=2>乙</td></tr><tr><td colspan=2>丙</td></tr>")
        assert spans(made)["丙"] == (1, 0, 1, 1)
        covered = places(made.cells)
        assert len(covered) == len(set(covered))

    @pytest.mark.parametrize("span", ["", "x", "-3", "1.5e3", "0", "９９", "2px"])
    def test_a_span_that_is_no_number_counts_as_a_browser_counts_it(self, span: str) -> None:
        made = grid(f'<tr><td colspan="{span}">甲</td><td>1</td><td>2</td></tr>')
        assert spans(made)["甲"][3] == (2 if span == "2px" else 1)

    def test_missing_cells_are_missing(self) -> None:
        made = grid(
            "<tr><td>甲</td><td>1</td><td>2</td></tr><tr><td>乙</td></tr><tr></tr><tr><td>丙</td><td>3</td></tr>"
        )
        assert rows(made) == [["甲", "1", "2"], ["乙"], [], ["丙", "3"]]

    def test_cells_and_rows_without_their_parents(self) -> None:
        assert rows(grid("<td>甲</td><td>1</td><tr><td>乙</td><td>2</td></tr>")) == [["甲", "1"], ["乙", "2"]]
        assert rows(only_grid(page("<div><tr><td>甲</td><td>1</td></tr><tr><td>乙<td>2</td></tr></div><p>完</p>"))) == [
            ["甲", "1"],
            ["乙", "2"],
        ]

    @given(
        st.lists(
            st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=6),
            min_size=1,
            max_size=8,
        ),
        st.sets(st.integers(0, 7)),
    )
    def test_no_place_is_covered_twice_and_no_text_is_lost(
        self, table: list[list[tuple[int, int]]], groups: set[int]
    ) -> None:
        markup = ""
        texts: list[str] = []
        for number, cells in enumerate(table):
            markup += "<tbody>" if number in groups else ""
            markup += "<tr>"
            for down, across in cells:
                texts.append(f"格{len(texts)}")
                markup += f"<td rowspan={down} colspan={across}>{texts[-1]}</td>"
            markup += "</tr>"
        found = page(f"<table>{markup}</table>")
        if len(texts) < 2:
            assert lines(found) == texts
            return
        made = only_grid(found)
        assert sorted(cell.text for cell in made.cells) == sorted(texts)
        covered = places(made.cells)
        assert len(covered) == len(set(covered))
        assert all(row < len(table) for row, _ in covered)


class TestCells:
    @pytest.mark.parametrize(
        ("markup", "text"),
        [
            ("<span>2</span><span>0</span><span></span>", "20"),
            ("<p><span>73802895.90</span><span>元</span></p>", "73802895.90元"),
            ("<span>三</span><span>、本</span><span>年</span><span>度</span>", "三、本年度"),
            ('1.<font face="仿宋">属于国家秘密</font>', "1.属于国家秘密"),
            ("<p>社会</p><p>公益</p><p>组织</p>", "社会公益组织"),
            ("结果<br/>纠正", "结果纠正"),
            ("本年新<br />制作数量", "本年新制作数量"),
            ("<div><p>2.没有现成信息</p></div>需要另行制作", "2.没有现成信息需要另行制作"),
            ("<span>0</span><span>&nbsp;&nbsp;&nbsp;</span>", "0"),
            ("<span>&nbsp;</span><span>0</span>", "0"),
            ("公益\n &nbsp; &nbsp; &nbsp;", "公益"),
            ('<p align="center">&nbsp;</p>', ""),
            ("<span><o:p>&nbsp;</o:p></span>", ""),
            ("442", "442"),
            ("５", "５"),
            ("<p class=MsoNormal style='mso-spacerun:&#39;yes&#39;'>7<o:p></o:p></p>", "7"),
            ("<input type=text value=12>", "12"),
            ("8\u200b", "8"),
        ],
    )
    def test_text_is_put_together(self, markup: str, text: str) -> None:
        assert text_of(markup) == text

    def test_two_figures_never_become_one(self) -> None:
        assert text_of("<p>1</p><p>0</p>") == "1\n0"
        assert text_of("1<br>0") == "1\n0"
        assert text_of("<span>1</span> <span>0</span>") == "1 0"
        assert text_of("<span>1</span>\n<span>0</span>") == "1 0"
        assert text_of("<p>行政许可</p><p>12</p>") == "行政许可\n12"

    def test_a_note_mark_is_no_digit(self) -> None:
        assert text_of("5<sup>1</sup>") == "5[1]"
        assert text_of("5<sup><span>[1]</span></sup>") == "5[1]"

    def test_a_figure_struck_out_stands_apart(self) -> None:
        assert text_of("<s>5</s>6") == "5\n6"

    def test_what_is_not_shown_is_not_read(self) -> None:
        assert text_of('<span style="display: none">3</span>4<script>5</script><!-- 6 -->') == "4"
        assert text_of("<span hidden>3</span>4<select><option>9</option></select>") == "4"
        made = grid("<tr><td>甲</td><td>1</td></tr><tr style='DISPLAY:none'><td>甲</td><td>2</td></tr>")
        assert rows(made) == [["甲", "1"]]

    def test_what_is_hidden_inside_a_table_or_article_does_not_end_it(self) -> None:
        hidden = "<table hidden><tr><td>旧</td></tr></table>"
        made = grid(f"<tr><td>甲{hidden}乙</td><td hidden>9</td><td>1</td></tr>{hidden}<tr><td>丙</td><td>2</td></tr>")
        assert rows(made) == [["甲乙", "1"], ["丙", "2"]]
        found = page(
            "<article><article hidden>x</article><p>正文</p><footer>落款</footer></article><footer>站</footer>"
        )
        assert lines(found) == ["正文", "落款"]
        assert text_of("數<ruby><rt>shù</rt></ruby>量") == "數量"

    def test_source_lines_and_paths_say_where(self) -> None:
        made = grid("\n<tr><td>甲</td>\n<td>1</td></tr>\n<tr><td>乙</td>\n<td>2</td></tr>")
        (two,) = [cell for cell in made.cells if cell.text == "2"]
        assert two.where.line == 5
        assert two.where.element == "table[1]/row[2]/cell[2]"


class TestTables:
    DATA = "<table><tr><td>行政许可</td><td>{}</td></tr><tr><td>行政处罚</td><td>8</td></tr></table>"

    def test_other_tables_of_the_page_are_grids_beside_it(self) -> None:
        about = (
            "<table><tr><td>索 引 号</td><td>X/2024-1</td></tr><tr><td>发布日期</td><td>2024-01-17</td></tr></table>"
        )
        found = page(about + "<div align=center>" + self.DATA.format(7) + "</div>")
        assert [rows(made)[0][0] for made in found.grids()] == ["索 引 号", "行政许可"]
        assert found.published == "2024-01-17"

    def test_a_table_that_lays_out_the_page_gives_its_contents_in_order(self) -> None:
        found = page(
            "<table><tr><td>导航</td><td><table><tr><td><p>一、总体情况</p><p>"
            + "公开工作有序开展。" * 60
            + "</p>"
            + self.DATA.format(7)
            + "<p>三、其他</p></td></tr></table></td></tr></table>"
        )
        kinds = [block.text[:6] if isinstance(block, Line) else rows(block)[0] for block in found.blocks]
        assert kinds == ["导航", "一、总体情况", "公开工作有序", ["行政许可", "7"], "三、其他"]

    def test_a_table_inside_a_cell_is_a_grid_of_its_own_and_the_outer_one_stays(self) -> None:
        inner = "<table><tr><td>内甲</td><td>1</td></tr></table>"
        figures = "".join(f"<tr><td>行{n}</td><td>{n}</td><td>{n}</td></tr>" for n in range(20))
        found = page(f"<table><tr><td>说明{inner}</td><td>甲</td><td>乙</td></tr>{figures}</table>")
        outer, small = found.grids()
        assert rows(outer)[0] == ["说明", "甲", "乙"]
        assert rows(small) == [["内甲", "1"]]

    def test_a_report_typed_into_one_table_keeps_its_text_and_its_tables(self) -> None:
        figures = "".join(f"<tr><td>行{n}</td><td>{n}</td><td>{n}</td></tr>" for n in range(30))
        text = "本机关高度重视公开工作。" * 25
        found = page(f"<table>{figures}<tr><td colspan=3><p>四、复议</p><p>{text}</p></td></tr>{figures}</table>")
        first, second = found.grids()
        assert lines(found) == ["四、复议", text]
        assert len(list(first.rows())) == len(list(second.rows())) == 30
        assert [cell.row for cell in second.cells][:3] == [0, 0, 0]

    def test_a_long_note_does_not_make_figures_text(self) -> None:
        figures = "".join(f"<tr><td>指标{n}的名称</td><td>件</td><td>{n}</td></tr>" for n in range(30))
        found = page(f"<table>{figures}<tr><td>备注</td><td colspan=2>{'注' * 250}</td></tr></table>")
        assert len(rows(only_grid(found))) == 31

    def test_one_cell_is_a_box_around_text(self) -> None:
        assert lines(page("<table><tr><td><p>一、总体情况</p><p>正文</p></td></tr></table>")) == [
            "一、总体情况",
            "正文",
        ]


class TestText:
    def test_lines_end_where_blocks_and_breaks_end(self) -> None:
        found = page(
            "<h2>一、总体情况</h2>引言<p>第一<b>段</b>。<br>　　第二段。</p><div>第三段<div>第四段</div>第五段</div>"
        )
        assert lines(found) == ["一、总体情况", "引言", "第一段。", "第二段。", "第三段", "第四段", "第五段"]
        assert [line.heading for line in found.lines()] == [True, False, False, False, False, False, False]
        assert [line.where.element for line in found.lines()][:2] == ["p[1]", "p[2]"]

    def test_a_wrapped_source_line_puts_no_blank_between_characters(self) -> None:
        assert lines(page("<p>政府信息\n   公开 工作 Open\nData</p>")) == ["政府信息公开 工作 Open Data"]

    def test_residue_of_office_programs_is_dropped(self) -> None:
        found = page(
            "<p><!--[if !supportLists]-->一、<!--[endif]-->总体<![if !vml]>情况<![endif]>"
            "&lt;!--[if !supportLists]--&gt;好</p><xml><w:WordDocument>x</w:WordDocument></xml>"
            "<div class=TRS_Editor><p>正文</p></div>"
        )
        assert lines(found) == ["一、总体情况好", "正文"]

    def test_menus_scripts_and_the_foot_of_the_page_are_left_out(self) -> None:
        found = page(
            "<nav>首页</nav><script>var a</script><style>p{}</style><noscript>x</noscript>"
            "<article><p>正文</p><footer>丙区示例局</footer></article><footer>主办单位</footer>"
        )
        assert lines(found) == ["正文", "丙区示例局"]

    def test_a_page_that_hides_its_text_until_a_script_shows_it(self) -> None:
        table = "<table><tr><td>行政许可</td><td>7</td></tr></table>"
        assert list(page(f"<p>首页</p><div style='display:none'>{table}</div>").grids())
        visible = table.replace("7", "8")
        assert rows(only_grid(page(f"{visible}<div style='display:none'>{table}</div>"))) == [["行政许可", "8"]]


class TestHead:
    def test_title_and_day_by_the_tags_of_government_sites(self) -> None:
        found = read_html(
            '<html><head><meta charset="utf-8"><title>某站</title>'
            '<meta name="ArticleTitle" content="丙区示例局2023年政府信息公开工作年度报告">'
            '<meta name="PubDate" content="2024-01-17 10:30"></head><body>正文</body></html>'.encode()
        )
        assert found.title == "丙区示例局2023年政府信息公开工作年度报告"
        assert found.published == "2024-01-17"

    @pytest.mark.parametrize(
        "body",
        [
            "<publishtime>2024年1月17日</publishtime>",
            "<p>来源：丙区示例局　发布时间：2024/1/17 09:12　浏览次数：<span>3</span></p>",
            "<p>【发布日期】2024-01-17</p>",
            "<table><tr><td>公开日期：</td><td>2024年01月17日</td></tr></table>",
            '<meta name="publishdate" content="20240117093000">',
        ],
    )
    def test_day_of_publication(self, body: str) -> None:
        assert page(body).published == "2024-01-17"

    def test_no_day_is_made_up(self) -> None:
        assert page("<p>2024年1月17日</p><p>发布时间：202411日</p><p>成立日期：2020-01-01</p>").published is None

    def test_title_of_the_page_where_no_tag_names_one(self) -> None:
        assert (
            read_html("<title> 甲 报告\n-示例站</title><svg><title>图</title></svg>".encode()).title
            == "甲 报告 -示例站"
        )


class TestEncodings:
    BODY = "<p>本年新收政府信息公开申请数量</p><table><tr><td>总计</td><td>5</td></tr></table>" * 3

    @pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
    @pytest.mark.parametrize("declared", ["", "utf-8", "gb2312", "gbk", "big5", "iso-8859-1", "unbekannt"])
    def test_the_content_counts_more_than_what_is_declared(self, written: str, declared: str) -> None:
        tag = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
        found = open_document(f"<html><head>{tag}</head>{self.BODY}</html>".encode(written))
        assert lines(found)[0] == "本年新收政府信息公开申请数量"


class TestBounds:
    def test_tags_nested_100000_deep(self) -> None:
        with pytest.raises(Unreadable):
            read_html(b"<div>" * 100_000 + b"x")

    def test_unclosed_tags_of_a_real_page_are_no_such_nesting(self) -> None:
        assert len(lines(page("<font>一、总体情况<br>" * 500))) == 500

    def test_tables_in_tables(self) -> None:
        with pytest.raises(Unreadable):
            read_html(b"<table><tr><td>" * (TABLES_DEEP + 2) + b"x")

    def test_too_many_cells(self) -> None:
        with pytest.raises(Unreadable):
            read_html(b"<table>" + (b"<tr>" + b"<td>1" * 100) * (CELLS // 100 + 1))

    def test_spans_do_not_multiply_the_work(self) -> None:
        with pytest.raises(Unreadable):
            read_html(b"<table>" + b"<tr><td colspan=1000 rowspan=65534>1<td colspan=1000>2" * 5000)


_TAGS = ("div", "p", "span", "b", "table", "tr", "td", "th", "tbody", "font", "center", "li", "h2", "form")
_TREES: st.SearchStrategy[object] = st.recursive(
    st.just("text"), lambda inner: st.tuples(st.sampled_from(_TAGS), st.lists(inner, max_size=4)), max_leaves=20
)


@given(st.lists(_TREES, max_size=5))
def test_whatever_the_tags_every_text_is_read_once(trees: list[object]) -> None:
    count = 0

    def written(tree: object) -> str:
        nonlocal count
        if not isinstance(tree, tuple):
            count += 1
            return f"【{count}】"
        tag, inner = tree
        return f"<{tag}>{''.join(map(written, inner))}</{tag}>"

    found = page("".join(map(written, trees)))
    texts = lines(found) + [cell.text for made in found.grids() for cell in made.cells]
    assert sorted(re.findall(r"\d+", " ".join(texts)), key=int) == [str(number + 1) for number in range(count)]


def test_a_real_page(shared_reports: Path) -> None:
    found = read_html((shared_reports / "shuyang_ndrc_2023.html").read_bytes())
    widths = [max(cell.column + cell.colspan for cell in made.cells) for made in found.grids()]
    assert widths[1:] == [4, 10, 15]
    for made in found.grids():
        covered = places(made.cells)
        assert len(covered) == len(set(covered))
