"""A page brought upright: its skew measured and taken out, and the slight perspective of a photograph undone."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from gongkai.annual.reading.files.scan.ink import binary
from gongkai.annual.reading.files.scan.picture import Pixels

STRAIGHT = 0.05
"""Degrees of skew that need no turning: less than a pixel over the width of a table."""

COARSE_DPI = 100
"""The resolution at which skew is measured: finer is slower and no surer."""

MOST_NARROWED = 0.12
"""The part by which one edge of a table may seem shorter than the other by perspective; more is another shape."""

Corners = NDArray[np.float32]


def skew(grey: Pixels, dpi: float) -> float:
    """By how many degrees the page's lines rise to the right (-45 to 45); 0 where no line is long enough to tell.

    Ruled lines tell it best; a page without any is measured by its lines of text, their characters run together.
    """
    scale = min(1.0, COARSE_DPI / dpi)
    small = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    angle = _ruled_skew(small, dpi * scale)
    return _text_skew(binary(small, dpi * scale), dpi * scale) if angle is None else angle


def _ruled_skew(grey: Pixels, dpi: float) -> float | None:
    found: Any = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE).detect(grey)[0]
    if found is None:
        return None
    x0, y0, x1, y1 = np.asarray(found, np.float64).reshape(-1, 4).T
    lengths = np.hypot(x1 - x0, y1 - y0)
    long = lengths > 0.6 * dpi
    if lengths[long].sum() < 4 * dpi:
        return None
    angles = (np.degrees(np.arctan2(y0 - y1, x1 - x0)) + 45) % 90 - 45
    return weighted_median(angles[long], lengths[long])


def _text_skew(ink: Pixels, dpi: float) -> float:
    together = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, int(dpi * 0.2)), np.uint8))
    contours, _ = cv2.findContours(together, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    angles, lengths = [], []
    for contour in contours:
        rectangle = cv2.minAreaRect(contour)
        length, thickness = max(rectangle[1]), min(rectangle[1])
        if length > dpi and length > 8 * thickness:
            points = cv2.boxPoints(rectangle)
            side = max((points[1] - points[0], points[2] - points[1]), key=lambda edge: float(np.hypot(*edge)))
            angles.append((math.degrees(math.atan2(-side[1], side[0])) + 45) % 90 - 45)
            lengths.append(length)
    return weighted_median(np.array(angles), np.array(lengths)) if angles else 0.0


def weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """The value that has half of the weight on either side."""
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])


def turned(pixels: Pixels, degrees: float) -> Pixels:
    """The page turned clockwise by so many degrees about its middle, the corners filled with paper."""
    if abs(degrees) < STRAIGHT:
        return pixels
    high, wide = pixels.shape[:2]
    cosine, sine = abs(math.cos(math.radians(degrees))), abs(math.sin(math.radians(degrees)))
    new_wide, new_high = round(wide * cosine + high * sine), round(high * cosine + wide * sine)
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), -degrees, 1)
    turn[:, 2] += ((new_wide - wide) / 2, (new_high - high) / 2)
    paper = (255, 255, 255)
    return np.asarray(
        cv2.warpAffine(pixels, turn, (new_wide, new_high), flags=cv2.INTER_CUBIC, borderValue=paper), np.uint8
    )


def flattening(outline: Corners) -> NDArray[np.float64] | None:
    """How to see a table straight from above: the projection that makes its outline a rectangle.

    ``outline`` are the corners of the largest table, from the top left clockwise. None where it is a rectangle already,
    or is so far from one that it is no rectangle seen askew.
    """
    top_left, top_right, bottom_right, bottom_left = (point.astype(float) for point in outline)
    across = [np.hypot(*(top_right - top_left)), np.hypot(*(bottom_right - bottom_left))]
    down = [np.hypot(*(bottom_left - top_left)), np.hypot(*(bottom_right - top_right))]
    if min(across) < (1 - MOST_NARROWED) * max(across) or min(down) < (1 - MOST_NARROWED) * max(down):
        return None
    left, top = (top_left[0] + bottom_left[0]) / 2, (top_left[1] + top_right[1]) / 2
    right, bottom = (top_right[0] + bottom_right[0]) / 2, (bottom_left[1] + bottom_right[1]) / 2
    straight = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    if np.abs(straight - outline).max() < 1.5:
        return None
    return np.asarray(cv2.getPerspectiveTransform(outline, straight), np.float64)


def flattened(pixels: Pixels, projection: NDArray[np.float64]) -> Pixels:
    """The page as that projection shows it."""
    high, wide = pixels.shape[:2]
    paper = (255, 255, 255)
    return np.asarray(
        cv2.warpPerspective(pixels, projection, (wide, high), flags=cv2.INTER_CUBIC, borderValue=paper), np.uint8
    )


def corners(points: NDArray[np.int32]) -> Corners | None:
    """The four corners, from the top left clockwise, of the outline around those points; None if it has not four."""
    hull = cv2.convexHull(points)
    around = cv2.arcLength(hull, True)
    for part in (0.01, 0.02, 0.03):
        shape = cv2.approxPolyDP(hull, part * around, True).reshape(-1, 2)
        if len(shape) == 4:
            order = np.argsort(shape.sum(axis=1))
            first, last = shape[order[0]], shape[order[3]]
            one, other = shape[order[1]], shape[order[2]]
            upper_right, lower_left = (one, other) if one[0] > other[0] else (other, one)
            return np.array([first, upper_right, last, lower_left], np.float32)
    return None
