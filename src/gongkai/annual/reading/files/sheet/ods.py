"""ODS workbooks → their sheets' cells, by the text that each cell shows."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gongkai.annual.reading.files.archive import Archive
from gongkai.annual.reading.files.joining import joined
from gongkai.annual.reading.files.limits import CELLS, COLUMNS, too_large
from gongkai.annual.reading.files.sheet.values import Sheet

_T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_P = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_S = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


def read_ods(archive: Archive) -> Iterator[Sheet]:
    """The sheets, in order. Raises Unreadable."""
    root = archive.xml("content.xml")
    unseen = {
        style.get(f"{_S}name")
        for style in root.iter(f"{_S}style")
        for properties in style.iter(f"{_S}table-properties")
        if properties.get(f"{_T}display") == "false"
    }
    for table in root.iter(f"{_T}table"):
        sheet = Sheet(table.get(f"{_T}name", ""), hidden=table.get(f"{_T}style-name") in unseen)
        if not sheet.hidden:
            _fill(sheet, table)
        yield sheet


def _fill(sheet: Sheet, table: etree._Element) -> None:
    column = 0
    for element in table.iter(f"{_T}table-column"):
        repeated = _count(element, "number-columns-repeated")
        if element.get(f"{_T}visibility") in ("collapse", "filter"):
            sheet.hidden_columns.update(range(column, min(column + repeated, COLUMNS)))
        column += repeated
    row = 0
    for element in table.iter(f"{_T}table-row"):
        repeated = _count(element, "number-rows-repeated")
        texts = _row(sheet, element, row)
        if texts and repeated * len(texts) + len(sheet.cells) > CELLS:
            raise too_large("工作表单元格数", "number of cells of a sheet", CELLS)
        if texts:
            for again in range(row, row + repeated):
                sheet.cells.update({(again, column): text for column, text in texts.items()})
        if element.get(f"{_T}visibility") in ("collapse", "filter"):
            sheet.hidden_rows.update(range(row, row + min(repeated, CELLS)))
        row += repeated


def _row(sheet: Sheet, element: etree._Element, row: int) -> dict[int, str]:
    texts: dict[int, str] = {}
    column = 0
    for cell in element:
        if cell.tag not in (f"{_T}table-cell", f"{_T}covered-table-cell"):
            continue
        repeated = _count(cell, "number-columns-repeated")
        text = joined("".join(map(str, paragraph.itertext())) for paragraph in cell.findall(f"{_P}p"))
        if text:
            if column + repeated > COLUMNS:
                raise too_large("表格列数", "number of table columns", COLUMNS)
            texts.update(dict.fromkeys(range(column, column + repeated), text))
        down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down * across > 1:
            sheet.merged.append(((row, column), (row + down - 1, column + across - 1)))
        column += repeated
    return texts


def _count(element: etree._Element, name: str) -> int:
    text = element.get(f"{_T}{name}", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1
