"""What is derived can always be derived again; a new notice of holidays moves the days that it moves, and says so."""

from datetime import date

import pytest

from gongkai.agencies import calendars
from gongkai.agencies.models import HolidayNotice
from gongkai.requests import rebuilding
from gongkai.requests.models import Request
from tests.platform_world import at

DAY = date(2026, 3, 2)
TODAY = date(2026, 3, 31)
NOTICE = """
title = "关于调整放假安排的通知（虚构）"
document = ""
confirmed = true
rest = [{ festival = "虚构", from = 2026-03-20, to = 2026-03-20 }]
work = []
"""


def test_what_was_changed_behind_our_back_is_found_and_put_right(world, does, monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    requests = [world.received(DAY) for _ in range(5)]
    Request.objects.filter(pk=requests[3].pk).update(due=date(2026, 4, 1), cell="granted")
    found = list(rebuilding.rebuild(TODAY, write=False))
    assert {(one.number, one.column, one.derived) for one in found} == {
        ("HRSS-2026-0004", "due", date(2026, 3, 30)),
        ("HRSS-2026-0004", "cell", ""),
    }
    assert len(list(rebuilding.rebuild(TODAY, write=True))) == 2
    assert list(rebuilding.rebuild(TODAY, write=False)) == []
    assert Request.objects.get(pk=requests[3].pk).due == date(2026, 3, 30)


def test_memory_and_queries_grow_with_batches_not_with_requests(world, django_assert_num_queries):
    for _ in range(6):
        world.received(DAY)
    list(rebuilding.rebuild(TODAY, write=False))
    with django_assert_num_queries(3):  # requests, their events, and the empty end
        assert list(rebuilding.rebuild(TODAY, write=False)) == []


@pytest.fixture
def notices():
    """Forgets the notices of a test when it is over."""
    calendars.forget()
    yield
    calendars.forget()


def test_a_new_notice_moves_the_due_days_of_open_requests_and_says_which(world, does, notices):
    still, done = world.received(DAY), world.received(DAY)
    does.answered(done, date(2026, 3, 9))
    HolidayNotice.objects.create(name="虚构", text=NOTICE, loaded_at=at(DAY))
    calendars.forget()
    [moved] = rebuilding.rederive_open()
    assert (moved.request, moved.before, moved.after) == (still.pk, date(2026, 3, 30), date(2026, 3, 31))
    assert Request.objects.get(pk=still.pk).due == date(2026, 3, 31)
    assert list(rebuilding.rederive_open()) == []
