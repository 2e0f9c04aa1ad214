"""Ruled lines → tables → cells."""

from __future__ import annotations

import pytest

cv2 = pytest.importorskip("cv2", reason="the extra ocr is not installed")

import numpy as np  # noqa: E402
from hypothesis import given  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from gongkai.annual.reading.files.scan.ink import binary, grey  # noqa: E402
from gongkai.annual.reading.files.scan.ruling import Drawn, cells, lines, tables  # noqa: E402
from tests.annual.reading.files.scan import drawing  # noqa: E402

Span = tuple[int, int, int, int]


def edges_of(spans: list[Span], rows: int, columns: int) -> Drawn:
    """The lattice on which exactly the edges of these cells are drawn."""
    across, down = np.zeros((rows + 1, columns), np.bool_), np.zeros((rows, columns + 1), np.bool_)
    for row, column, rowspan, colspan in spans:
        across[[row, row + rowspan], column : column + colspan] = True
        down[row : row + rowspan, [column, column + colspan]] = True
    return Drawn(across, down)


@st.composite
def tilings(draw: st.DrawFn) -> tuple[list[Span], int, int]:
    """A lattice cut into cells at random: every place is covered once."""
    rows, columns = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    taken = np.zeros((rows, columns), np.bool_)
    spans = []
    for row in range(rows):
        for column in range(columns):
            if taken[row, column]:
                continue
            colspan = draw(st.integers(1, columns - column))
            while taken[row, column : column + colspan].any():
                colspan -= 1
            rowspan = draw(st.integers(1, rows - row))
            taken[row : row + rowspan, column : column + colspan] = True
            spans.append((row, column, rowspan, colspan))
    return spans, rows, columns


@given(tilings())
def test_the_cells_of_a_fully_ruled_table_are_found_with_their_spans(tiling: tuple[list[Span], int, int]) -> None:
    spans, rows, columns = tiling
    drawn = edges_of(spans, rows, columns)
    assert cells(drawn, drawn) == sorted(spans)


@given(tilings(), st.data())
def test_with_edges_missing_every_place_is_still_in_at_most_one_cell(
    tiling: tuple[list[Span], int, int], data: st.DataObject
) -> None:
    spans, rows, columns = tiling
    drawn = edges_of(spans, rows, columns)
    across = drawn.across & np.array(data.draw(st.lists(st.booleans(), min_size=drawn.across.size, max_size=drawn.across.size))).reshape(drawn.across.shape)  # fmt: skip  # noqa: E501
    covered = np.zeros((rows, columns), int)
    for row, column, rowspan, colspan in cells(Drawn(across, drawn.down), drawn):
        covered[row : row + rowspan, column : column + colspan] += 1
    assert covered.max(initial=0) <= 1


def test_a_corner_without_lines_is_no_cell() -> None:
    spans = [(0, 0, 1, 2), (1, 0, 1, 1)]
    drawn = edges_of(spans, 2, 2)
    assert cells(drawn, drawn) == spans


def found_in(image: object, turned: float = 0.0) -> list[list[Span]]:
    pixels = np.asarray(image)
    ink = binary(grey(pixels), drawing.DPI)
    return [
        [(place.row, place.column, place.rowspan, place.colspan) for place in table.cells]
        for table in tables(lines(ink, drawing.DPI), drawing.DPI)
    ]


SPANNED = [
    drawing.Drawn("7", 0, 0, 2, 1),
    drawing.Drawn("10", 0, 1, 1, 3),
    drawing.Drawn("1", 1, 1),
    drawing.Drawn("2", 1, 2),
    drawing.Drawn("3", 1, 3),
    drawing.Drawn("0", 2, 0),
    drawing.Drawn("81", 2, 1, 1, 2),
    drawing.Drawn("0", 2, 3),
]
SPANS = sorted((cell.row, cell.column, cell.rowspan, cell.colspan) for cell in SPANNED)


def test_a_drawn_table_is_found_with_its_spans() -> None:
    assert found_in(drawing.page(SPANNED, [300, 120, 120, 120])) == [SPANS]


def test_a_worn_line_still_divides_its_cells() -> None:
    image = drawing.page(SPANNED, [300, 120, 120, 120])
    pixels = np.array(image)
    pixels[155:162, :] = 255  # every line down is broken once
    assert found_in(pixels) == [SPANS]


def test_an_underline_is_no_table() -> None:
    pixels = np.full((1000, 1654, 3), 255, np.uint8)
    pixels[300:303, 200:1200] = 0
    pixels[340:343, 200:1200] = 0
    assert found_in(pixels) == []


def test_a_table_open_at_its_sides_keeps_its_outer_columns() -> None:
    pixels = np.full((1000, 1654, 3), 255, np.uint8)
    for y in (300, 360, 420):
        pixels[y : y + 3, 200:1400] = 0
    for x in (600, 1000):
        pixels[300:423, x : x + 3] = 0
    assert found_in(pixels) == [[(row, column, 1, 1) for row in range(2) for column in range(3)]]


def test_a_raster_of_lines_is_no_table() -> None:
    pixels = np.full((1600, 1600, 3), 255, np.uint8)
    pixels[::20] = 0
    pixels[:, ::20] = 0
    assert found_in(pixels) == []
