"""A finding as people and programs get it."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.finding import Finding, Severity, Where, plain

FINDING = Finding(
    code="T3-1",
    severity=Severity.ERROR,
    message="自然人一列不平：7＋1≠6＋1",
    message_en="Natural persons do not balance: 7 + 1 is not 6 + 1",
    cells=("requests/received:natural_person", "requests/total:natural_person"),
    expected=8,
    actual=7,
    basis="国办公开办函〔2021〕30号",
    where=Where(page=4, line=12),
    source="年报.pdf",
)


def test_its_json_has_the_names_of_the_vocabulary() -> None:
    assert FINDING.to_json() == {
        "code": "T3-1",
        "severity": "error",
        "message": "自然人一列不平：7＋1≠6＋1",
        "cells": ["requests/received:natural_person", "requests/total:natural_person"],
        "expected": 8,
        "actual": 7,
        "basis": "国办公开办函〔2021〕30号",
        "where": {"page": 4, "line": 12},
        "source": "年报.pdf",
    }


def test_its_message_is_in_the_language_asked_for() -> None:
    assert FINDING.to_json("en")["message"] == "Natural persons do not balance: 7 + 1 is not 6 + 1"


def test_details_do_not_make_two_findings_of_one() -> None:
    other = Finding("X-8", Severity.WARNING, "相似", "similar", details={"share": 0.91})
    assert other == Finding("X-8", Severity.WARNING, "相似", "similar")
    assert len({other, Finding("X-8", Severity.WARNING, "相似", "similar")}) == 1


@pytest.mark.parametrize(
    ("where", "chinese", "english"),
    [
        (Where(page=4, line=12), "第 4 页第 12 行", "page 4, line 12"),
        (Where(line=12), "第 12 行", "line 12"),
        (Where(page=4, element="table[2]"), "第 4 页，第 2 张表", "page 4, table 2"),
        (Where(element="table[2]/row[5]/cell[3]"), "第 2 张表第 5 行第 3 格", "table 2, row 5, cell 3"),
        (Where(element="p[7]"), "第 7 段", "paragraph 7"),
        (Where(element="Sheet1!B5"), "Sheet1!B5", "Sheet1!B5"),
        (Where(line=12, element="table[2]"), "第 2 张表", "table 2"),
        (Where(), "", ""),
    ],
)
def test_a_place_is_named_in_words(where: Where, chinese: str, english: str) -> None:
    assert (where.words(), where.words("en")) == (chinese, english)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3, 3),
        (Decimal(251000), 251000),
        (Decimal("2.50E+3"), 2500),
        (Decimal("18.8710"), 18.871),
        (Decimal(-1), -1),
        ("约 3 件", "约 3 件"),
        (None, None),
    ],
)
def test_a_figure_is_shown_plainly(value: int | Decimal | str | None, shown: object) -> None:
    assert plain(value) == shown
    assert type(plain(value)) is type(shown)


@given(st.decimals(min_value=-(10**10), max_value=10**10, places=4))
def test_an_amount_loses_nothing_on_its_way_to_json(amount: Decimal) -> None:
    written = json.loads(json.dumps(plain(amount)), parse_float=Decimal)
    assert Decimal(written) == amount
