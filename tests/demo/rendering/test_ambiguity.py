"""Figures run together: which rows can be cut in one way only."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from gongkai.demo.making import make
from gongkai.demo.rendering import render
from gongkai.demo.rendering.ambiguity import ways


@pytest.mark.parametrize(
    ("run", "groups", "number"),
    [
        ("0000000", (7,), 1),
        ("640020470", (7,), 1),
        ("190522533", (7,), 1),
        ("1234", (7,), 0),
        ("112", (3,), 1),
        ("101112", (4,), 2),
        ("11112", (3,), 2),
    ],
)
def test_ways_of_cutting(run, groups, number):
    assert ways(run, groups) == number


def _all_ways(run: str, size: int) -> int:
    """By trying every cut."""
    found = 0
    for cuts in product([False, True], repeat=len(run) - 1):
        pieces, piece = [], run[0]
        for cut, digit in zip(cuts, run[1:], strict=True):
            if cut:
                pieces.append(piece)
                piece = ""
            piece += digit
        pieces.append(piece)
        if len(pieces) == size and all(part == "0" or part[0] != "0" for part in pieces):
            found += sum(map(int, pieces[:-1])) == int(pieces[-1])
    return found


@pytest.mark.parametrize("seed", range(60))
def test_counting_agrees_with_trying_every_cut(seed):
    rng = Random(seed)
    parts = [rng.choice((0, 0, 1, 3, 12, 21, 110)) for _ in range(3)]
    run = "".join(map(str, [*parts, sum(parts)]))
    assert ways(run, (4,)) == min(2, _all_ways(run, 4))


def test_rows_of_zeros_are_sure_and_free_rows_are_not():
    report = make(Random(4), form="2019", volume=3.0)
    doubtful = render(report, "figures_run_together", Random(1)).unreadable
    rows: dict[str, list[int]] = {}
    for name, cell in report.cells():
        if name.startswith("requests/"):
            rows.setdefault(name.partition(":")[0], []).append(int(cell.value or 0))
    assert not [row for row, figures in rows.items() if not any(figures) and f"{row}:total" in doubtful]
    assert doubtful
