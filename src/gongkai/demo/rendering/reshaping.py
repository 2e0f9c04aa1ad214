"""Tables whose cells do not stand as the form prints them: padded headers, cut headings, uneven grids, parts."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

from gongkai.demo.rendering.paper import Box, Sheet


def header_padded(sheet: Sheet) -> Sheet:
    """Header cells that reach down over rows become one cell with empty cells under it (A2): order alone tells."""
    boxes: list[Box] = []
    for box in sheet.boxes:
        if box.role != "header" or box.rowspan == 1:
            boxes.append(box)
            continue
        boxes.append(replace(box, rowspan=1))
        for below in range(1, box.rowspan):
            boxes.append(Box("", box.row + below, box.column, 1, box.colspan, "filler"))
    return replace(sheet, boxes=tuple(boxes))


def heading_cut_in_two(sheet: Sheet, rng: Random) -> Sheet:
    """The tallest heading at the left is two cells with the same words, cut between two of its groups (A3)."""
    headings = [box for box in sheet.boxes if box.role == "heading" and box.rowspan > 4]
    if not headings:
        return sheet
    tall = max(headings, key=lambda box: box.rowspan)
    starts = [box.row for box in sheet.boxes if box.role == "heading" and tall.row < box.row < tall.row + tall.rowspan]
    if not starts:
        return sheet
    cut = rng.choice(starts)
    upper = replace(tall, rowspan=cut - tall.row)
    lower = replace(tall, row=cut, rowspan=tall.row + tall.rowspan - cut)
    boxes = [box for box in sheet.boxes if box is not tall]
    return replace(sheet, boxes=(*boxes, upper, lower))


def uneven_grid(sheet: Sheet, rng: Random) -> Sheet:
    """Blocks on a grid one column wider than needed, every row spread over it in its own way (A4)."""
    if sheet.header_rows or sheet.table != "publication":
        return sheet
    width = sheet.width + 1
    boxes: list[Box] = []
    for row in sheet.rows():
        spans = [1] * len(row)
        for _ in range(width - len(row)):
            spans[rng.randrange(min(1, len(row) - 1), len(row))] += 1
        at = 0
        for box, span in zip(row, spans, strict=True):
            boxes.append(replace(box, column=at, colspan=span))
            at += span
    return replace(sheet, boxes=tuple(boxes))


def without_grouping(sheet: Sheet) -> Sheet:
    """The table as rows of a label and figures: headings over rows and groups over columns are left out."""
    boxes = [box for box in sheet.boxes if box.role in ("label", "figure")]
    return replace(sheet, boxes=tuple(boxes))


def split_rows(sheet: Sheet, rows: list[int]) -> list[Sheet]:
    """The table cut before each of these rows; cells that reach over a cut are repeated empty after it."""
    edges = [0, *rows, sheet.height]
    parts: list[Sheet] = []
    for start, end in pairwise(edges):
        boxes: list[Box] = []
        for box in sheet.boxes:
            top, bottom = max(box.row, start), min(box.row + box.rowspan, end)
            if top < bottom:
                text = box.text if box.row >= start else ""
                role = box.role if box.row >= start else "filler"
                boxes.append(replace(box, row=top - start, rowspan=bottom - top, text=text, role=role))
        parts.append(replace(sheet, boxes=tuple(boxes), header_rows=max(0, min(sheet.header_rows, end) - start)))
    return parts
