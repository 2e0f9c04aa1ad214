"""The table of administration walked whole: every role, every act, in his own area, in another's, and on himself."""

import pytest

from gongkai.agencies.actors import Actor, actor_of
from gongkai.agencies.models import Role
from gongkai.agencies.policies import TABLE
from tests.platform_world import LONG_AGO

SYSTEM = {
    "see_agencies", "see_staff", "add_agency", "edit_agency", "save_guide", "save_remedy_body", "rename", "merge",
    "split", "move", "dissolve", "see_notices", "load_notice", "open_account", "edit_account", "close_account",
    "reopen_account",
}  # fmt: skip
SECURITY = {
    "see_agencies", "see_staff", "appoint", "end_appointment", "give_password", "reset_second_factor", "unlock",
    "end_sessions",
}  # fmt: skip
AUDIT = {"read_log", "export_log", "prove_log"}
MAY = {Role.SYSTEM_ADMIN: SYSTEM, Role.SECURITY_ADMIN: SECURITY, Role.AUDIT_ADMIN: AUDIT}
NOT_TO_HIMSELF = {
    "edit_account", "close_account", "reopen_account", "appoint", "end_appointment", "give_password",
    "reset_second_factor", "unlock", "end_sessions",
}  # fmt: skip


def test_every_act_belongs_to_somebody():
    assert set(TABLE) == SYSTEM | SECURITY | AUDIT


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_exactly_what_is_his(world, role):
    actor = world.actor(role, world.bureau)
    other = world.person(Role.PUBLISHER)
    for thing in (world.bureau, other):
        allowed = {action for action, policy in TABLE.items() if policy(actor, thing)}
        assert allowed == MAY.get(role, set())


@pytest.mark.parametrize("role", list(MAY))
def test_nobody_administers_another_area(world, role):
    actor = world.actor(role, world.bureau)
    stranger = world.person(Role.PUBLISHER, world.office)
    for thing in (world.office, world.government, stranger):
        assert not {action for action, policy in TABLE.items() if policy(actor, thing)}
    above = world.actor(role, world.government)
    for thing in (world.office, world.bureau, stranger):
        assert {action for action, policy in TABLE.items() if policy(above, thing)} == MAY[role]


@pytest.mark.parametrize("role", list(MAY))
def test_nobody_administers_himself(world, role):
    actor = world.actor(role, world.bureau)
    allowed = {action for action, policy in TABLE.items() if policy(actor, actor.staff)}
    assert allowed == MAY[role] - NOT_TO_HIMSELF


def test_an_applicant_and_a_closed_account_may_nothing(world):
    staff = world.person(Role.SYSTEM_ADMIN)
    staff.is_active = False
    for actor in (Actor(kind="applicant", request=1), actor_of(staff, LONG_AGO)):
        assert not {action for action, policy in TABLE.items() if policy(actor, world.bureau)}
