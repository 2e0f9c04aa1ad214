"""Working days: every day as the notices have it, a due day as a walk finds it, provisional wherever it may move."""

from __future__ import annotations

import re
from datetime import date, timedelta

import holidays
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.errors import NotCovered
from gongkai.law.notices import BrokenNotice, Notice, load, shipped
from gongkai.law.workdays import calendar, load_outlook
from gongkai.loading import BrokenFile
from tests.law import walk

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
EVERY_DAY = [FIRST + timedelta(day) for day in range((LAST - FIRST).days + 1)]
SETTLED = st.dates(FIRST, date(2026, 9, 1))


def test_every_day_of_2004_to_2026_is_as_chinesecalendar_has_it():
    assert [day for day in EVERY_DAY if calendar().is_working(day) != walk.works(day)] == []


def test_every_day_of_2004_to_2026_is_as_holidays_has_it():
    theirs = holidays.country_holidays("CN", years=range(2003, 2028))
    assert [day for day in EVERY_DAY if calendar().is_working(day) != theirs.is_working_day(day)] == []


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        # counted by hand on the notices: receipt, working days, last day
        ("2020-01-20", 7, "2020-02-06"),
        ("2020-01-20", 15, "2020-02-18"),
        ("2020-01-20", 20, "2020-02-25"),
        ("2020-01-20", 40, "2020-03-24"),
        ("2025-01-22", 7, "2025-02-07"),
        ("2025-01-22", 15, "2025-02-18"),
        ("2025-01-22", 20, "2025-02-25"),
        ("2025-01-22", 40, "2025-03-25"),
        ("2025-09-24", 7, "2025-10-10"),
        ("2025-09-24", 15, "2025-10-21"),
        ("2025-09-24", 20, "2025-10-28"),
        ("2025-09-24", 40, "2025-11-25"),
        ("2025-12-31", 7, "2026-01-12"),
        ("2025-12-31", 15, "2026-01-22"),
        ("2025-12-31", 20, "2026-01-29"),
        ("2025-12-31", 40, "2026-03-04"),
        ("2026-02-10", 7, "2026-02-26"),
        ("2026-02-10", 15, "2026-03-09"),
        ("2026-02-10", 20, "2026-03-16"),
        ("2026-02-10", 40, "2026-04-14"),
        ("2026-09-15", 7, "2026-09-23"),
        ("2026-09-15", 15, "2026-10-12"),
        ("2026-09-15", 20, "2026-10-19"),
        ("2026-09-15", 40, "2026-11-16"),
    ],
)
def test_the_worked_examples(received, days, due):
    found = calendar().add(date.fromisoformat(received), days)
    assert (found.day.isoformat(), found.provisional) == (due, False)
    assert calendar().count(date.fromisoformat(received), found.day) == days


@given(SETTLED, st.integers(1, 60))
def test_a_due_day_is_where_a_walk_arrives(day, count):
    assert calendar().add(day, count).day == walk.after(day, count)


@given(st.lists(st.tuples(SETTLED, st.integers(1, 60)), max_size=30))
def test_many_at_once_are_the_same_as_one_by_one(cases):
    days = np.array([day for day, _ in cases], dtype="datetime64[D]")
    counts = np.array([count for _, count in cases], dtype=np.int64)
    due, provisional = calendar().add_array(days, counts)
    assert list(zip(due.tolist(), provisional.tolist(), strict=True)) == [calendar().add(*case) for case in cases]


@given(SETTLED, st.integers(1, 40), st.dates(FIRST, LAST))
def test_another_day_off_never_makes_a_due_day_earlier(day, count, off):
    more = calendar().with_notices(Notice("made up", "made up", (off,), ()))
    assert more.add(day, count).day >= calendar().add(day, count).day


class TestProvisional:
    def test_a_year_without_a_notice_is_provisional_and_so_is_every_day_computed_through_it(self):
        assert calendar().last_settled_year == 2026
        assert calendar().add(date(2026, 11, 20), 20) == (date(2026, 12, 18), False)
        assert calendar().add(date(2026, 12, 10), 20).provisional
        assert calendar().add(date(2027, 3, 1), 1).provisional

    def test_so_are_the_last_days_of_the_last_year_for_the_next_notice_may_change_them(self):
        assert not calendar().is_provisional(date(2026, 12, 24))
        assert calendar().is_provisional(date(2026, 12, 31))

    def test_every_notice_so_far_began_within_those_last_days(self):
        for notice in shipped():
            if notice.year is not None:
                earliest = min(*notice.rest, *notice.work)
                assert earliest >= date(notice.year - 1, *calendar().outlook.reaches_back_to)

    def test_the_next_notice_settles_the_year(self):
        work = (date(2027, 2, 14),)
        notice = Notice("2027", "made up", (date(2027, 1, 1),), work, year=2027)
        settled = calendar().with_notices(notice)
        assert settled.add(date(2026, 12, 10), 20) == (date(2027, 1, 8), False)
        assert settled.is_working(date(2027, 2, 14))
        assert calendar().add(date(2026, 12, 10), 20).provisional  # the first one is as it was

    def test_beyond_what_is_known_there_is_no_day_but_an_error(self):
        with pytest.raises(NotCovered, match="2037"):
            calendar().add(date(2036, 12, 20), 20)
        with pytest.raises(NotCovered, match="2003") as raised:
            calendar().add(date(2003, 12, 31), 5)
        assert "2003" in raised.value.message_en
        with pytest.raises(NotCovered, match="1999"):
            calendar().add_array(np.array(["2020-01-01", "1999-01-01"], dtype="datetime64[D]"), 20)
        with pytest.raises(NotCovered, match="2037"):
            calendar().add_array(np.array(["2036-12-20"], dtype="datetime64[D]"), 20)


class TestNotices:
    def test_an_emergency_notice_overrides_the_years_and_says_so(self):
        saturday = date(2020, 2, 1)
        assert not calendar().is_working(saturday)  # worked by the first notice, off by the second
        assert calendar().is_working(date(2020, 1, 19))
        why = calendar().why(date(2020, 1, 31))
        assert why is not None
        assert why.document == "国办发明电〔2020〕1号"

    def test_before_the_prolongation_the_days_were_others(self):
        first = calendar().add(date(2020, 1, 20), 7)
        without = [notice for notice in shipped() if notice.name.rpartition("/")[2] != "2020-spring-festival.toml"]
        known_then = type(calendar())(without, calendar().outlook)
        assert (known_then.add(date(2020, 1, 20), 7).day, first.day) == (date(2020, 2, 4), date(2020, 2, 6))

    def test_a_regions_own_holiday_counts_only_there(self):
        text = """
            title = "某自治区关于地方节日放假的通知（自造）"
            region = "某自治区"
            confirmed = true
            rest = [{ festival = "地方节日", from = 2026-04-20, to = 2026-04-21 }]
            work = []
        """
        there = calendar().with_notices(load(text, "region.toml"))
        assert there.add(date(2026, 4, 17), 1).day == date(2026, 4, 22)
        assert calendar().add(date(2026, 4, 17), 1).day == date(2026, 4, 20)

    def test_every_year_has_its_notice_and_its_number_or_is_marked_unconfirmed(self):
        years = {notice.year: notice for notice in shipped() if notice.year is not None}
        assert sorted(years) == list(range(2004, 2027))
        for notice in shipped():
            assert notice.document or not notice.confirmed
        assert [year for year, notice in years.items() if not notice.confirmed] == [2004, 2005]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("title = 1", "title: must be words"),
            ('title = "t"\nconfirmed = true\nrest = []', "2027.toml: work is missing"),
            ('title = "t"\nconfirmed = true\nrest = []\nwork = [2026-03-02]', "work[0]: 2 March 2026 is no weekend"),
            (
                'title = "t"\nconfirmed = true\nwork = []\n'
                'rest = [{ festival = "f", from = 2026-03-05, to = 2026-03-02 }]',
                "rest[0]: from 5 March 2026 to 2 March 2026 is no stretch",
            ),
            (
                'title = "t"\nconfirmed = true\nwork = [2026-03-07]\n'
                'rest = [{ festival = "f", from = 2026-03-07, to = 2026-03-07 }]',
                "work: 7 March 2026 is named as a day off too",
            ),
            ('title = "t"\nconfirmed = true\nrest = []\nwork = ["soon"]', "work[0]: must be a day"),
            ('title = "t"\nconfirmed = 1\nrest = []\nwork = []', "confirmed: must be true or false"),
            ('title = "t"\nname = "n"', "name: unknown; known are title, "),
            (
                'title = "t"\nconfirmed = true\nwork = []\n'
                'rest = [{ festival = "f", from = 2026-03-05T09:00:00, to = 2026-03-06 }]',
                "rest[0].from: must be a day",
            ),
            ("title = ", "not valid TOML"),
            ('title = "t"\nyear = = 2027\n', "line 2, column 8: not valid TOML"),
        ],
    )
    def test_a_broken_notice_is_one_clear_error(self, text, said):
        with pytest.raises(BrokenNotice) as raised:
            load(text, "2027.toml")
        assert str(raised.value).startswith("2027.toml: ")
        assert said in str(raised.value)
        chinese = raised.value.said.zh
        assert re.search("[一-鿿]", chinese)
        assert not re.search("(?i)must|missing|known are|value|expected|notice|valid", chinese)

    def test_a_mistake_in_toml_is_found_by_line_and_column(self):
        with pytest.raises(BrokenNotice) as raised:
            load('title = "t"\nyear = = 2027\n', "2027.toml")
        assert raised.value.said.zh.startswith("第 2 行第 8 列写法有误")


def test_a_period_in_plain_days_that_ends_on_a_day_off_ends_on_the_next_working_day():
    assert calendar().add_calendar_days(date(2026, 2, 6), 10) == (date(2026, 2, 24), False)  # 2026-02-16 is 除夕
    assert calendar().add_calendar_days(date(2026, 3, 2), 60) == (date(2026, 5, 6), False)  # 2026-05-01


def test_a_count_below_one_is_no_period():
    with pytest.raises(ValueError, match="at least 1"):
        calendar().add(date(2026, 3, 2), 0)
    with pytest.raises(ValueError, match="at least 1"):
        calendar().add_array(np.array(["2026-03-02"], dtype="datetime64[D]"), 0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("first_year = 2004", "next_notice_reaches_back_to is missing"),
        ('first_year = 2004\nnext_notice_reaches_back_to = "year end"\nyears = []', "must be a month and day"),
        (
            'first_year = 2004\nnext_notice_reaches_back_to = "12-25"\nyears = [{ year = 2027, rest = [2026-01-01] }]',
            "years[0]: 2026-01-01 is no day of 2027",
        ),
    ],
)
def test_a_broken_outlook_is_one_clear_error(text, said):
    with pytest.raises(BrokenFile, match=r"calendar\.toml") as raised:
        load_outlook(text, "calendar.toml")
    assert said in str(raised.value)
