"""The benchmark runner: what counts as met, and that one failure neither stops the others nor goes unsaid."""

from __future__ import annotations

import json
import platform
import sys
from pathlib import Path
from types import ModuleType

import pytest
from rich.console import Console

from benchmarks import Row, __main__


@pytest.mark.parametrize(
    ("row", "ratio", "aim", "met"),
    [
        (Row("time per page", 4.0, "ms", "bare text", 2.0, at_most=2), 2.0, "≤ 2×", True),
        (Row("time per page", 4.1, "ms", "bare text", 2.0, at_most=2), 2.05, "≤ 2×", False),
        (Row("cells read", 99.2, "%", at_least=99), None, "≥ 99 %", True),
        (Row("wrong cells", 1, "", at_most=0), None, "≤ 0", False),
        (Row("memory", 120, "MB"), None, "", None),
        (Row("speed", 3, "pages/s", "other", 0.0, at_least=1), None, "≥ 1×", False),
        (Row("share", 96, "%", at_least=95, at_most=100), None, "≥ 95 %, ≤ 100 %", True),
    ],
)
def test_the_aim_is_for_the_ratio_where_there_is_a_yardstick(
    row: Row, ratio: float | None, aim: str, met: bool | None
) -> None:
    assert (row.ratio if ratio is None else pytest.approx(row.ratio)) == ratio
    assert (row.aim, row.met) == (aim, met)


@pytest.fixture
def two_benchmarks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fails() -> list[Row]:
        raise OSError("no such file")

    for name, run in (("good", lambda: [Row("cells", 1.0, "%", at_least=99)]), ("bad", fails)):
        module = ModuleType(f"benchmarks.{name}")
        module.run = run  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(__main__, "names", lambda: ["bad", "good"])
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("two_benchmarks")
def test_one_that_fails_is_named_and_the_others_are_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main([]) == 1
    assert "Failed: bad" in capsys.readouterr().out
    written = json.loads(__main__.RESULTS.read_text("utf-8"))
    assert [(row["benchmark"], row["figure"], row["met"]) for row in written["rows"]] == [("good", "cells", False)]


@pytest.mark.usefixtures("two_benchmarks")
def test_one_may_be_chosen_and_an_aim_that_is_missed_is_no_failure() -> None:
    assert __main__.main(["good"]) == 0


@pytest.mark.usefixtures("two_benchmarks")
def test_an_unknown_benchmark_is_named_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(["god"]) == 1
    assert "god（有 known: bad, good）" in capsys.readouterr().out


def test_the_machine_is_described_without_its_name() -> None:
    facts = __main__.machine()
    assert facts["cores"] >= 1
    assert facts["libraries"]["numpy"]
    assert platform.node() not in json.dumps(facts).split('"')


def test_the_table_shows_figure_yardstick_ratio_and_aim() -> None:
    console = Console(width=160, record=True)
    console.print(__main__.table({"pdf": [Row("time per page", 4.0, "ms", "bare text", 2.0, at_most=2)]}))
    line = next(line for line in console.export_text().splitlines() if "time per page" in line)
    assert [part.strip() for part in line.strip("│").split("│")] == [
        "pdf: time per page",
        "4 ms",
        "bare text: 2 ms",
        "2.00×",
        "≤ 2×",
        "✓",
    ]
