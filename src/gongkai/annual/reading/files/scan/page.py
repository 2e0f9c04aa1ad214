"""A page's picture → its lines of text and its grids, from top to bottom."""

from __future__ import annotations

from gongkai.annual.reading.document import Block
from gongkai.annual.reading.files.scan import ruling
from gongkai.annual.reading.files.scan.layout import line_blocks
from gongkai.annual.reading.files.scan.picture import Picture
from gongkai.annual.reading.files.scan.recognition import Recogniser
from gongkai.annual.reading.files.scan.sheet import ready, right_way_up
from gongkai.annual.reading.files.scan.table import read_table


def blocks(picture: Picture, recogniser: Recogniser) -> list[Block]:
    """The page's lines and grids in reading order."""
    sheet = ready(right_way_up(picture, recogniser), picture.dpi)
    tables = ruling.tables(sheet.lines, sheet.dpi)
    found: list[tuple[float, Block]] = []
    for table in tables:
        grid = read_table(table, sheet, picture.page, recogniser)
        if grid is not None:
            found.append((table.box.top, grid))
    found += line_blocks(sheet.plain, sheet.ink, [table.box for table in tables], sheet.dpi, picture.page, recogniser)
    return [block for _, block in sorted(found, key=lambda item: item[0])]
