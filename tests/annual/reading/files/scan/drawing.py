"""Tables drawn as pictures, with what stands in them known: the scans of these tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import pytest
from PIL import Image, ImageDraw, ImageFont

DPI = 200


@dataclass(frozen=True)
class Drawn:
    """A cell to draw: text (with line breaks), row, column, spans."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


@cache
def type_face(size: int, chinese: bool = False) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A type of that size: Pillow's own, or one with Chinese characters (the test is skipped where there is none)."""
    if not chinese:
        return ImageFont.load_default(size)
    try:
        return ImageFont.truetype("NotoSerifCJK-Regular.ttc", size)
    except OSError:
        pytest.skip("no Chinese type here (apt-get install fonts-noto-cjk)")


def plain(rows: Sequence[Sequence[str]]) -> list[Drawn]:
    """The cells of a table without spans."""
    return [Drawn(text, i, j) for i, row in enumerate(rows) for j, text in enumerate(row)]


def page(
    cells: Sequence[Drawn], widths: Sequence[int], height: int = 46, size: int = 28, lines: Sequence[str] = ()
) -> Image.Image:
    """A page of 200 dpi with that table under those lines of text. ``widths`` are pixels."""
    sheet = Image.new("RGB", (1654, 1400), "white")
    pen = ImageDraw.Draw(sheet)
    chinese = any(ord(character) > 0x2FF for text in [*lines, *(cell.text for cell in cells)] for character in text)
    face = type_face(size, chinese)
    top = 150
    for line in lines:
        pen.text((200, top), line, fill=20, font=type_face(size + 2, chinese))
        top += 70
    left = (1654 - sum(widths)) // 2
    edges = [left + sum(widths[:column]) for column in range(len(widths) + 1)]
    for cell in cells:
        box = (
            edges[cell.column],
            top + cell.row * height,
            edges[cell.column + cell.colspan],
            top + (cell.row + cell.rowspan) * height,
        )
        pen.rectangle(box, outline=0, width=2)
        pen.multiline_text(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), cell.text, fill=20, font=face, anchor="mm")
    return sheet
