"""A notice of holidays that came after the release: checked, shown, loaded, and everything reckoned anew."""

from datetime import date

import pytest

from gongkai.agencies.actions import load_notice
from gongkai.agencies.actions.load_notice import LoadNotice, Moved, days_changed, read
from gongkai.agencies.calendars import calendar_of, forget
from gongkai.agencies.models import HolidayNotice, Role
from gongkai.agencies.refusals import NotAllowed, Refused
from gongkai.audit.models import Entry
from tests.platform_world import at

DAY = date(2026, 3, 2)
NOTICE = """
title = "青禾市人民政府关于某日放假的通知"
region = "棠湾区"
document = "青府发〔2026〕某号"
confirmed = true
rest = [{ festival = "某节", from = 2026-03-12, to = 2026-03-13 }]
work = [2026-03-14]
"""


@pytest.fixture(autouse=True)
def fresh_calendars():
    forget()
    yield
    forget()


@pytest.fixture
def admin(world):
    return world.actor(Role.SYSTEM_ADMIN, world.government)


def loaded(admin, text=NOTICE, title="某日放假"):
    return LoadNotice(actor=admin, title=title, text=text).run(at(DAY))


def test_a_notice_shows_its_days_before_it_holds(db):
    changed = days_changed(read(NOTICE, "某日放假"))
    assert [(change.day.day, change.is_worked) for change in changed] == [(12, False), (13, False), (14, True)]
    assert HolidayNotice.objects.count() == 0


def test_a_loaded_notice_holds_at_once_and_in_its_region_alone(admin):
    assert calendar_of("棠湾区").is_working(date(2026, 3, 12))
    loaded(admin)
    assert not calendar_of("棠湾区").is_working(date(2026, 3, 12))
    assert calendar_of("").is_working(date(2026, 3, 12))
    assert Entry.objects.get(action="admin.load_notice").staff == admin.staff


def test_rooms_above_reckon_anew_and_tell_what_moved(admin, monkeypatch):
    seen = []

    def follow(notice, now):
        seen.append(calendar_of(notice.region).is_working(date(2026, 3, 12)))
        yield Moved("HRSS-2026-0001", date(2026, 3, 30), date(2026, 3, 31))

    monkeypatch.setattr(load_notice, "AFTER_LOADING", [follow])
    assert [moved.number for moved in loaded(admin).moved] == ["HRSS-2026-0001"]
    assert seen == [False]


def test_the_due_days_of_open_requests_move_with_it(world, admin):
    request = world.received(DAY)
    loaded_now = loaded(admin, NOTICE.replace('region = "棠湾区"', "").replace("work = [2026-03-14]", "work = []"))
    [moved] = loaded_now.moved
    assert (moved.number, moved.before, moved.after) == (request.number, date(2026, 3, 30), date(2026, 4, 1))
    request.refresh_from_db()
    assert request.due == moved.after


def test_where_reckoning_fails_the_notice_does_not_hold(admin, monkeypatch):
    def fails(notice, now):
        raise RuntimeError

    monkeypatch.setattr(load_notice, "AFTER_LOADING", [fails])
    with pytest.raises(RuntimeError):
        loaded(admin)
    assert HolidayNotice.objects.count() == 0 and Entry.objects.count() == 0
    assert calendar_of("棠湾区").is_working(date(2026, 3, 12))


@pytest.mark.parametrize(
    "text",
    ["", "no = [", 'title = "x"', NOTICE.replace("03-14", "03-16"), NOTICE.replace("2026", "2199"), "\x00", NOTICE * 2],
)
def test_what_is_no_notice_is_refused_in_words_and_changes_nothing(admin, text):
    with pytest.raises(Refused) as refused:
        loaded(admin, text)
    assert refused.value.field == "text" and str(refused.value)
    assert HolidayNotice.objects.count() == 0


def test_a_notice_is_loaded_once(admin):
    loaded(admin)
    with pytest.raises(Refused):
        loaded(admin)


def test_nobody_but_the_system_administrator_loads_notices(world):
    with pytest.raises(NotAllowed):
        loaded(world.actor(Role.OFFICER))
