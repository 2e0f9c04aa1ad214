"""Web pages as sites and word processors leave them: the noises of part A of the catalogue of layouts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from lxml import etree
from lxml.html import HtmlElement, builder, fragment_fromstring

from gongkai.annual.form import forms
from gongkai.annual.report import Report
from gongkai.demo import faults
from gongkai.demo.rendering import reshaping
from gongkai.demo.rendering.catalogue import Printed, layout
from gongkai.demo.rendering.html import ROLE, page, written
from gongkai.demo.rendering.paper import Paper, Sheet

_FONT = "方正仿宋_GBK"


def _cells(tree: HtmlElement, *roles: str) -> Iterator[HtmlElement]:
    yield from [cell for cell in tree.iter("td") if not roles or cell.get(ROLE) in roles]


def _refill(cell: HtmlElement, *parts: HtmlElement) -> None:
    """Put these elements into the cell instead of what it holds."""
    cell.text = None
    for child in list(cell):
        cell.remove(child)
    cell.extend(parts)


def _pieces(text: str, rng: Random, most: int) -> list[str]:
    """The text cut at random into pieces of 1 to ``most`` characters."""
    pieces = []
    while text:
        length = rng.randint(1, most)
        pieces.append(text[:length])
        text = text[length:]
    return pieces


def _spans(text: str, rng: Random, most: int) -> HtmlElement:
    paragraph = builder.P()
    for piece in _pieces(text, rng, most):
        wrap = rng.random() < 0.3
        paragraph.append(builder.SPAN(builder.FONT(piece, face=_FONT) if wrap else piece))
    return paragraph


@layout("html", "A2", suffix=".html")
def header_padded_with_empty_cells(paper: Paper, rng: Random) -> Printed:
    """Header rows filled up with empty cells instead of cells that span rows"""
    return written(page(paper.each_sheet(reshaping.header_padded)))


@layout("html", "A3", suffix=".html")
def heading_cut_in_two(paper: Paper, rng: Random) -> Printed:
    """The heading of the results stands twice, each over a part of its rows"""
    return written(page(paper.each_sheet(lambda sheet: reshaping.heading_cut_in_two(sheet, rng))))


@layout("html", "A4", suffix=".html")
def uneven_grid(paper: Paper, rng: Random) -> Printed:
    """Section two on a grid of five columns, each row spread over it in its own way"""
    return written(page(paper.each_sheet(lambda sheet: reshaping.uneven_grid(sheet, rng))))


@layout("html", "A5", suffix=".html")
def labels_in_many_spans(paper: Paper, rng: Random) -> Printed:
    """Labels cut into spans of a character or two, some with a font of their own"""
    tree = page(paper)
    for cell in _cells(tree, "heading", "label", "header", "stub"):
        _refill(cell, _spans(cell.text_content(), rng, 2))
    return written(tree)


@layout("html", "A6", suffix=".html")
def figures_in_many_spans(paper: Paper, rng: Random) -> Printed:
    """Each digit of a figure in a span of its own, with an empty span after"""
    tree = page(paper)
    for cell in _cells(tree, "figure"):
        paragraph = builder.P(*[builder.SPAN(digit) for digit in cell.text_content()])
        paragraph.append(builder.SPAN())
        _refill(cell, paragraph)
    return written(tree)


@layout("html", "A7", suffix=".html")
def cells_padded_with_blanks(paper: Paper, rng: Random) -> Printed:
    """Figures and labels among no-break spaces and runs of blanks"""
    tree = page(paper)
    for cell in _cells(tree, "figure", "label", "header"):
        text = cell.text_content()
        before, after = "\xa0" * rng.choice((0, 0, 1)), "\xa0" * rng.choice((0, 2, 7))
        if cell.get(ROLE) == "header" and len(text) > 3:
            text = f"{text[:2]}\n \xa0 \xa0 \xa0 \xa0{text[2:]}"
        _refill(cell, builder.P(builder.SPAN(before), builder.SPAN(text), builder.FONT(after, face="Calibri")))
    return written(tree)


@layout("html", "A8", suffix=".html")
def labels_folded(paper: Paper, rng: Random) -> Printed:
    """Labels folded into paragraphs or by line breaks within the cell"""
    tree = page(paper)
    for cell in _cells(tree, "header", "heading"):
        pieces = re.findall("..?", cell.text_content())
        if rng.random() < 0.5:
            _refill(cell, *[builder.P(piece) for piece in pieces])
        else:
            paragraph = builder.P(pieces[0] if pieces else "")
            for piece in pieces[1:]:
                fold = builder.BR()
                fold.tail = piece
                paragraph.append(fold)
            _refill(cell, paragraph)
    return written(tree)


@layout("html", "A9", suffix=".html", before=lambda report, rng: faults.blanks(report, rng))
def zeros_left_blank(paper: Paper, rng: Random) -> Printed:
    """Every zero left blank, some cells with a no-break space or an empty mark in them"""
    tree = page(paper)
    for cell in _cells(tree, "figure"):
        if not cell.text_content():
            filling = rng.choice(("<p align='center'>&nbsp;</p>", "<p><span><o:p> </o:p></span></p>", "<p></p>"))
            _refill(cell, fragment_fromstring(filling))
    return written(tree)


@layout("html", "A10", suffix=".html")
def word_residue(paper: Paper, rng: Random) -> Printed:
    """What a word processor leaves behind: its classes, styles, empty marks and conditional comments"""
    tree = page(paper)
    for paragraph in list(tree.iter("p")):
        paragraph.set("class", "MsoNormal")
        paragraph.set("style", "BORDER-BOTTOM: windowtext 1pt solid; mso-spacerun:'yes'; mso-font-kerning:1.0000pt")
        paragraph.append(builder.SPAN(fragment_fromstring("<o:p></o:p>")))
    content = tree.get_element_by_id("content")
    content.insert(1, etree.Comment("[if !supportLists]"))
    content.insert(2, builder.P("<!--[if !supportLists]-->", builder.SPAN("<!--[endif]-->")))
    content.set("class", "TRS_Editor")
    data = written(tree).data.replace(b'class="TRS_Editor"', b"class=TRS_Editor")
    return Printed(data)


@layout("html", "A11", suffix=".html")
def site_with_other_tables(paper: Paper, rng: Random) -> Printed:
    """A whole page of a site: menus, a table of metadata before the text, tables for layout, bare text in cells"""
    tree = page(paper)
    for cell in _cells(tree, "figure"):
        text = cell.text_content()
        _refill(cell)
        cell.text = text
    for table in list(tree.iter("table")):
        wrapper = builder.DIV(align="center")
        table.getparent().replace(table, wrapper)
        wrapper.append(table)
    body = tree.find("body")
    content = body[0]
    body.remove(content)
    body.append(fragment_fromstring(_MENU))
    body.append(_metadata(paper))
    body.append(builder.TABLE(builder.TR(builder.TD(content, width="80%"), builder.TD("相关链接", width="20%"))))
    body.append(
        fragment_fromstring("<div class='footer'>主办：办公室　<a href='/'>网站地图</a>　访问量：1 024 366</div>")
    )
    return written(tree)


_MENU = """<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li>
<li><a href="/bsfw/">办事服务</a></li></ul><script>var year = 2020; document.title = "0 0 0";</script></div>"""


def _metadata(paper: Paper) -> HtmlElement:
    """The table of 名称, 索引号, 分类, 发布机构, 公开日期 that stands before the text."""
    title = next(line.text for line in paper.lines if line.kind == "title")
    year = (paper.truth.year or 0) + 1
    rows = (
        (("名称", title, 3),),
        (("索引号", f"000000000/{year}-00012", 1), ("分类", "信息公开年报", 1)),
        (("发布机构", paper.truth.agency or "", 1), ("公开日期", f"{year}-01-20", 1)),
        (("文号", "", 1), ("关键词", "", 1)),
    )
    table = builder.TABLE()
    for row in rows:
        line = builder.TR()
        for name, value, span in row:
            line.append(builder.TD(name))
            line.append(builder.TD(value, colspan=str(span)))
        table.append(line)
    return table


@layout("html", "A12", suffix=".html")
def table_without_borders(paper: Paper, rng: Random) -> Printed:
    """Tables without borders; a label's number and its words in two spans"""
    tree = page(paper)
    for table in tree.iter("table"):
        table.set("border", "0")
    for cell in _cells(tree, "label", "heading"):
        text = cell.text_content()
        number = re.match(r"\d+\.|（.）|[一二三四五六七八九]、", text)
        if number:
            rest = text[number.end() :]
            _refill(cell, builder.P(builder.SPAN(number.group()), builder.SPAN(builder.FONT(rest, face="仿宋"))))
    return written(tree)


@layout("html", "A2", "A5", "A6", "A7", "A10", "A11", suffix=".html")
def everything_at_once(paper: Paper, rng: Random) -> Printed:
    """The worst page: padded header, cut heading, uneven grid, nested spans, blanks, metadata and residue together"""
    paper = paper.each_sheet(reshaping.header_padded)
    paper = paper.each_sheet(lambda sheet: reshaping.heading_cut_in_two(sheet, rng))
    paper = paper.each_sheet(lambda sheet: reshaping.uneven_grid(sheet, rng))
    tree = page(paper)
    for cell in _cells(tree, "heading", "label", "header", "stub", "figure"):
        most = 1 if cell.get(ROLE) == "figure" else 3
        paragraph = _spans(cell.text_content(), rng, most)
        paragraph.set("class", "MsoNormal")
        paragraph.append(fragment_fromstring("<span><o:p>&nbsp;</o:p></span>"))
        _refill(cell, paragraph)
    tree.find("body").insert(0, _metadata(paper))
    return written(tree)


def _no_requests(report: Report, rng: Random) -> Report:
    table = rng.choice(sorted(report.tables)) if report.tables else "indicators"
    return faults.without_table(report, table)


@layout("html", "C12", "J", suffix=".html", before=_no_requests)
def one_table_missing(paper: Paper, rng: Random) -> Printed:
    """A heading with a picture where one table ought to be"""
    tree = page(paper)
    present = {sheet.table for sheet in paper.sheets}
    for section in forms()[paper.truth.form or ""].sections:
        if section.tables and not present & set(section.tables):
            heading = next(line.text for line in paper.lines if line.section == section.number)
            found = next(strong for strong in tree.iter("strong") if strong.text_content() == heading)
            found.getparent().addnext(builder.P(builder.IMG(src=f"table{section.number}.png", alt="")))
    return written(tree)


def _last_block_only(report: Report, rng: Random) -> Report:
    if "publication" not in report.tables:
        return report
    last = list(report.tables["publication"])[-2:]
    row = last[-1].rpartition(".")[0]
    return faults.only_cells(report, "publication", frozenset(cell for cell in last if cell.startswith(row)))


@layout("html", "C13", suffix=".html", before=_last_block_only)
def only_the_last_block(paper: Paper, rng: Random) -> Printed:
    """Of section two only the last block was published"""
    return written(page(paper))


@layout("html", "B5", suffix=".html")
def page_split_over_two_tables(paper: Paper, rng: Random) -> Printed:
    """The table of requests cut into two tables, the second without a header"""
    items: list[object] = []
    for item in paper.items:
        first = item.header_rows + 3 if isinstance(item, Sheet) else 0
        if isinstance(item, Sheet) and item.table == "requests" and first <= item.height - 3:
            items += reshaping.split_rows(item, [rng.randint(first, item.height - 3)])
        else:
            items.append(item)
    return written(page(replace(paper, items=tuple(items))))  # type: ignore[arg-type]
