"""The calendar of due days, and the feed that a person's own calendar reads."""

from datetime import date, timedelta

import icalendar
import pytest
from django.utils import timezone

from gongkai.agencies.models import Role
from gongkai.audit.models import Entry
from gongkai.requests.models import Feed, Request

DUE = date(2026, 3, 30)


@pytest.fixture
def officer(world, client):
    world.received(date(2026, 3, 2))
    client.force_login(world.person(Role.OFFICER))
    return client


def marks(client, query):
    """What falls due on each day of the month shown: colour and count."""
    response = client.get(f"/desk/calendar/{query}")
    assert response.status_code == 200
    days = [day for week in response.context["weeks"] for day in week]
    return {day.day: [(mark.colour, mark.count) for mark in day.marks] for day in days if day.marks}


def marked(client, query):
    """The marks of the first day that has any."""
    weeks = client.get(f"/desk/calendar/{query}").context["weeks"]
    return next(day.marks for week in weeks for day in week if day.marks)


def test_a_request_stands_on_its_last_day_and_opens_its_list(officer):
    assert marks(officer, "?month=2026-03") == {DUE: [("late", 1)]}
    [mark] = marked(officer, "?month=2026-03")
    assert [row.request.number for row in officer.get(mark.address).context["rows"]] == ["HRSS-2026-0001"]


@pytest.mark.parametrize(("state", "colour"), [("running", "in_time"), ("consulting", "waiting")])
def test_each_state_has_its_colour_and_its_list(officer, state, colour):
    due = timezone.localdate() + timedelta(40)
    Request.objects.update(state=state, due=due, waits_until=None)
    assert marks(officer, f"?month={due:%Y-%m}") == {due: [(colour, 1)]}
    [mark] = marked(officer, f"?month={due:%Y-%m}")
    assert len(officer.get(mark.address).context["rows"]) == 1


def test_days_of_rest_are_those_of_the_notices(officer):
    weeks = officer.get("/desk/calendar/?month=2026-02").context["weeks"]
    rests = {day.day for week in weeks for day in week if not day.is_working}
    assert date(2026, 2, 17) in rests, "Spring Festival, a Tuesday"
    assert date(2026, 2, 28) not in rests, "a Saturday that is worked"


@pytest.mark.parametrize("month", ["2026-13", "x", "0000-01", "99999-1", "2026", "２０２６-01", "-"])
def test_a_month_that_there_is_not_gives_a_message_and_this_month(officer, month):
    response = officer.get("/desk/calendar/", {"month": month})
    assert response.status_code == 200
    assert response.context["first"] == timezone.localdate().replace(day=1)
    assert "2026-12" in response.content.decode()


def test_the_last_month_of_all_has_a_page(officer):
    assert officer.get("/desk/calendar/?month=2100-12").status_code == 200


def test_the_calendar_asks_a_fixed_number_of_questions(world, officer, django_assert_max_num_queries):
    for _ in range(20):
        world.received(timezone.localdate())
    with django_assert_max_num_queries(12):
        officer.get("/desk/calendar/")


class TestFeed:
    def opened(self, client):
        """The address of the feed, as the page shows it once."""
        return client.post("/desk/calendar/feed/", {"do": "open"}, follow=True).context["feed_address"]

    def read(self, client, address):
        client.logout()
        return client.get(address)

    def test_it_tells_of_due_days_and_of_no_person(self, officer):
        address = self.opened(officer)
        assert officer.get("/desk/calendar/").context["feed_address"] == "", "shown once"
        content = self.read(officer, address).content
        [event] = icalendar.Calendar.from_ical(content).walk("VEVENT")
        assert event.decoded("dtstart") == DUE
        assert "HRSS-2026-0001" in str(event["summary"])
        assert not any(word in content.decode() for word in ("赵", "征收", "138"))

    def test_the_token_is_stored_nowhere(self, officer):
        token = self.opened(officer).rsplit("/", 1)[1].removesuffix(".ics")
        assert token not in str(Feed.objects.values().get())

    def test_a_new_address_ends_the_old_one(self, officer, world):
        old = self.opened(officer)
        new = self.opened(officer)
        assert (officer.get(old).status_code, officer.get(new).status_code) == (404, 200)

    def test_a_closed_feed_is_gone_and_all_of_it_is_logged(self, officer):
        address = self.opened(officer)
        officer.post("/desk/calendar/feed/", {"do": "close"})
        assert self.read(officer, address).status_code == 404
        assert list(
            Entry.objects.filter(action__startswith="feed.").order_by("number").values_list("action", flat=True)
        ) == ["feed.opened", "feed.closed"]

    def test_who_has_left_reads_nothing_any_more(self, officer, world):
        address = self.opened(officer)
        world.person(Role.OFFICER).appointments.update(until=timezone.localdate() - timedelta(1))
        assert self.read(officer, address).status_code == 404

    def test_it_shows_nothing_of_another_agency(self, world, client):
        world.received(date(2026, 3, 2))
        client.force_login(world.person(Role.OFFICER, world.office))
        assert b"VEVENT" not in self.read(client, self.opened(client)).content

    @pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "é"])
    def test_a_guess_is_not_found(self, db, client, token):
        assert client.get(f"/desk/calendar/{token}.ics").status_code == 404
