"""Lines outside of tables."""

from __future__ import annotations

import pytest

cv2 = pytest.importorskip("cv2", reason="the extra ocr is not installed")

import numpy as np  # noqa: E402
from hypothesis import given  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from gongkai.annual.reading.files.scan.layout import Piece, bands, is_page_number, joined, rows, words  # noqa: E402
from gongkai.annual.reading.files.scan.recognition import Character, Recognised  # noqa: E402
from gongkai.annual.reading.files.scan.ruling import Box  # noqa: E402


def piece(left: int, top: int, text: str = "字", high: int = 30) -> Piece:
    box = Box(left, top, left + 30 * len(text), top + high)
    return Piece(box, ((float(box.left), float(box.right), text),))


@given(st.permutations(range(12)))
def test_pieces_come_in_reading_order_whatever_order_they_were_found_in(order: list[int]) -> None:
    pieces = [piece(100 + 200 * (k % 3), 100 + 50 * (k // 3) + (k % 3) * 4, str(k)) for k in range(12)]
    found = rows([pieces[k] for k in order])
    assert [[one.words[0][2] for one in row] for row in found] == [
        [str(3 * row + column) for column in range(3)] for row in range(4)
    ]


def test_words_of_one_line_are_joined_with_spaces_only_between_letters_and_digits() -> None:
    assert joined([(0, 1, "收到"), (2, 3, "12"), (4, 5, "件")]) == "收到12件"
    assert joined([(0, 1, "1"), (2, 3, "2")]) == "1 2"


@pytest.mark.parametrize("text", ["- 2 -", "— 4 —", "3", "第 3 页", "第3页共8页", "2/8", "·5·"])
def test_a_number_at_the_pages_edge_is_the_pages_number(text: str) -> None:
    assert is_page_number(text, Box(800, 2250, 860, 2280), 2339)
    assert not is_page_number(text, Box(800, 1200, 860, 1230), 2339)


def test_a_line_of_text_at_the_pages_edge_is_kept() -> None:
    assert not is_page_number("2023年12月", Box(800, 2250, 860, 2280), 2339)


def test_words_are_cut_at_spaces_and_know_their_edges() -> None:
    characters = tuple(Character(c, (k + 0.5) / 9, 0.99) for k, c in enumerate("行政 12  0"))
    found = words(Recognised(characters), None, Box(0, 0, 900, 30))
    assert [text for _, _, text in found] == ["行政", "12", "0"]
    assert all(left < right for left, right, _ in found)
    assert found[0][1] <= found[1][0] <= found[1][1] <= found[2][0]


@given(st.lists(st.tuples(st.integers(0, 1900), st.integers(20, 400)), max_size=4))
def test_bands_cover_all_ink_outside_of_tables_and_none_is_much_higher_than_wide(places: list[tuple[int, int]]) -> None:
    ink = np.zeros((2339, 1000), np.uint8)
    ink[50:2300:40, 100:900] = 255
    tables = [Box(100, top, 900, min(2339, top + high)) for top, high in places]
    free = np.ones(2339, bool)
    for table in tables:
        free[max(0, table.top - 4) : table.bottom + 4] = False
    searched = np.zeros(2339, bool)
    for band in bands(2339, 1000, tables, ink, 200):
        searched[band.top : band.bottom] = True
        assert band.height <= 1601
    assert not (searched & ~free).any()
    lost = free & ~searched & ink.any(axis=1)
    assert lost.sum() <= 13 * (len(tables) + 1)
