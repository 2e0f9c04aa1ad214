"""Skew and perspective."""

from __future__ import annotations

import pytest

cv2 = pytest.importorskip("cv2", reason="the extra ocr is not installed")

import numpy as np  # noqa: E402
from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from gongkai.annual.reading.files.scan.ink import grey  # noqa: E402
from gongkai.annual.reading.files.scan.upright import corners, flattening, skew, turned, weighted_median  # noqa: E402
from gongkai.demo.rendering import wear  # noqa: E402
from tests.annual.reading.files.scan import drawing  # noqa: E402

TABLE = drawing.page(drawing.plain([["1", "20", "3"]] * 8), [300, 300, 300])


@settings(max_examples=12)
@given(st.floats(-10, 10))
def test_the_angle_by_which_a_table_was_turned_is_measured(degrees: float) -> None:
    seen = np.asarray(wear.turned(degrees)(TABLE))
    assert skew(grey(seen), drawing.DPI) == pytest.approx(degrees, abs=0.1)


def test_turning_back_makes_the_lines_level() -> None:
    seen = np.asarray(wear.turned(2.3)(TABLE))
    straight = turned(seen, skew(grey(seen), drawing.DPI))
    assert skew(grey(straight), drawing.DPI) == pytest.approx(0, abs=0.1)


def test_lines_of_text_tell_the_angle_where_nothing_is_ruled() -> None:
    pixels = np.full((1400, 1400, 3), 255, np.uint8)
    for top in range(200, 1200, 60):
        for left in range(150, 1200, 30):
            pixels[top : top + 24, left : left + 22] = 0
    from PIL import Image

    seen = np.asarray(wear.turned(1.5)(Image.fromarray(pixels)))
    assert skew(grey(seen), drawing.DPI) == pytest.approx(1.5, abs=0.3)


def test_a_blank_page_is_not_turned() -> None:
    assert skew(np.full((1000, 800), 255, np.uint8), drawing.DPI) == 0


def test_a_table_seen_askew_is_made_a_rectangle() -> None:
    outline = np.array([[110, 100], [990, 104], [1000, 700], [100, 694]], np.float32)
    projection = flattening(outline)
    assert projection is not None
    straight = cv2.perspectiveTransform(outline[None], projection)[0]
    assert straight[0][1] == pytest.approx(straight[1][1], abs=0.01)
    assert straight[1][0] == pytest.approx(straight[2][0], abs=0.01)


def test_a_rectangle_is_left_alone_and_a_wedge_is_no_perspective() -> None:
    rectangle = np.array([[100, 100], [900, 100], [900, 700], [100, 700]], np.float32)
    wedge = np.array([[300, 100], [700, 100], [900, 700], [100, 700]], np.float32)
    assert flattening(rectangle) is None
    assert flattening(wedge) is None


def test_the_corners_of_an_outline_come_from_the_top_left_clockwise() -> None:
    points = np.array([[[100, 700]], [[900, 690]], [[905, 100]], [[500, 104]], [[98, 105]]], np.int32)
    found = corners(points)
    assert found is not None
    assert found.tolist() == [[98, 105], [905, 100], [900, 690], [100, 700]]


@given(st.lists(st.tuples(st.floats(-45, 45), st.floats(0.1, 100)), min_size=1, max_size=20))
def test_the_weighted_median_is_one_of_the_values_and_has_half_the_weight_at_most_on_either_side(
    weighed: list[tuple[float, float]],
) -> None:
    values, weights = np.array([value for value, _ in weighed]), np.array([weight for _, weight in weighed])
    middle = weighted_median(values, weights)
    assert middle in values
    assert weights[values < middle].sum() <= weights.sum() / 2 + 1e-6
    assert weights[values > middle].sum() <= weights.sum() / 2 + 1e-6
