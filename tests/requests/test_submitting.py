"""A request comes in: from that minute it has a number, a log that proves itself, and a clock."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.agencies.models import Role
from gongkai.agencies.refusals import Conflict, NotAllowed, NotLawfulNow, Refused
from gongkai.audit.models import AppendOnly, Chain, Entry
from gongkai.audit.verifying import verify
from gongkai.requests.actions.confirm import Confirm
from gongkai.requests.models import Event, Request
from tests.platform_world import at

DAY = date(2026, 3, 2)


def test_a_request_handed_in_is_received_that_day_and_due_in_twenty_working_days(world):
    request = world.received(DAY)
    assert (request.number, request.state) == ("HRSS-2026-0001", "running")
    assert (request.received, request.due) == (DAY, date(2026, 3, 30))


def test_a_request_sent_online_is_not_received_until_both_sides_confirm(world):
    request = world.filed(DAY, Request.Channel.ONLINE).requests[0]
    assert (request.state, request.due) == ("not_received", None)
    confirmed = Confirm(request=request, actor=world.actor(Role.OFFICER), day=DAY + timedelta(1)).run(
        at(date(2026, 3, 4))
    )
    assert (confirmed.state, confirmed.received) == ("running", date(2026, 3, 3))


def test_nobody_confirms_a_request_of_another_agency(world):
    request = world.filed(DAY, Request.Channel.ONLINE).requests[0]
    stranger = world.actor(Role.OFFICER, world.office)
    with pytest.raises(NotAllowed):
        Confirm(request=request, actor=stranger, day=DAY).run(at(DAY))
    assert Entry.objects.get().result == "refused"
    assert Event.objects.filter(name="confirmed").count() == 0


def test_of_two_officers_one_wins_and_the_other_is_told(world):
    request = world.filed(DAY, Request.Channel.ONLINE).requests[0]
    officer = world.actor(Role.OFFICER)
    Confirm(request=request, actor=officer, day=DAY, seen=0).run(at(DAY))
    with pytest.raises(Conflict):
        Confirm(request=request, actor=officer, day=DAY, seen=0).run(at(DAY))


def test_a_form_sent_twice_counts_once(world):
    request = world.filed(DAY, Request.Channel.ONLINE).requests[0]
    officer, key = world.actor(Role.OFFICER), uuid4()
    for _ in range(2):
        Confirm(request=request, actor=officer, day=DAY, key=key).run(at(DAY))
    assert Event.objects.filter(name="confirmed").count() == 1


def test_a_day_to_come_is_refused_and_leaves_no_trace(world):
    request = world.filed(DAY, Request.Channel.ONLINE).requests[0]
    with pytest.raises(Refused):
        Confirm(request=request, actor=world.actor(Role.OFFICER), day=date(2026, 3, 9)).run(at(DAY))
    assert Event.objects.filter(name="confirmed").count() == 0


def test_what_the_law_does_not_allow_is_refused_with_its_article(world):
    request = world.filed(DAY, Request.Channel.ONLINE).requests[0]
    with pytest.raises(NotLawfulNow):
        Confirm(request=request, actor=world.actor(Role.OFFICER), day=date(2026, 3, 1)).run(at(DAY))
    assert Event.objects.count() == 2


def test_the_log_proves_itself_and_names_the_first_broken_entry(world):
    for _ in range(3):
        world.received(DAY)
    assert [verdict.broken for verdict in verify()] == [None]
    chain = Chain.objects.get()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE requests_event DISABLE TRIGGER requests_event_append_only")
        else:
            cursor.execute("DROP TRIGGER requests_event_no_update")
        cursor.execute("UPDATE requests_event SET day = '2026-03-05' WHERE number = 2")
    [verdict] = verify()
    assert verdict.chain == chain.name
    assert verdict.broken is not None
    assert (verdict.broken.number, verdict.broken.why) == (2, "changed")


def test_neither_the_models_nor_the_database_change_an_entry(world):
    event = world.received(DAY).events.first()
    for attempt in (event.save, event.delete, Event.objects.all().delete):
        with pytest.raises(AppendOnly):
            attempt()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM requests_event")


def test_the_database_holds_no_name_in_the_clear(world):
    request = world.received(DAY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, document_number, phone, address FROM requests_applicant")
        [row] = cursor.fetchall()
    assert all(value.startswith("fernet:") for value in row)
    assert Request.objects.select_related("applicant").get(pk=request.pk).applicant.name == "赵某某"
    assert request.applicant.shown == "赵＊＊"
