"""Cases as in a law book (situations/*.yaml): what happened, and what the law makes of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from gongkai.law.clock import explain
from gongkai.law.errors import Contradiction, LawError, NotCovered, NotLawful
from gongkai.law.events import read
from tests.law import walk

FOLDER = Path(__file__).parent / "situations"
REFUSALS: dict[str, type[LawError]] = {"refused": NotLawful, "contradicts": Contradiction, "not_covered": NotCovered}


def _cases() -> list[Any]:
    found = []
    for file in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(file.read_text(encoding="utf-8")):
            found.append(pytest.param(case, id=f"{file.stem}: {case['case']}"))
    return found


CASES = _cases()


@pytest.mark.parametrize("case", CASES)
def test_situation(case):
    log = read({"events": case["events"], "channel": case.get("channel", "")})
    expected = case["expect"]
    refusal = next((key for key in REFUSALS if key in expected), None)
    if refusal is not None:
        with pytest.raises(REFUSALS[refusal]) as raised:
            explain(log, case["today"])
        said = raised.value.basis if isinstance(raised.value, NotLawful) else raised.value.message
        assert expected[refusal] in said
        assert raised.value.message_en
        return
    found = explain(log, case["today"])
    told = {
        "due": found.due,
        "received": found.received,
        "used": found.used,
        "left": found.left,
        "state": found.state,
        "provisional": found.provisional,
        "answered": found.answered,
    }
    looked_at = {key: value for key, value in expected.items() if key in told}
    assert {key: told[key] for key in looked_at} == looked_at
    if "because" in expected:
        assert any(expected["because"] in doubt.zh for doubt in found.doubts)
    if "remark" in expected:
        assert any(expected["remark"] in remark.zh for remark in found.remarks)
    assert {*expected} <= {*told, "because", "remark"}, "a situation expects something that is not looked at"


def test_a_day_by_day_walk_finds_the_same_last_days():
    compared = 0
    for param in CASES:
        case: dict[str, Any] = param.values[0]
        due = case["expect"].get("due")
        if due is None or due > date(2026, 12, 24) or any("corrected" in event for event in case["events"]):
            continue
        assert (case["case"], walk.due(case["events"], case.get("channel", ""))) == (case["case"], due)
        compared += 1
    assert compared > len(CASES) / 2


def test_the_themes_are_all_there():
    assert {file.stem for file in FOLDER.glob("*.yaml")} >= {
        "worked_examples",
        "receipt",
        "supplement",
        "consultation",
        "extension",
        "fees",
        "delivery",
        "reasons",
        "regulation_2007",
        "year_ends",
        "holidays",
        "emergency",
        "out_of_order",
    }
