"""Three administrators, three people; nobody makes himself anything."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.agencies.actions.accounts import CloseAccount, EditAccount, OpenAccount
from gongkai.agencies.actions.rights import Appoint, EndAppointment, GivePassword, ResetSecondFactor
from gongkai.agencies.actors import SYSTEM_ACTOR, actor_of
from gongkai.agencies.models import Appointment, Role, SecondFactor, SignIn, Staff
from gongkai.agencies.refusals import NotAllowed, Refused
from gongkai.audit.models import Entry
from tests.platform_world import at

DAY = date(2026, 3, 2)


@pytest.fixture
def security(world):
    return world.actor(Role.SECURITY_ADMIN, world.government)


@pytest.fixture
def system(world):
    return world.actor(Role.SYSTEM_ADMIN, world.government)


@pytest.fixture
def person(world, system):
    """Somebody with an account and no role."""
    return OpenAccount(actor=system, agency=world.bureau, username="zhou.m", person="周某").run(at(DAY))[0]


def appointed(actor, staff, role, agency, since=DAY, until=None):
    return Appoint(actor=actor, staff=staff, role=role, agency=agency, since=since, until=until).run(at(DAY))


def test_a_new_account_has_no_rights_and_a_password_that_must_be_changed(world, system, client):
    staff, password = OpenAccount(actor=system, agency=world.bureau, username="zhou.m", person="周某").run(at(DAY))
    assert staff.check_password(password) and staff.must_change_password
    assert not actor_of(staff, DAY).roles
    entry = Entry.objects.get(action="admin.open_account")
    assert password not in str(entry.content()) and "周某" not in str(entry.content())


@pytest.mark.parametrize(
    ("username", "name", "field"),
    [("x", "周某", "username"), ("周某", "周某", "username"), ("ZHOU.M", "周某", "username"), ("wu.x", " ", "person")],
)
def test_an_account_with_a_wrong_or_taken_name_is_refused(world, system, person, username, name, field):
    with pytest.raises(Refused) as refused:
        OpenAccount(actor=system, agency=world.bureau, username=username, person=name).run(at(DAY))
    assert refused.value.field == field


def test_a_role_holds_from_its_first_day_to_its_last(world, security, person):
    appointed(security, person, Role.OFFICER, world.bureau, until=DAY + timedelta(2))
    days = [DAY - timedelta(1), DAY, DAY + timedelta(2), DAY + timedelta(3)]
    assert [actor_of(person, day).has(Role.OFFICER, world.bureau.pk) for day in days] == [False, True, True, False]


@pytest.mark.parametrize("first", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_an_administrator_is_nothing_else(world, security, person, first):
    appointed(security, person, first, world.bureau)
    for second in Role:
        with pytest.raises(Refused):
            appointed(security, person, second, world.bureau)
    assert Appointment.objects.filter(staff=person).count() == 1


def test_who_handles_requests_becomes_no_administrator_until_he_has_given_that_up(world, security, person):
    held = appointed(security, person, Role.OFFICER, world.bureau)
    appointed(security, person, Role.REVIEWER, world.bureau)
    with pytest.raises(Refused):
        appointed(security, person, Role.AUDIT_ADMIN, world.bureau)
    for appointment in (held, Appointment.objects.get(staff=person, role=Role.REVIEWER)):
        EndAppointment(actor=security, appointment=appointment, until=DAY).run(at(DAY))
    appointed(security, person, Role.AUDIT_ADMIN, world.bureau, since=DAY + timedelta(1))


def test_nobody_changes_his_own_roles(world, security):
    with pytest.raises(NotAllowed):
        appointed(security, security.staff, Role.OFFICER, world.bureau)
    own = Appointment.objects.get(staff=security.staff)
    with pytest.raises(NotAllowed):
        EndAppointment(actor=security, appointment=own, until=DAY).run(at(DAY))
    assert Entry.objects.filter(result="refused").count() == 2


def test_who_opens_accounts_does_not_appoint_and_who_appoints_opens_no_account(world, system, security, person):
    with pytest.raises(NotAllowed):
        appointed(system, person, Role.OFFICER, world.bureau)
    with pytest.raises(NotAllowed):
        OpenAccount(actor=security, agency=world.bureau, username="wu.x", person="吴某").run(at(DAY))


def test_an_administrator_of_one_agency_appoints_in_no_other(world, person):
    own = world.actor(Role.SECURITY_ADMIN, world.bureau)
    with pytest.raises(Refused):
        appointed(own, person, Role.OFFICER, world.office)
    stranger = world.person(Role.OFFICER, world.office)
    with pytest.raises(NotAllowed):
        appointed(own, stranger, Role.OFFICER, world.bureau)
    with pytest.raises(Refused):
        EditAccount(
            actor=world.actor(Role.SYSTEM_ADMIN, world.bureau), staff=person, agency=world.office, particulars={}
        ).run(at(DAY))


def test_the_first_administrators_are_appointed_by_the_system(world, person):
    appointed(SYSTEM_ACTOR, person, Role.SECURITY_ADMIN, world.government)
    assert actor_of(person, DAY).administers(Role.SECURITY_ADMIN, str(world.bureau.path))


def test_a_closed_account_is_out_at_once(world, system, client):
    staff = world.sign_in(client, Role.OFFICER)
    CloseAccount(actor=system, staff=staff).run(timezone.now())
    assert client.get("/desk/account/").status_code == 302
    assert SignIn.objects.get(staff=staff).ended == "ended_by_administrator"
    assert not actor_of(Staff.objects.get(pk=staff.pk), DAY).roles


def test_a_lost_telephone_and_a_forgotten_password_are_put_right_by_the_security_administrator(world, security, client):
    staff = world.sign_in(client, Role.OFFICER)
    ResetSecondFactor(actor=security, staff=staff).run(timezone.now())
    password = GivePassword(actor=security, staff=staff).run(timezone.now())
    assert not SecondFactor.objects.filter(user=staff).exists()
    staff.refresh_from_db()
    assert staff.check_password(password) and staff.must_change_password
    assert client.get("/desk/account/").status_code == 302
