"""Agencies are renamed, merged, split, moved and dissolved: what was true stays true, and nothing is left lying."""

from datetime import date
from typing import Any

import pytest

from gongkai.agencies.actions.agencies import AddAgency, SaveRemedyBody
from gongkai.agencies.actions.reorganise import Dissolve, Merge, Move, Rename, Split
from gongkai.agencies.actors import actor_of
from gongkai.agencies.models import Agency, Appointment, RemedyBody, Role
from gongkai.agencies.refusals import NotAllowed, Refused
from gongkai.agencies.selectors import existing_on, history, responsible_for, successors
from gongkai.audit.models import Entry
from gongkai.requests.actions.confirm import Confirm
from gongkai.requests.models import Request
from gongkai.requests.selectors.seeing import visible
from tests.platform_world import LONG_AGO, at

BEFORE, DAY, AFTER = date(2026, 2, 27), date(2026, 3, 2), date(2026, 3, 3)
PAPER: dict[str, Any] = {"day": DAY, "document": "青禾市机构编制委员会文件（某号）"}


@pytest.fixture
def admin(world):
    return world.actor(Role.SYSTEM_ADMIN, world.government)


@pytest.fixture
def welfare(world, admin):
    """A second bureau."""
    return AddAgency(
        actor=admin,
        parent=world.government,
        title="青禾市棠湾区民政局",
        short_name="区民政局",
        code="CA",
        since=LONG_AGO,
        particulars={"mark": "棠民", "level": "county", "kind": "department"},
    ).run(at(DAY))


def test_a_renamed_agency_bore_its_old_name_until_the_day_before(world, admin):
    Rename(actor=admin, agency=world.bureau, title="青禾市棠湾区人社局", short_name="区人社局", **PAPER).run(at(AFTER))
    bureau = Agency.objects.get(pk=world.bureau.pk)
    assert (bureau.name, bureau.name_on(DAY)) == ("青禾市棠湾区人社局", "青禾市棠湾区人社局")
    assert bureau.name_on(BEFORE) == world.bureau.name
    assert bureau.exists_on(BEFORE) and bureau.exists_on(AFTER)


def test_a_merger_ends_the_old_and_leaves_what_was_open_to_the_new(world, admin, welfare):
    Merge(actor=admin, agency=world.bureau, others=[welfare], into=welfare, **PAPER).run(at(AFTER))
    bureau = Agency.objects.get(pk=world.bureau.pk)
    assert bureau.exists_on(BEFORE) and not bureau.exists_on(DAY)
    assert responsible_for(bureau, BEFORE) == bureau
    assert responsible_for(bureau, DAY) == welfare == bureau.heir
    assert bureau not in existing_on(DAY) and bureau in existing_on(BEFORE)


def test_officers_of_the_successor_see_and_handle_what_the_dissolved_agency_left(world, admin, welfare):
    request = world.filed(BEFORE, Request.Channel.ONLINE).requests[0]
    world.person(Role.OFFICER, welfare)
    assert request not in visible(world.actor(Role.OFFICER, welfare, DAY))
    Dissolve(actor=admin, agency=world.bureau, carries_on=welfare, **PAPER).run(at(AFTER))
    officer = world.actor(Role.OFFICER, welfare, DAY)
    assert request in visible(officer)
    assert Confirm(request=request, actor=officer, day=AFTER).run(at(AFTER)).state == "running"


def test_roles_in_a_dissolved_agency_end_with_it(world, admin, welfare):
    officer = world.person(Role.OFFICER)
    Dissolve(actor=admin, agency=world.bureau, carries_on=welfare, **PAPER).run(at(AFTER))
    assert actor_of(officer, BEFORE).has(Role.OFFICER, world.bureau.pk)
    assert not actor_of(officer, DAY).roles
    assert Appointment.objects.get(staff=officer).until == date(2026, 3, 1)


def test_succession_is_followed_through_several_reforms(world, admin, welfare):
    Merge(actor=admin, agency=world.bureau, others=[welfare], into=welfare, **PAPER).run(at(DAY))
    later = {**PAPER, "day": AFTER}
    Dissolve(actor=admin, agency=Agency.objects.get(pk=welfare.pk), carries_on=world.office, **later).run(at(AFTER))
    bureau = Agency.objects.get(pk=world.bureau.pk)
    assert [responsible_for(bureau, day).code for day in (BEFORE, DAY, AFTER)] == ["HRSS", "CA", "TWB"]
    assert bureau.heir == world.office
    assert actor_of(world.person(Role.OFFICER, world.office), AFTER).has(Role.OFFICER, bureau.pk)
    assert [step.kind for step in history(Agency.objects.get(pk=welfare.pk))] == ["merged", "dissolved"]


def test_a_split_leaves_several_successors_and_one_that_carries_on(world, admin, welfare):
    Split(actor=admin, agency=world.bureau, parts=[welfare, world.office], carries_on=welfare, **PAPER).run(at(DAY))
    bureau = Agency.objects.get(pk=world.bureau.pk)
    assert successors(bureau, BEFORE) == [bureau]
    assert [agency.code for agency in successors(bureau, DAY)] == ["CA", "TWB"]
    assert responsible_for(bureau, DAY) == welfare


def test_a_moved_agency_takes_all_below_it_along(world, admin, welfare):
    Move(actor=admin, agency=world.bureau, under=welfare, **PAPER).run(at(DAY))
    assert Agency.objects.get(pk=world.bureau.pk).get_parent() == welfare
    with pytest.raises(Refused):
        Move(
            actor=admin,
            agency=Agency.objects.get(pk=welfare.pk),
            under=Agency.objects.get(pk=world.bureau.pk),
            **PAPER,
        ).run(at(DAY))


@pytest.mark.parametrize(
    ("change", "field"),
    [({"day": date(2026, 3, 9)}, "day"), ({"document": " "}, "document"), ({"day": date(1999, 1, 1)}, "day")],
)
def test_a_reform_without_paper_or_on_an_impossible_day_is_refused_and_leaves_no_trace(
    world, admin, welfare, change, field
):
    logged = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        Dissolve(actor=admin, agency=world.bureau, carries_on=welfare, **{**PAPER, **change}).run(at(DAY))
    assert refused.value.field == field
    assert Agency.objects.get(pk=world.bureau.pk).until is None and Entry.objects.count() == logged


def test_an_agency_with_others_below_it_is_not_dissolved(world, admin, welfare):
    with pytest.raises(Refused):
        Dissolve(actor=admin, agency=world.government, carries_on=welfare, **PAPER).run(at(DAY))


def test_an_administrator_of_one_agency_reforms_no_other(world, welfare):
    own = world.actor(Role.SYSTEM_ADMIN, world.bureau)
    with pytest.raises(NotAllowed):
        Rename(actor=own, agency=world.office, title="别的名称", short_name="别的", **PAPER).run(at(DAY))
    assert Entry.objects.get(result="refused").action == "admin.rename"
    with pytest.raises(Refused):
        Merge(actor=own, agency=world.bureau, others=[welfare], into=welfare, **PAPER).run(at(DAY))


def test_the_reconsideration_body_of_a_day_stays_what_it_was(world, admin):
    for since, body in ((date(2024, 1, 1), "甲人民政府"), (date(2026, 1, 1), "乙人民政府")):
        told = {"body": body, "court": "某人民法院"}
        SaveRemedyBody(actor=admin, agency=world.bureau, since=since, particulars=told).run(at(DAY))
    SaveRemedyBody(
        actor=admin, agency=world.bureau, since=date(2025, 1, 1), particulars={"body": "丙人民政府", "court": "某法院"}
    ).run(at(DAY))
    bodies: Any = RemedyBody.objects
    held = [bodies.on(day).get().body for day in (date(2024, 6, 1), date(2025, 6, 1), DAY)]
    assert held == ["甲人民政府", "丙人民政府", "乙人民政府"]
