"""Two administrators at one thing, one name signed in everywhere, all in the same moment."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from gongkai.agencies.actions.accounts import OpenAccount
from gongkai.agencies.actions.agencies import AddAgency
from gongkai.agencies.actions.reorganise import Dissolve, Merge
from gongkai.agencies.actions.rights import Appoint
from gongkai.agencies.models import Agency, Appointment, Reorganisation, Role, SignIn, Staff
from gongkai.agencies.refusals import Refused
from gongkai.requests.models import Request
from tests.at_once import at_once, failures, on_postgresql
from tests.platform_world import World, at, make_world
from tests.requests.test_at_once import submit

pytestmark = [on_postgresql, pytest.mark.django_db(transaction=True)]
DAY = date(2026, 3, 2)
ROUNDS = 5
NEW: dict[str, Any] = {
    "short_name": "新局",
    "since": DAY,
    "particulars": {"mark": "新", "level": "county", "kind": "department"},
}


@pytest.fixture
def world(transactional_db) -> World:
    return make_world()


def test_who_signs_in_eight_times_at_once_is_signed_in_three_times(world, settings):
    staff = world.person(Role.OFFICER)
    typed = {"username": staff.username, "password": "Correct-horse-9"}
    clients = [Client() for _each in range(8)]
    came = at_once(*[lambda client=client: client.post("/desk/login/", typed) for client in clients])
    assert [answer.status_code for answer in came] == [302] * 8  # to the desk, or back with the reason
    assert SignIn.objects.filter(staff=staff, ended="").count() == settings.GONGKAI_SESSIONS_AT_ONCE
    inside = [client.get("/desk/account/").status_code == 200 for client in clients]
    assert sum(inside) == settings.GONGKAI_SESSIONS_AT_ONCE


def test_two_roles_that_exclude_each_other_are_not_given_at_once(world):
    security = world.actor(Role.SECURITY_ADMIN, world.government)
    for number in range(ROUNDS):
        staff = Staff.objects.create(username=f"new{number}", name="某人", agency=world.bureau)
        roles = (Role.OFFICER, Role.SYSTEM_ADMIN)
        acts = [Appoint(actor=security, staff=staff, role=role, agency=world.bureau, since=DAY) for role in roles]
        came = at_once(*[act.run for act in acts], now=at(DAY))
        assert failures(came, (Refused,)) == []
        assert Appointment.objects.filter(staff=staff).count() == 1


def test_what_two_set_up_at_once_is_there_once_and_the_tree_stays_whole(world):
    system = world.actor(Role.SYSTEM_ADMIN, world.government)
    for number in range(ROUNDS):
        code, username = f"NEW{number}", f"person{number}"
        add = [AddAgency(actor=system, parent=world.government, title="新局", code=code, **NEW) for _two in "ab"]
        other = AddAgency(actor=system, parent=world.government, title="另局", code=uuid4().hex[:8], **NEW)
        accounts: list[Any] = [
            OpenAccount(actor=system, agency=world.bureau, username=username, person="某人") for _two in "ab"
        ]
        came = at_once(*[act.run for act in (*add, other, *accounts)], now=at(DAY))
        assert failures(came, (Refused,)) == []
        assert sum(isinstance(each, Refused) for each in came) == 2
        assert Agency.objects.filter(code=code).count() == Staff.objects.filter(username=username).count() == 1
    assert Agency.find_problems() == ([], [], [], [], [])


def test_an_agency_ends_once_and_what_came_in_meanwhile_goes_to_its_heir(world):
    system = world.actor(Role.SYSTEM_ADMIN, world.government)
    heir = world.office
    officer = world.actor(Role.OFFICER)
    told = {"agency": world.bureau, "day": DAY, "document": "某文"}
    merge = Merge(actor=system, others=(heir,), into=heir, **told)
    dissolve = Dissolve(actor=system, carries_on=heir, **told)
    came = at_once(
        lambda: merge.run(at(DAY)),
        lambda: dissolve.run(at(DAY)),
        *[lambda: submit(officer, world.bureau)] * 4,
    )
    assert failures(came, (Refused,)) == []
    assert Reorganisation.objects.count() == 1
    client = Client()
    world.sign_in(client, Role.OFFICER, heir)
    for request in Request.objects.all():
        assert client.get(f"/desk/requests/{request.pk}/").status_code == 200
