"""A workbook in the making, and its file: formulas with their results, what stands beside the report, one and the same
file for one and the same report.

openpyxl writes formulas without results. A viewer that does not reckon (a preview, a phone, a file opened from a mail)
would show nothing in their place, and a reader could not tell a sum not yet there from a figure; so the results, which
are known when the workbook is made, are put into the file.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from openpyxl import Workbook
from openpyxl.cell.cell import Cell as Box
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.annual.reading.files.sheet.aside import ASIDE, TABLE

_X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TERMS = "{http://purl.org/dc/terms/}"
_ABOUT = "docProps/core.xml"
_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of every part of the file, the earliest that a ZIP can name: a file says nothing of when it was made."""


@dataclass(slots=True)
class Book:
    """The workbook, the results of its formulas by sheet and place."""

    book: Workbook = field(default_factory=lambda: _without_sheets(Workbook()))
    results: dict[tuple[str, str], str | int] = field(default_factory=dict)

    def sheet(self, title: str) -> Worksheet:
        """A new sheet of that name, which must not be taken."""
        sheet: Worksheet = self.book.create_sheet(title)
        return sheet

    def formula(self, box: Box, formula: str, result: str | int) -> None:
        """Puts a formula (without ``=``) into a cell, with what it comes to as the workbook stands."""
        box.value = f"={formula}"
        self.results[box.parent.title, box.coordinate] = result

    def aside(self, sheet: Worksheet, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Says that those lines and columns (from 1) are no part of the report."""
        self._name(ASIDE, sheet, first, last)

    def table(self, sheet: Worksheet, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Says that those lines and columns (from 1) are one table of the report."""
        self._name(TABLE, sheet, first, last)

    def _name(self, kind: str, sheet: Worksheet, first: tuple[int, int], last: tuple[int, int]) -> None:
        (top, left), (bottom, right) = first, last
        place = f"${get_column_letter(left)}${top}:${get_column_letter(right)}${bottom}"
        name = f"{kind}_{len(self.book.defined_names) + 1}"
        self.book.defined_names[name] = DefinedName(name, attr_text=f"{quote_sheetname(sheet.title)}!{place}")

    def file(self) -> bytes:
        """The bytes of the file. Every program reckons the formulas anew when it opens it."""
        self.book.calculation.fullCalcOnLoad = True
        held = io.BytesIO()
        self.book.save(held)
        parts = {f"xl/worksheets/sheet{number}.xml": title for number, title in enumerate(self.book.sheetnames, 1)}
        out = io.BytesIO()
        with zipfile.ZipFile(held) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
            for entry in made.infolist():
                data = made.read(entry)
                if entry.filename in parts:
                    data = self._with_results(data, parts[entry.filename])
                elif entry.filename == _ABOUT:
                    data = _without_times(data)
                file.writestr(zipfile.ZipInfo(entry.filename, _NO_TIME), data, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _with_results(self, data: bytes, title: str) -> bytes:
        root = etree.fromstring(data)
        for cell in _formulas(root):
            result = self.results[title, cell.get("r", "")]
            if isinstance(result, str):
                cell.set("t", "str")
            elif "t" in cell.attrib:
                del cell.attrib["t"]
            value = cell.find(f"{_X}v")
            if value is None:
                value = etree.SubElement(cell, f"{_X}v")
            value.text = str(result)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _without_sheets(book: Workbook) -> Workbook:
    for sheet in book.worksheets:
        book.remove(sheet)
    return book


def _formulas(root: etree._Element) -> Iterator[etree._Element]:
    return (cell for cell in root.iter(f"{_X}c") if cell.find(f"{_X}f") is not None)


def _without_times(data: bytes) -> bytes:
    root = etree.fromstring(data)
    for name in ("created", "modified"):
        for element in root.findall(f"{_TERMS}{name}"):
            root.remove(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
