"""HTML pages (also as office programs and web archives save them) → lines and grids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from lxml import etree

from gongkai.annual.finding import Where
from gongkai.annual.reading.document import Block, Document, Grid, Line, Unreadable
from gongkai.annual.reading.files.encoding import decode
from gongkai.annual.reading.files.html.tables import Cell, Flow, Paragraph, Table, blocks_of
from gongkai.annual.reading.files.joining import tidy
from gongkai.annual.reading.files.limits import (
    CELLS,
    ELEMENTS,
    MARKUP_BYTES,
    MEGABYTE,
    TABLES_DEEP,
    TEXT_CHARACTERS,
    too_large,
)
from gongkai.annual.reading.files.metadata import PUBLISHED_TAGS, TITLE_TAGS, day, published_in, tag_day

_SKIPPED = frozenset((
    "script", "style", "head", "title", "meta", "link", "nav", "noscript", "template", "select", "option",
    "button", "iframe", "frame", "object", "embed", "applet", "svg", "canvas", "audio", "video", "map", "area",
    "datalist", "xml", "rt", "rp",
))  # fmt: skip
"""Not part of what a reader of the page reads. ``xml`` are the data islands that office programs leave."""

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "html", "legend", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "ul", "br",
))  # fmt: skip
"""Elements that begin and end a line."""

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_STRUCK = frozenset(("s", "strike", "del"))
_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_CELLS = frozenset(("td", "th"))
_RAISED = frozenset(("sup", "sub"))
_ARTICLES = frozenset(("article", "main"))
"""Their feet belong to the text (who signs it); the page's own foot does not."""

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_RESIDUE = re.compile(r"<!--.*?-->|<!\[.*?\]>|<\?xml.*?/?>|<!--.*?>", re.DOTALL)
"""Conditional comments and the like that office programs leave as visible text (layouts.md A10)."""


def read_html(data: bytes) -> Document:
    """The page's lines and grids. Raises Unreadable if it is too large or nested too deep to be a page."""
    if len(data) > MARKUP_BYTES:
        raise too_large("网页大小", "size of the page", f"{MARKUP_BYTES // MEGABYTE} MB")
    return read_markup(decode(data, declared_encoding(data)))


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page's head names, be it right or wrong."""
    declared = _CHARSET.search(data[:4096])
    return declared[1].decode("ascii") if declared else None


def read_markup(text: str, line: int = 0) -> Document:
    """The same from text. ``line`` is added to every line number (for markup that stands inside another file)."""
    root = _parse(text)
    if root is None:
        return Document("html", ())
    found = _walk(root, hidden=False)
    if not any(isinstance(block, Grid) for block in found):
        # Some pages keep their text hidden until a script shows it.
        whole = _walk(root, hidden=True)
        if any(isinstance(block, Grid) for block in whole):
            found = whole
    blocks = tuple(_numbered(found, line))
    title, published = _head(root)
    return Document("html", blocks, title=title, published=published or published_in(_texts(blocks)))


def _parse(text: str) -> etree._Element | None:
    if text.count("<") > 3 * ELEMENTS:
        raise too_large("网页元素数", "number of elements of the page", ELEMENTS)
    # An HTML parser knows no entities of the page's own, so huge_tree only raises the depth it allows, from 256 (which
    # pages with unclosed tags reach) to 2,048.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, recover=True
    )
    data = text.replace("\0", "").encode("utf-8", errors="replace")
    try:
        root = etree.fromstring(data, parser) if data.strip() else None
    except etree.XMLSyntaxError:
        return None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise Unreadable(
            "网页的标签嵌套过深，无法读取；请用浏览器打开后另存，或打印为 PDF",
            "the page's tags are nested too deep; open it in a browser and save it again, or print it to PDF",
        )
    return root


def _walk(root: etree._Element, hidden: bool) -> list[Paragraph | Grid]:
    """The page's paragraphs and grids, in order; ``hidden`` says whether what is not shown is read too."""
    page = _Page(hidden)
    walk = etree.iterwalk(root, events=("start", "end"))
    for elements, (event, element) in enumerate(walk):
        if elements > 2 * ELEMENTS:
            raise too_large("网页元素数", "number of elements of the page", ELEMENTS)
        if event == "start":
            if not page.begin(element):
                walk.skip_subtree()
        else:
            page.end(element)
    return page.blocks


class _Page:
    """The page while it is gone through once: text goes into the innermost open cell, or the page itself."""

    def __init__(self, hidden: bool) -> None:
        self._hidden = hidden
        page = Flow()
        self._frames: list[Flow | Table] = [page]
        self._flows = [page]
        self._articles = 0
        self._tables = 0
        self._cells = 0
        self._passed = False

    @property
    def blocks(self) -> list[Paragraph | Grid]:
        """What was found, once the page has ended."""
        self._flows[0].end_line()
        return self._flows[0].blocks

    def begin(self, element: etree._Element) -> bool:
        """An element begins; False if it is to be passed over: then its end comes next."""
        self._passed = not self._begin_read(element)
        return not self._passed

    def _begin_read(self, element: etree._Element) -> bool:
        tag = element.tag
        if tag in _SKIPPED or (not self._hidden and _is_hidden(element)) or (tag == "footer" and not self._articles):
            return False
        line = _source_line(element)
        flow = self._flows[-1]
        if tag in _BLOCKS:
            flow.end_line()
            self._articles += tag in _ARTICLES
        elif tag == "table":
            self._open_table(line)
        elif tag == "tr":
            self._table_for(element, line).begin_row()
        elif tag in _CELLS:
            self._open_cell(element, line)
        elif tag in _GROUPS:
            if isinstance(table := self._frames[-1], Table):
                table.begin_group()
        elif tag in _STRUCK:
            flow.end_line()
        elif tag == "input" and element.get("type", "text").lower() in ("text", "number"):
            flow.add(element.get("value", ""), line)
        elif tag in _RAISED and (mark := _inner(element)).isdigit():
            # A raised number is a note's mark, not digits of the figure before it.
            flow.add(f"[{mark}]", line)
            return False
        if element.text:
            self._flows[-1].add(element.text, line)
        return True

    def end(self, element: etree._Element) -> None:
        """An element ends, also one that was passed over; the text behind it goes on."""
        if self._passed:
            self._passed = False
            if element.tag in _BLOCKS:
                self._flows[-1].end_line()
        else:
            self._end_read(element)
        if element.tail:
            self._flows[-1].add(element.tail, _source_line(element))

    def _end_read(self, element: etree._Element) -> None:
        tag = element.tag
        top = self._frames[-1]
        if isinstance(top, Table) and (tag == "table" or top.ends_with is element):
            self._close_table(top)
            top = self._frames[-1]
        if tag in _BLOCKS:
            self._flows[-1].end_line(heading=tag in _HEADINGS)
            self._articles -= tag in _ARTICLES
        elif tag in _STRUCK:
            self._flows[-1].end_line()
        elif tag == "tr" and isinstance(top, Table):
            top.end_row()
        elif tag in _CELLS and isinstance(top, Cell):
            top.close()
            self._frames.pop()
            self._flows.pop()

    def _open_table(self, line: int, ends_with: etree._Element | None = None) -> Table:
        if len(self._flows) > TABLES_DEEP:
            raise too_large("表格嵌套层数", "tables within tables", TABLES_DEEP)
        self._flows[-1].end_line()
        self._tables += 1
        table = Table(self._tables, line, ends_with)
        self._frames.append(table)
        return table

    def _table_for(self, element: etree._Element, line: int) -> Table:
        """The open table, or for a row or cell outside of any, one that ends with the element around it."""
        top = self._frames[-1]
        return top if isinstance(top, Table) else self._open_table(line, element.getparent())

    def _open_cell(self, element: etree._Element, line: int) -> None:
        self._cells += 1
        if self._cells > CELLS:
            raise too_large("表格单元格数", "number of table cells", CELLS)
        table = self._table_for(element, line)
        self._flows[-1].end_line()
        cell = Cell(element.get("rowspan"), element.get("colspan"), line)
        table.add(cell)
        self._frames.append(cell)
        self._flows.append(cell)

    def _close_table(self, table: Table) -> None:
        self._frames.pop()
        flow = self._flows[-1]
        flow.end_line()
        flow.extend(blocks_of(table))


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return (style is not None and _hides(style)) or element.get("hidden") is not None


@lru_cache(maxsize=1024)
def _hides(style: str) -> bool:
    """Pages repeat their styles on every element."""
    return bool(_HIDDEN.search(style))


def _numbered(found: Iterable[Paragraph | Grid], line: int) -> Iterator[Block]:
    """Paragraphs as lines with their places; the whole text is bounded."""
    size = 0
    paragraphs = 0
    for block in found:
        if isinstance(block, Grid):
            cells = (replace(c, where=replace(c.where, line=(c.where.line or 0) + line)) for c in block.cells)
            yield replace(block, cells=tuple(cells)) if line else block
            continue
        text = tidy(_RESIDUE.sub("", block.text) if "<" in block.text else block.text)
        if not text:
            continue
        size += len(text)
        if size > TEXT_CHARACTERS:
            raise too_large("文字数", "number of characters", TEXT_CHARACTERS)
        paragraphs += 1
        yield Line(text, Where(line=block.line + line or None, element=f"p[{paragraphs}]"), heading=block.heading)


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    """Lines, and rows of grids as one text each (发布日期 | 2024-01-17)."""
    for block in blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            for row in block.rows():
                yield " ".join(cell.text for cell in row)


def _head(root: etree._Element) -> tuple[str, str | None]:
    """Title and day of publication by the page's meta tags."""
    tags: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        content = tidy(meta.get("content") or "")
        if name and content:
            tags.setdefault(name, content)
    for element in root.iter("publishtime", "pubdate"):
        tags.setdefault("publishtime", _inner(element))
    title = next((tags[name] for name in TITLE_TAGS if name in tags), "")
    if not title:
        title = next((text for e in root.iter("title") if (text := _inner(e))), "")
    published = (tag_day(tags[name]) for name in PUBLISHED_TAGS if name in tags)
    return title, next((found for found in published if found), None) or day(tags.get("date", ""))


def _source_line(element: etree._Element) -> int:
    return getattr(element, "sourceline", None) or 0


def _inner(element: etree._Element) -> str:
    return tidy("".join(map(str, element.itertext())))
