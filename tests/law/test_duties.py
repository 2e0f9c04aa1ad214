"""What must be published, by whom, within how long."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.duties import KINDS, LEVELS, duties_of, everything, publish_by, report_by
from gongkai.law.errors import NotCovered
from gongkai.law.workdays import calendar

DAY = date(2026, 3, 2)


def test_everybody_publishes_the_fifteen_items_of_article_20():
    for level in LEVELS:
        for kind in KINDS:
            articles = [duty.basis.article for duty in duties_of(level, kind, DAY) if "二十条" in duty.basis.article]
            assert len(articles) == len(set(articles)) == 15


@pytest.mark.parametrize(
    ("level", "kind", "more"),
    [
        ("nation", "department", 0),
        ("province", "government", 0),
        ("city", "government", 7),
        ("city", "department", 7),
        ("county", "department", 7),
        ("township", "government", 8),
    ],
)
def test_article_21_adds_by_level(level, kind, more):
    assert len(duties_of(level, kind, DAY)) == 15 + more


def test_no_duty_has_the_key_of_another():
    keys = [duty.key for duty in everything().duties]
    assert len(keys) == len(set(keys))


def test_information_is_published_within_20_working_days():
    assert publish_by(date(2026, 2, 10), calendar()) == (date(2026, 3, 16), False)


def test_a_law_may_set_another_limit():
    assert publish_by(date(2026, 3, 2), calendar(), "department_budgets").day == date(2026, 3, 23)  # 3月22日是星期日
    assert publish_by(date(2026, 3, 2), calendar(), "interpretation").day == date(2026, 3, 5)
    with pytest.raises(NotCovered):
        publish_by(date(2026, 3, 2), calendar(), "nothing")


@pytest.mark.parametrize(
    ("kind", "year", "due"),
    [
        ("department", 2025, "2026-01-31"),
        ("government", 2025, "2026-03-31"),
        ("department", 2018, "2019-03-31"),
        ("department", 2019, "2020-01-31"),
        ("government", 2008, "2009-03-31"),
    ],
)
def test_the_annual_report_is_due_as_the_law_of_the_day_has_it(kind, year, due):
    assert report_by(kind, year) == date.fromisoformat(due)


def test_there_was_no_report_to_publish_before_the_regulation():
    with pytest.raises(NotCovered):
        report_by("department", 2006)


def test_a_level_that_is_none_is_an_error():
    with pytest.raises(ValueError, match="village"):
        duties_of("village", "government", DAY)


def test_the_26_fields_and_the_columns_of_their_catalogues():
    assert len({field.key for field in everything().fields}) == 26
    assert [column.key for column in everything().columns] == [
        "number",
        "item_level1",
        "item_level2",
        "content_elements",
        "basis",
        "time_limit",
        "publisher",
        "channels",
        "audience",
        "mode",
        "level",
    ]
