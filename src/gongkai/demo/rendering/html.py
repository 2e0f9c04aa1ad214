"""A report as a web page: regular tables, and the plain page that the noises of web pages start from."""

from __future__ import annotations

from random import Random

from lxml import etree, html
from lxml.html import HtmlElement, builder

from gongkai.demo.rendering.catalogue import Printed, layout
from gongkai.demo.rendering.paper import Line, Paper, Sheet

ROLE = "data-role"
"""The attribute in which a page carries what each cell is until it is written out."""


def page(paper: Paper) -> HtmlElement:
    """The page as a tree: ``html`` with ``head`` and ``body``; each ``td`` has its role in ``ROLE``."""
    body = builder.BODY(builder.DIV(id="content"))
    content = body[0]
    for item in paper.items:
        content.append(_table(item) if isinstance(item, Sheet) else _line(item))
    title = next(line.text for line in paper.lines if line.kind == "title")
    head = builder.HEAD(etree.Element("meta", charset="utf-8"), builder.TITLE(title))
    return builder.HTML(head, body)


def _line(line: Line) -> HtmlElement:
    if line.kind == "title":
        return builder.H1(line.text)
    if line.kind == "heading":
        return builder.P(builder.STRONG(line.text))
    return builder.P(line.text, style="text-align: right" if line.kind == "signature" else "text-indent: 2em")


def _table(sheet: Sheet) -> HtmlElement:
    body = builder.TBODY()
    for row in sheet.rows():
        line = builder.TR()
        for box in row:
            cell = builder.TD(builder.P(box.text))
            cell.set(ROLE, box.role)
            if box.colspan > 1:
                cell.set("colspan", str(box.colspan))
            if box.rowspan > 1:
                cell.set("rowspan", str(box.rowspan))
            line.append(cell)
        body.append(line)
    return builder.TABLE(body, border="1", cellspacing="0")


def written(tree: HtmlElement, encoding: str = "utf-8") -> Printed:
    """The tree as bytes, without the marks of what each cell is."""
    for cell in tree.iter("td"):
        cell.attrib.pop(ROLE, None)
    for meta in tree.iter("meta"):
        if meta.get("charset"):
            meta.set("charset", encoding)
    data: bytes = html.tostring(tree, encoding=encoding, doctype="<!DOCTYPE html>")
    return Printed(data)


@layout("html", "A1", suffix=".html")
def regular_page(paper: Paper, rng: Random) -> Printed:
    """A page whose cells span rows and columns as the form prints them"""
    return written(page(paper))


@layout("html", "A1", suffix=".htm")
def page_in_gb18030(paper: Paper, rng: Random) -> Printed:
    """The same page in the encoding of older sites"""
    return written(page(paper), "gb18030")
