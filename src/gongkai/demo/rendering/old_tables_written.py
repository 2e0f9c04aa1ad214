"""How the statistical tables of before 2019 were written in places: part H of the catalogue of layouts."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from gongkai.annual.report import INDICATORS
from gongkai.demo.rendering.catalogue import wording
from gongkai.demo.rendering.paper import Box, Paper, Sheet


@wording("H")
def codes_before_figures(paper: Paper, rng: Random) -> Paper:
    """A column of codes (01, 02 …) between the units and the figures"""

    def coded(sheet: Sheet) -> Sheet:
        if sheet.table != INDICATORS:
            return sheet
        moved = [replace(box, column=box.column + 1) if box.column > 1 else box for box in sheet.boxes]
        codes = [Box("代码", 0, 2, role="header")]
        codes += [Box(f"{row:02d}", row, 2, role="unit") for row in range(1, sheet.height)]
        return replace(sheet, boxes=(*moved, *codes))

    return paper.each_sheet(coded)


@wording("H")
def circled_numbers(paper: Paper, rng: Random) -> Paper:
    """Rows numbered ①②③, the same number in every group"""

    def circled(box: Box) -> Box:
        text = re.sub(r"^(其中：)?(\d)[.、]", lambda found: (found[1] or "") + "①②③④⑤⑥⑦⑧⑨"[int(found[2]) - 1], box.text)
        return replace(box, text=text) if box.role == "label" else box

    return paper.each_sheet(lambda sheet: sheet.each(circled) if sheet.table == INDICATORS else sheet)


@wording("H")
def units_left_out(paper: Paper, rng: Random) -> Paper:
    """Old tables without a column of units"""

    def bare(sheet: Sheet) -> Sheet:
        if sheet.table != INDICATORS:
            return sheet
        kept = [box for box in sheet.boxes if box.column != 1]
        return replace(sheet, boxes=tuple(replace(box, column=max(0, box.column - 1)) for box in kept))

    return paper.each_sheet(bare)
