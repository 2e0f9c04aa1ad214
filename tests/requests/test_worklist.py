"""The work list: what must be done now, of one's own agency, by when; the same number of queries for any number."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.agencies.actors import actor_of
from gongkai.agencies.calendars import calendar_of
from gongkai.agencies.models import Role
from gongkai.requests.models import Request
from gongkai.requests.selectors.worklist import work
from tests.requests.doing import Doing

RECEIVED = date(2026, 3, 2)  # due on 30 March


def groups(world, today, role=Role.OFFICER, agency=None, **given):
    """The numbers of the requests in each group, as that person sees them on that day."""
    found = work(world.actor(role, agency, today), today, calendar_of(), **given)
    return {name: [request.number for request in rows] for name, rows in found.groups.items()}


@pytest.mark.parametrize(
    ("today", "group"),
    [
        (date(2026, 3, 31), "overdue"),
        (date(2026, 3, 30), "today"),
        (date(2026, 3, 27), "soon"),
        (date(2026, 3, 25), "soon"),
        (date(2026, 3, 24), "later"),
        (date(2026, 3, 3), "later"),
    ],
)
def test_a_request_stands_in_the_group_of_its_last_day(world, today, group):
    world.received(RECEIVED)
    assert groups(world, today) == {group: ["HRSS-2026-0001"]}


def test_what_is_due_this_week_but_not_within_three_days_stands_in_its_own_group(world):
    Request.objects.filter(pk=world.received(RECEIVED).pk).update(due=date(2026, 3, 27))
    assert groups(world, date(2026, 3, 23)) == {"week": ["HRSS-2026-0001"]}


def test_what_arrived_and_was_not_confirmed_stands_apart(world):
    world.filed(RECEIVED, Request.Channel.ONLINE)
    assert groups(world, RECEIVED) == {"unconfirmed": ["HRSS-2026-0001"]}


@pytest.mark.parametrize(
    ("state", "waits_until", "group"),
    [
        ("awaiting_supplement", date(2026, 3, 10), "waiting"),
        ("awaiting_supplement", None, "waiting"),
        ("awaiting_supplement", date(2026, 3, 9), "lapsed"),
        ("consulting", date(2026, 3, 10), "waiting"),
        ("consulting", date(2026, 3, 9), "today"),
    ],
)
def test_who_is_awaited_is_awaited_until_his_last_day_and_no_longer(world, state, waits_until, group):
    request = world.received(RECEIVED)
    Request.objects.filter(pk=request.pk).update(state=state, waits_until=waits_until, due=date(2026, 3, 10))
    assert groups(world, date(2026, 3, 10)) == {group: ["HRSS-2026-0001"]}


def test_drafts_wait_for_the_reviewer_and_for_nobody_else(world):
    request = world.received(RECEIVED)
    Request.objects.filter(pk=request.pk).update(stage="drafted")
    assert groups(world, RECEIVED, Role.REVIEWER)["mine"] == [request.number]
    assert "mine" not in groups(world, RECEIVED, Role.OFFICER)
    own = request.decisions.create(
        version=1, outcome="granted.provided", drafted_by=world.person(Role.REVIEWER), drafted=RECEIVED
    )
    assert "mine" not in groups(world, RECEIVED, Role.REVIEWER), "nobody reviews his own draft"
    assert own.stage == "drafted"


def test_a_proposed_extension_waits_for_the_head_of_the_lead_office(world):
    request = world.received(RECEIVED)
    Request.objects.filter(pk=request.pk).update(extension_proposed=RECEIVED)
    assert groups(world, RECEIVED, Role.LEAD_HEAD)["mine"] == [request.number]
    assert "mine" not in groups(world, request.due + timedelta(1), Role.LEAD_HEAD), "too late to tell the applicant"


def test_nobody_sees_another_agencys_requests(world):
    world.received(RECEIVED)
    assert groups(world, RECEIVED, Role.OFFICER, world.office) == {}
    assert groups(world, RECEIVED, Role.AUDIT_ADMIN) == {}
    assert groups(world, RECEIVED, Role.SUPERVISOR, world.office) == {"later": ["HRSS-2026-0001"]}


def test_one_group_is_turned_page_by_page_and_nothing_is_shown_twice(world, monkeypatch):
    monkeypatch.setattr("gongkai.requests.selectors.worklist.ROWS", 2)
    for _ in range(3):
        world.received(RECEIVED)
    first = groups(world, RECEIVED, group="later")["later"]
    second = groups(world, RECEIVED, group="later", start=2)["later"]
    assert (len(first), len(second), len({*first, *second})) == (2, 1, 3)


@pytest.fixture
def officer(world, client):
    client.force_login(world.person(Role.OFFICER))
    return client


def test_the_page_says_in_words_what_is_shown_and_masks_names(world, officer):
    today = timezone.localdate()
    world.received(today)
    page = officer.get("/desk/").content.decode()
    assert "某地块征收公告" in page
    assert "赵＊＊" in page
    assert "赵某某" not in page


def test_an_empty_list_says_what_will_be_here(world, officer):
    assert "现在没有待办的申请" in officer.get("/desk/").content.decode()


@pytest.mark.parametrize(
    "query", ["group=<script>", "whose=everybody", "page=-1", "page=１", "page=999999999999", "group=later&page=900"]
)
def test_a_filter_that_there_is_not_gives_a_message_and_no_error(world, officer, query):
    world.received(timezone.localdate())
    response = officer.get(f"/desk/?{query}")
    assert response.status_code == 200
    assert "<script>”" not in response.content.decode()


def test_who_has_no_role_today_does_not_come_in(world, client):
    staff = world.person(Role.OFFICER)
    staff.appointments.update(until=timezone.localdate() - timedelta(1))
    client.force_login(staff)
    assert client.get("/desk/").status_code == 302


def test_the_page_asks_as_many_questions_for_one_request_as_for_forty(world, officer, django_assert_max_num_queries):
    today = timezone.localdate()
    world.received(today)
    officer.get("/desk/")
    for _ in range(39):
        world.received(today)
    with django_assert_max_num_queries(14):
        page = officer.get("/desk/")
    assert page.content.decode().count('class="case"') == 40


def test_the_list_itself_asks_five_questions(world, django_assert_num_queries):
    for role in (Role.REVIEWER, Role.SIGNATORY, Role.LEAD_HEAD):
        world.person(role)
    request = world.received(RECEIVED)
    Request.objects.filter(pk=request.pk).update(stage="drafted")
    actor = actor_of(world.person(Role.REVIEWER), RECEIVED)
    calendar = calendar_of()
    with django_assert_num_queries(5):
        work(actor, RECEIVED, calendar)


def test_a_returned_draft_stands_first_with_who_drafted_or_handles_it_and_with_nobody_else(world):
    request, does = world.received(RECEIVED), Doing(world)
    does.drafted(request, RECEIVED)
    does("return", request, RECEIVED, words="请写明发布日期")
    assert groups(world, RECEIVED)["mine"] == [request.number]
    other = actor_of(world.person(Role.OFFICER, username="colleague"), RECEIVED)
    assert "mine" not in work(other, RECEIVED, calendar_of()).groups
    Request.objects.filter(pk=request.pk).update(handler=other.staff)
    assert "mine" in work(other, RECEIVED, calendar_of()).groups
