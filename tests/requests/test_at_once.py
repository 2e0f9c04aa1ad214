"""Two people at one thing in the same moment: one is done, the other told, nothing lost, nobody waits for ever."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from gongkai.agencies.actors import Actor, actor_of
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.refusals import Conflict, Refused
from gongkai.audit.verifying import verify
from gongkai.requests.actions.renew_code import RenewCode
from gongkai.requests.actions.submit import Filed, Submit, Wish
from gongkai.requests.models import Applicant, Event, Paper, Request
from gongkai.requests.papers.sweeping import sweep
from gongkai.requests.rebuilding import rebuild
from tests.at_once import at_once, failures, on_postgresql
from tests.platform_world import World, at, make_world
from tests.requests import files
from tests.requests.citizen import Citizen
from tests.requests.doing import Doing
from tests.requests.signed_in import filled

pytestmark = [on_postgresql, pytest.mark.django_db(transaction=True)]
DAY = date(2026, 3, 2)
ROUNDS = 5
"""So often each meeting is tried: who comes first is chance."""
WISHES = (Wish("甲公告", "甲地块的公告"), Wish("乙公告", "乙地块的公告"), Wish("丙公告", "丙地块的公告"))


@pytest.fixture
def world(transactional_db, settings, tmp_path) -> World:
    settings.GONGKAI_PAPERS = tmp_path
    return make_world()


@pytest.fixture
def does(world) -> Doing:
    for role in (Role.OFFICER, Role.REVIEWER, Role.SIGNATORY):
        world.actor(role)
    return Doing(world)


def submit(actor: Actor, agency: Agency, wishes: tuple[Wish, ...] = WISHES[:1], key: UUID | None = None) -> Filed:
    applicant = Applicant(kind="natural_person", name="赵某某", document="identity_card", phone="13800000000")
    told: dict[str, Any] = {"agency": agency, "applicant": applicant, "wishes": wishes, "channel": "in_person"}
    return Submit(**told, actor=actor, day=DAY, key=key).run(at(DAY))


def reviewed(does: Doing) -> Request:
    request = does.drafted(does.world.received(DAY), DAY)
    return does("review", request, DAY)


def signed(does: Doing) -> Request:
    return does.signed(does.world.received(DAY), DAY)


Step = tuple[str, dict[str, Any]]
SIGN: Step = ("sign", {})
RETURN: Step = ("return", {"words": "理由不清"})
SEND: Step = ("dispatch", {"way": "mail", "mail_number": "1"})
HAND_OVER: Step = ("dispatch", {"way": "electronic"})


@pytest.mark.parametrize(
    ("ready", "role", "one", "other"),
    [
        (reviewed, Role.SIGNATORY, SIGN, SIGN),
        (reviewed, Role.SIGNATORY, SIGN, RETURN),
        (signed, Role.OFFICER, SEND, HAND_OVER),
    ],
)
def test_of_two_who_decide_at_once_one_is_done_and_the_other_told(world, does, ready, role, one, other):
    people = (world.actor(role), actor_of(world.person(role, None, f"second-{role}"), DAY))
    for _round in range(ROUNDS):
        request = ready(does)
        steps = zip(people, (one, other), strict=True)
        came = at_once(
            *(
                does.made(name, request, DAY, actor, seen=request.version, **values).run
                for actor, (name, values) in steps
            ),
            now=at(DAY),
        )
        assert {type(each) for each in came} == {Request, Conflict}
        assert Request.objects.get(pk=request.pk).version == request.version + 1


def test_a_form_sent_four_times_at_once_counts_once(world, does):
    officer, key, same = world.actor(Role.OFFICER), uuid4(), uuid4()
    filed = at_once(*[lambda: submit(officer, world.bureau, key=key)] * 4)
    assert failures(filed) == []
    assert len({one.requests for one in filed}) == 1 and sum(bool(one.code) for one in filed) == 1
    request = filed[0].requests[0]
    notes = [does.made("note", request, DAY, officer, words="一", key=same).run for _each in range(4)]
    assert failures(at_once(*notes, now=at(DAY))) == []
    assert Event.objects.filter(request=request, name="noted").count() == 1


def test_eight_who_register_at_once_leave_no_gap_among_the_numbers(world):
    officer = world.actor(Role.OFFICER)

    def register() -> None:
        for count in (1, 2, 3, 1):
            submit(officer, world.bureau, WISHES[:count])

    assert failures(at_once(*[register] * 8)) == []
    numbers = sorted(int(request.number.rpartition("-")[2]) for request in Request.objects.all())
    assert numbers == list(range(1, 8 * 7 + 1))
    assert [verdict.broken for verdict in verify()] == [None]


def test_requests_passed_on_crosswise_while_others_come_in_wait_for_nobody_forever(world, does):
    bureau, office = world.actor(Role.OFFICER), world.actor(Role.OFFICER, world.office)
    for _round in range(ROUNDS):
        one = submit(bureau, world.bureau).requests[0]
        other = submit(office, world.office).requests[0]
        came = at_once(
            lambda one=one: does("transfer", one, DAY, bureau, to=world.office, why="由其负责"),
            lambda other=other: does("transfer", other, DAY, office, to=world.bureau, why="由其负责"),
            *[lambda: submit(office, world.office, WISHES)] * 2,
            *[lambda: submit(bureau, world.bureau, WISHES)] * 2,
        )
        assert failures(came) == []
    assert all(verdict.broken is None for verdict in verify())


def test_what_is_split_passed_on_and_given_a_new_code_at_once_stays_one_submission(world, does):
    officer = world.actor(Role.OFFICER)
    for _round in range(ROUNDS):
        filed = submit(officer, world.bureau, WISHES)
        one, two, three = filed.requests
        came = at_once(
            *(RenewCode(request=request, actor=officer).run for request in (one, two)),
            *(does.made("split", request, DAY, officer, wishes=WISHES[:2]).run for request in (one, two)),
            *(
                does.made("transfer", request, DAY, officer, to=world.office, why="由其负责").run
                for request in (one, three)
            ),
            now=at(DAY),
        )
        assert failures(came, (Refused,)) == []
        parts = one.submission.requests.values_list("part", flat=True)
        assert sorted(parts) == list(range(1, len(parts) + 1))
        here = one.submission.requests.filter(agency=world.bureau)
        assert len(set(here.values_list("tracking", flat=True))) == 1, "one code opens what the agency has of it"


def test_the_log_is_proved_and_the_columns_hold_while_people_write(world, does):
    requests = [world.received(DAY) for _each in range(3)]
    written = threading.Event()

    def write(request: Request) -> None:
        for number in range(10):
            does("note", request, DAY, words=str(number))
        does.signed(request, DAY)

    def look() -> list[object]:
        found: list[object] = []
        while not written.is_set():
            found += rebuild(DAY, write=False)
            found += [verdict.broken for verdict in verify() if verdict.broken is not None]
        return found

    def all_write() -> list[Any]:
        try:
            return at_once(*[lambda request=request: write(request) for request in requests])
        finally:
            written.set()

    wrong, came = at_once(look, all_write)
    assert (wrong, failures(came)) == ([], [])


def test_a_file_is_not_swept_away_while_its_form_is_sent(world):
    for _round in range(ROUNDS):
        citizen = Citizen(Client(), world)
        citizen.answer_all()
        citizen.answer("papers", other=files.upload("证据".encode(), "证据.txt"))
        citizen.answer("papers", go="1")
        paper = Paper.objects.latest("pk")
        Paper.objects.filter(pk=paper.pk).update(uploaded_at=paper.uploaded_at - timedelta(days=2))
        came = at_once(citizen.send, lambda paper=paper: sweep(paper.uploaded_at))
        assert failures(came) == []
        kept = Paper.objects.filter(pk=paper.pk).first()
        if kept is None:  # swept first: then it is asked for again, and nothing was filed without it
            assert came[0]["Location"] == "/apply/papers/"
        else:
            assert kept.request is not None


def test_of_two_forms_at_the_desk_the_second_is_told_and_keeps_what_was_typed(world):
    one, other = Client(), Client()
    request = world.received(DAY)
    for client in (one, other):
        world.sign_in(client, Role.OFFICER)
    address = f"/desk/requests/{request.pk}/note/"
    typed = {"words": "申请人来电询问"}
    forms = [(client, {**filled(client.get(address)), **typed}) for client in (one, other)]
    came = at_once(*[lambda client=client, form=form: client.post(address, form) for client, form in forms])
    assert sorted(answer.status_code for answer in came) == [302, 409]
    told = next(answer for answer in came if answer.status_code == 409)
    assert "申请人来电询问" in told.content.decode()
    assert Event.objects.filter(request=request, name="noted").count() == 1
