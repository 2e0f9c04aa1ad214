"""Hostile hands at the doors: made-up addresses, spoiled values, tries dressed up as others, forms sent twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from gongkai.agencies.actors import applicant
from gongkai.agencies.models import Role
from gongkai.agencies.refusals import NotAllowed, Refused
from gongkai.audit.models import Entry
from gongkai.audit.writing import record
from gongkai.requests.actions.ask_supplement import Point
from gongkai.requests.actions.submit import Submit, Wish
from gongkai.requests.models import Applicant, Event, Paper, Request
from gongkai.requests.papers import inspecting, storing
from gongkai.requests.papers.sweeping import sweep
from tests.platform_world import World, at
from tests.requests import files
from tests.requests.citizen import PERSON, Citizen
from tests.requests.signed_in import filled

DAY = date(2026, 3, 2)
UUID = "0b9f3a36-6a51-4d9c-8c4a-3f1a5c1f8c11"
OURS = "gongkai."
OPEN = frozenset(
    {
        "", "guide/x/", "apply/sent/", "apply/forget/", "apply/", "apply/agency/", "track/", "track/request/",
        "track/leave/", f"track/paper/{UUID}/", "track/do/withdraw/", "correct/", "correct/sent/", "track/correction/",
        "large-print/", "favicon.ico", "desk/login/", "desk/login/code/", "desk/logout/", "desk/login/provider/",
        "desk/login/provider/return/", "desk/calendar/x.ics",
    }
)  # fmt: skip
"""Addresses of ours that somebody without an account may ask for. A new one is named here on purpose, or is shut."""
VALUES = {"pk": "1", "key": UUID, "code": "x", "token": "x", "name": "agency", "way": "rename", "what": "close",
          "appointment": "1", "action": "note"}  # fmt: skip
"""What stands in an address for each of its parts."""


def _value(named: dict[str, str], part: re.Match[str]) -> str:
    return named[part[1]]


def addresses() -> Iterator[tuple[str, str]]:
    """Every address of ours that the resolver knows, filled in, with the module of its view."""

    def walk(patterns: list, before: str) -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            path = before + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                module = getattr(pattern.callback, "__module__", "")
                view = getattr(pattern.callback, "view_class", None)
                yield path, view.__module__ if view else module
            else:
                yield from walk(pattern.url_patterns, path)

    for path, module in walk(get_resolver().url_patterns, ""):
        if module.startswith(OURS) and "(" not in path:
            named = {**VALUES, "name": "withdraw"} if path.startswith("track/do/") else VALUES
            yield re.sub(r"<(?:\w+:)?(\w+)>", partial(_value, named), path), module


def test_every_address_is_shut_to_who_has_no_account_unless_it_is_named_here(world, client):
    world.received(DAY)
    known = {path for path, _module in addresses()}
    assert known >= OPEN
    for path in sorted(known - OPEN):
        for answer in (client.get(f"/{path}"), client.post(f"/{path}")):
            assert answer.status_code in (302, 403, 404, 405), path
            assert answer.status_code != 302 or answer["Location"].startswith("/desk/login/"), path
    for path in sorted(known & OPEN):
        assert client.get(f"/{path}").status_code in (200, 302, 404, 405), path


OTHERS = [
    (Role.OFFICER, "office"),
    (Role.SUPERVISOR, "office"),
    (Role.SYSTEM_ADMIN, "government"),
    (Role.SECURITY_ADMIN, "government"),
    (Role.AUDIT_ADMIN, "government"),
]


@pytest.mark.parametrize(("role", "agency"), OTHERS)
def test_no_address_shows_a_person_to_who_does_not_handle_the_request_or_lets_him_change_it(world, role, agency):
    request = world.received(DAY)
    client = Client()
    for path, _module in addresses():
        path = path.replace("requests/1/", f"requests/{request.pk}/")
        if "logout" in path:
            continue
        world.sign_in(client, role, getattr(world, agency))
        for answer in (client.get(f"/{path}"), client.post(f"/{path}", {"more": "x", "format": "csv"})):
            assert answer.status_code < 500, path
            shown = b"".join(answer).decode() if answer.streaming else answer.content.decode()
            for secret in ("赵某某", "11010119900307109X", "13800000000", "听松路1号"):
                assert secret not in shown, (path, secret)
            if role != Role.SUPERVISOR and f"/requests/{request.pk}/" in f"/{path}":
                assert answer.status_code in (403, 404, 405), path
    assert Request.objects.get().version == request.version
    assert Event.objects.count() == 1


def test_wrong_codes_of_a_number_are_counted_however_the_number_is_typed(world, client, settings):
    settings.GONGKAI_WRONG_CODES, settings.GONGKAI_WRONG_CODES_OF_NUMBER = 100, 3
    citizen = Citizen(client, world)
    request, code = citizen.filed()
    wide = request.number.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)})
    for typed in (request.number.lower(), wide, f" {request.number} "):
        assert citizen.track(typed, "WRONG22222").status_code == 200
    for typed in (request.number, request.number.lower(), wide):
        assert citizen.track(typed, code).status_code == 429


def test_who_leaves_leaves_no_code_behind(world, client):
    citizen = Citizen(client, world)
    request, code = citizen.filed()
    citizen.track(request.number, code)
    client.post("/track/leave/")
    assert client.get("/apply/sent/").status_code == 302
    assert client.get("/track/request/").status_code == 302


def test_a_refusal_stays_in_the_log_though_it_undoes_what_came_with_it(world, client, monkeypatch):
    request = world.received(DAY)
    world.sign_in(client, Role.OFFICER)

    def refuse(*args: object) -> None:
        raise NotAllowed("不可以")

    address = f"/desk/requests/{request.pk}/note/"
    page = client.get(address)
    monkeypatch.setattr("gongkai.requests.policies.Policy.demand", refuse)
    assert client.post(address, {**filled(page), "words": "x"}).status_code == 403
    assert Entry.objects.filter(action="request.note", result="refused", details={"why": "NotAllowed"}).exists()


def submit(world: World, actor, key=None, agency=None, name="赵某某") -> Submit:
    applicant = Applicant(kind="natural_person", name=name, document="identity_card", phone="13800000000")
    wish = Wish("公告", "某地块的公告")
    agency = agency or world.bureau
    told = {"agency": agency, "applicant": applicant, "wishes": (wish,), "channel": "in_person"}
    return Submit(**told, actor=actor, day=DAY, key=key)


def test_a_registration_that_is_not_allowed_is_logged(world):
    stranger = world.actor(Role.OFFICER, world.office)
    with pytest.raises(NotAllowed):
        submit(world, stranger).run(at(DAY))
    entry = Entry.objects.get(action="request.submit")
    assert (entry.result, entry.staff_id) == ("refused", stranger.staff_id)
    assert not Request.objects.exists() and not Applicant.objects.exists()


def test_the_key_of_another_agencys_form_shows_nothing_of_it(world):
    key = uuid4()
    submit(world, world.actor(Role.OFFICER), key).run(at(DAY))
    with pytest.raises(Refused):
        submit(world, world.actor(Role.OFFICER, world.office), key, world.office).run(at(DAY))
    assert Request.objects.count() == 1


def test_the_key_of_another_requests_form_does_not_pass_for_done(world, does):
    one, other, key = world.received(DAY), world.received(DAY), uuid4()
    does("note", one, DAY, words="一", key=key)
    with pytest.raises(Refused):
        does("note", other, DAY, words="二", key=key)
    does("note", one, DAY, words="一", key=key)
    assert Event.objects.filter(name="noted").count() == 1 or Event.objects.filter(key=key).count() == 1


def test_the_same_form_sent_twice_at_once_brings_one_request(world, monkeypatch):
    key, officer, look = uuid4(), world.actor(Role.OFFICER), Submit.earlier
    first = submit(world, officer, key).run(at(DAY))
    looks = iter((lambda self: None, look))
    monkeypatch.setattr(Submit, "earlier", lambda self: next(looks)(self))
    second = submit(world, officer, key, name="钱某某").run(at(DAY))
    assert (second.requests, second.code) == (first.requests, "")
    assert Request.objects.count() == Applicant.objects.count() == 1


@pytest.mark.parametrize("subject", ["request:" + "9" * 300, "/desk/users/\0/" + "x" * 200])
def test_what_somebody_made_up_is_logged_and_breaks_nothing(db, subject):
    record("access.refused", now=timezone.now(), subject=subject, result="refused")
    assert len(Entry.objects.get().subject) <= 100


MADE_UP = [
    f"/desk/requests/{'9' * 150}/",
    f"/desk/requests/{'9' * 150}/note/",
    f"/desk/corrections/{'9' * 150}/",
    "/desk/users/%00/",
    "/desk/requests/?search=%00&page=%00&received_from=0001-01-01&received_to=9999-12-31&due_from=9999-12-31",
    "/desk/requests/?answered_from=0001-01-01&answered_to=0001-01-01&page=99999999999999999999&agency=9&handler=x",
    "/desk/requests/?search=%27%22*(&sort=%00&state=%00&group=%ff",
    "/desk/requests/?search=" + "%EF%B7%BA" * 99,
    "/desk/?page=-1&group=%00&agency=%00",
    "/desk/calendar/?month=0001-01",
    "/desk/calendar/?month=9999-12",
    "/desk/calendar/?month=2100-12",
    "/desk/calendar/?month=%00",
    "/desk/corrections/?page=%00",
    "/desk/corrections/?page=-99999999999999999999",
    "/apply/agency/?agency=%00",
    "/apply/?agency=" + "x" * 3000,
    "/apply/wanted/?item=99999999999999999999999",
    "/track/?number=%00",
    "/guide/" + "x" * 3000 + "/",
    "/desk/calendar/%00.ics",
    "/desk/login/?next=//evil.example&ended=%00",
]


@pytest.mark.parametrize("address", MADE_UP)
def test_no_made_up_address_breaks_a_page(world, client, address):
    world.received(DAY)
    world.sign_in(client, Role.OFFICER)
    assert client.get(address).status_code < 500


@pytest.mark.parametrize("since", ["0001-01-01", "0001-01-02", "9999-12-31", "x"])
@pytest.mark.parametrize("until", ["0001-01-01", "9999-12-30", "9999-12-31"])
def test_the_log_is_read_between_any_two_days(world, client, since, until):
    world.sign_in(client, Role.AUDIT_ADMIN, world.government)
    address = f"/desk/administration/log/?since={since}&until={until}"
    assert client.get(address).status_code == 200
    assert client.post(f"/desk/administration/log/export/?since={since}&until={until}").status_code < 500


SPOILED = ("x\0y", "字" * 301, "0001-01-01", "9999-12-31", "9" * 30)
STEPS = ("receive_supplement", "search", "transfer", "split", "draft", "dispatch", "deliver", "record_payment")


@pytest.mark.parametrize("step", STEPS)
def test_no_value_in_any_field_of_a_step_breaks_its_form(world, does, client, step):
    request = world.received(DAY)
    if step in ("dispatch", "deliver"):
        does.signed(request, date(2026, 3, 9))
    if step == "record_payment":
        does("notify_fee", request, date(2026, 3, 9), items=12, how="窗口", delivered=date(2026, 3, 9))
    if step == "receive_supplement":
        told = {"points": (Point("名称", "不明"),), "guidance": "写明文号", "until": date(2026, 3, 20)}
        does("ask_supplement", request, date(2026, 3, 9), **told)
    world.sign_in(client, Role.OFFICER)
    address = f"/desk/requests/{request.pk}/{step}/" + ("?outcome=granted.provided" if step == "draft" else "")
    fresh = filled(client.get(address))
    rows = {"wishes": ("title", "wanted", "document_number"), "points": ("what", "why"), "parts": ("what", "reasons")}
    whole = {f"{name}-{n}-{cell}": "某" for name, cells in rows.items() for cell in cells for n in (0, 1)}
    fresh = {**whole, **{name: value or "某" for name, value in fresh.items()}}
    for spoiled in SPOILED:
        for name in fresh:
            if name in ("seen", "known", "key") and len(spoiled) > 30:
                continue
            answer = client.post(address, {**fresh, name: spoiled, "seen": Request.objects.get(pk=request.pk).version})
            assert answer.status_code in (200, 302, 403, 409, 422), (name, spoiled[:10])


@pytest.fixture
def looked_into(settings, tmp_path, monkeypatch) -> list[int]:
    """How many transactions were open, one in another, each time a file was looked into."""
    settings.GONGKAI_PAPERS = tmp_path
    depths: list[int] = []
    inspect = inspecting.inspect

    def noted(*args, **kwargs):
        depths.append(len(connection.savepoint_ids))
        return inspect(*args, **kwargs)

    monkeypatch.setattr(storing, "inspect", noted)
    return depths


def test_nobody_waits_for_a_file_of_another_to_be_looked_into(world, does, client, looked_into):
    outside = len(connection.savepoint_ids)
    citizen = Citizen(client, world)
    request, code = citizen.filed()
    today = timezone.localdate()
    officer = world.actor(Role.OFFICER, day=today)
    does.made("confirm", request, today, officer).run(timezone.now())
    told = {"points": (Point("名称", "不明"),), "guidance": "请写明", "until": today + timedelta(days=10)}
    does.made("ask_supplement", request, today, officer, delivered=today, **told).run(timezone.now())
    citizen.track(request.number, code)
    client.post("/track/do/receive_supplement/", {"words": "补正", "files": files.upload(files.pdf())})
    demand = {"agency": world.bureau.pk, "record": "一", "wrong": "二", "evidence": "三", "true": "on"}
    client.post("/correct/", {**PERSON, **demand, "kind": "natural_person", "files": files.upload(files.pdf())})
    world.sign_in(client, Role.OFFICER)
    address = f"/desk/requests/{request.pk}/note/"
    client.post(address, {**filled(client.get(address)), "words": "附件", "files": files.upload(files.pdf())})
    assert Paper.objects.count() == 3
    assert looked_into == [outside] * 3


def test_a_draft_sent_twice_keeps_the_files_that_came_with_it(world, does, client, looked_into):
    request = world.received(DAY)
    world.sign_in(client, Role.OFFICER)
    address = f"/desk/requests/{request.pk}/draft/?outcome=granted.provided"
    form = {name: value.strip() or "某" for name, value in filled(client.get(address)).items()}
    for _twice in range(2):
        answer = client.post(address, {**form, "files": files.upload(files.pdf())})
        assert answer.status_code == 302
    assert [paper.kind for paper in Paper.objects.all()] == [Paper.Kind.PROVIDED]


def test_no_number_is_too_long_for_the_form_of_a_citizen(world, client):
    citizen = Citizen(client, world)
    citizen.answer_all()
    for name in ("item", "remove"):
        assert client.post("/apply/wanted/", {name: "9" * 5000}).status_code < 500


def test_files_are_counted_for_all_processes_together(world, client, settings, tmp_path):
    settings.GONGKAI_UPLOADS_PER_HOUR, settings.GONGKAI_PAPERS = 2, tmp_path
    citizen = Citizen(client, world)
    citizen.answer_all()
    statuses = []
    for _each in range(3):
        cache.clear()  # another process has another
        statuses.append(citizen.answer("papers", other=files.upload(files.pdf())).status_code)
    assert statuses == [302, 302, 429]


def test_a_form_whose_file_lay_too_long_asks_for_it_again_and_files_nothing(world, client, settings, tmp_path):
    settings.GONGKAI_PAPERS = tmp_path
    citizen = Citizen(client, world)
    citizen.answer_all()
    citizen.answer("papers", other=files.upload(files.pdf()))
    citizen.answer("papers", go="1")
    sweep(timezone.now() + timedelta(days=2))
    assert citizen.send()["Location"] == "/apply/papers/"
    assert not Request.objects.exists()


@pytest.mark.parametrize("cookie", ["\\000" * 10, "\\000", "x" * 5000, "\\377"])
@pytest.mark.parametrize("address", ["/apply/agency/", "/track/request/", "/desk/", "/desk/login/"])
def test_no_cookie_that_somebody_made_up_breaks_a_page(db, client, cookie, address):
    assert client.get(address, HTTP_COOKIE=f'sessionid="{cookie}"').status_code in (200, 302)


def test_what_an_applicant_handed_in_is_for_those_who_handle_it_whatever_its_kind(world, client, settings, tmp_path):
    settings.GONGKAI_PAPERS = tmp_path
    request = world.received(DAY)
    given = storing.store(files.upload(files.pdf(), "赵某某的病历.pdf"), request, Paper.Kind.SUPPLEMENT,
                          actor=applicant(request.pk), now=at(DAY))  # fmt: skip
    page, file = f"/desk/requests/{request.pk}/", f"/desk/papers/{given.key}/"
    world.sign_in(client, Role.OFFICER)
    assert "病历" in client.get(page).content.decode() and client.get(file).status_code == 200
    assert Entry.objects.filter(action="paper.opened", result="done").count() == 1
    world.sign_in(client, Role.SUPERVISOR, world.office)
    assert "病历" not in client.get(page).content.decode() and client.get(file).status_code == 404


@pytest.mark.parametrize(
    "given", ["某", "x", "desk:requests", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_an_address_to_go_back_to_is_one_of_this_site_or_counts_for_nothing(world, client, given):
    staff = world.sign_in(client, Role.OFFICER)
    for address in ("/desk/language/", "/desk/requests/assign/", "/large-print/"):
        answer = client.post(address, {"next": given, "language": "zh-hans"})
        assert answer.status_code == 302 and answer["Location"].startswith("/") and "evil" not in answer["Location"]
    client.post("/desk/logout/")
    typed = {"username": staff.username, "password": "Correct-horse-9", "next": given}
    assert client.post("/desk/login/", typed)["Location"] in ("/desk/", "/desk/login/code/")
