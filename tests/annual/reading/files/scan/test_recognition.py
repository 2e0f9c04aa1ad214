"""What the model says → characters with places, and the likeliest figures."""

from __future__ import annotations

import pytest

cv2 = pytest.importorskip("cv2", reason="the extra ocr is not installed")

import numpy as np  # noqa: E402
from hypothesis import given  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from gongkai.annual.reading.files.scan.recognition import FIGURE, Recognised, decode, fit, likely  # noqa: E402

CHARACTERS = ["", *FIGURE, " "]


def seen(path: str, sure: float = 0.9) -> np.ndarray:
    """What the model would give for that path, ``_`` for none."""
    steps = np.full((len(path), len(CHARACTERS)), (1 - sure) / (len(CHARACTERS) - 1), np.float32)
    for step, character in enumerate(path):
        steps[step, 0 if character == "_" else CHARACTERS.index(character)] = sure
    return steps


def test_equal_characters_side_by_side_are_one_and_apart_are_two() -> None:
    assert decode(seen("_11_1__0_"), CHARACTERS, 9).text == "110"


def test_characters_know_where_they_stand() -> None:
    found = decode(seen("_1______2_"), CHARACTERS, 10)
    assert [round(character.middle, 2) for character in found.characters] == [0.15, 0.85]


def test_the_surest_is_as_sure_as_its_least_sure_character() -> None:
    assert decode(seen("_1_", 0.7), CHARACTERS, 3).sure == pytest.approx(0.7)
    assert Recognised(()).sure == 0


@given(st.text(alphabet="_" + FIGURE, min_size=1, max_size=12))
def test_the_likeliest_figure_is_the_best_path_where_the_model_is_sure(path: str) -> None:
    best = decode(seen(path, 0.99), CHARACTERS, len(path)).text
    figures = likely(seen(path, 0.99)[:, : len(FIGURE) + 1], FIGURE)
    assert figures[0][0] == best
    assert sum(share for _, share in figures) <= 1 + 1e-6


def test_a_model_in_two_minds_gives_both_figures() -> None:
    steps = seen("_7_")
    steps[1] = 0
    steps[1, CHARACTERS.index("7")], steps[1, CHARACTERS.index("1")] = 0.6, 0.4
    figures = dict(likely(steps[:, : len(FIGURE) + 1], FIGURE))
    assert figures["7"] > figures["1"] > 0.2


@given(st.integers(1, 300), st.integers(1, 3000))
def test_any_picture_of_a_line_is_brought_to_the_height_the_model_wants(high: int, wide: int) -> None:
    assert fit(np.zeros((high, wide), np.uint8)).shape[0] == 48
