"""A request's page tells its whole story at a glance, to those who may see it and to nobody else."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Role
from gongkai.audit.models import Entry
from gongkai.requests.models import Paper
from gongkai.requests.papers import store
from tests.requests.doing import Doing
from tests.requests.files import pdf, upload
from tests.requests.signed_in import signed_in

QUERIES = 40
"""The page asks the database no more often than that."""


@pytest.fixture
def officer(world, client):
    """Signed in as an officer of the bureau; gives the client."""
    return signed_in(client, world.person(Role.OFFICER))


def page(request):
    return reverse("desk:request", args=[request.pk])


def today():
    return timezone.localdate()


def test_the_page_says_in_one_sentence_how_it_stands(world, officer):
    shown = officer.get(page(world.received(today()))).content.decode()
    assert "还剩" in shown
    assert "某地块的征收土地公告及其附图" in shown


def test_the_applicant_is_masked_until_his_data_is_opened_on_purpose(world, officer):
    request = world.received(today())
    assert "赵某某" not in officer.get(page(request)).content.decode()
    opened = officer.post(reverse("desk:person", args=[request.pk])).content.decode()
    assert "赵某某" in opened
    assert "11010119900307109X" in opened
    assert Entry.objects.get(action="person.viewed").subject == f"request:{request.pk}"


def test_a_request_of_another_agency_is_as_if_it_did_not_exist_and_the_attempt_is_logged(world, client):
    request = world.received(today())
    signed_in(client, world.person(Role.OFFICER, world.office))
    assert client.get(page(request)).status_code == 404
    assert client.post(reverse("desk:person", args=[request.pk])).status_code == 404
    refused = Entry.objects.filter(result="refused", action="request.viewed").values_list("subject", flat=True)
    assert list(refused) == [f"request:{request.pk}"] * 2


def test_the_page_asks_the_database_as_often_however_much_is_on_file(world, officer):
    request = world.received(today())
    does = Doing(world)
    does.searched(request, today(), found=True)
    officer.get(page(request))
    with CaptureQueriesContext(connection) as little:
        officer.get(page(request))
    for n in range(6):
        does("consult_third_party", request, today(), third_party=f"某公司{n}", about="报价")
        does.searched(request, today())
        does("note", request, today(), words="备注")
    does.drafted(request, today())
    with CaptureQueriesContext(connection) as much:
        officer.get(page(request))
    assert len(much) <= len(little) + 1, "one more, for the parts of the draft"
    assert len(much) <= QUERIES


def test_a_paper_comes_as_a_download_that_no_browser_runs_and_only_to_its_agency(world, officer, client):
    request = world.received(today())
    who = world.actor(Role.OFFICER, day=today())
    scan = store(upload(pdf(script=True), "申请书.pdf"), request, Paper.Kind.APPLICATION, actor=who, now=timezone.now())
    assert "含有脚本" in officer.get(page(request)).content.decode()
    answer = officer.get(reverse("desk:paper", args=[scan.key]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.filter(action="paper.opened", result="done").count() == 1
    stranger = signed_in(Client(), world.person(Role.OFFICER, world.office))
    assert stranger.get(reverse("desk:paper", args=[scan.key])).status_code == 404
    assert Entry.objects.filter(action="paper.opened", result="refused").count() == 1


def test_a_supervisor_sees_the_request_but_not_the_person(world):
    request = world.received(today())
    supervisor = signed_in(Client(), world.person(Role.SUPERVISOR, world.office))
    shown = supervisor.get(page(request)).content.decode()
    assert "赵＊＊" in shown
    assert "查看申请人信息" not in shown
    assert supervisor.post(reverse("desk:person", args=[request.pk])).status_code == 404


def test_steps_that_are_not_open_are_shown_with_the_reason(world, officer):
    shown = officer.get(page(world.received(today()))).content.decode()
    assert "需要由本机关的签发人办理" in shown


def test_a_reply_that_was_sent_and_has_not_arrived_is_awaited_and_cannot_be_withdrawn(world, officer):
    request, does = world.received(today()), Doing(world)
    does.searched(request, today(), found=True)
    does.signed(request, today())
    withdraw = reverse("desk:step", args=[request.pk, "withdraw"])
    assert does.offers(request, today())["withdraw"].allowed
    does("dispatch", request, today(), way="electronic", entered=False)
    shown = officer.get(page(request)).content.decode()
    band = shown.split('class="file-band')[1].split("</p>")[0]
    assert "已发出答复，等待申请人收到" in band
    assert "还剩" not in band
    assert "答复已经发出，不能再撤回" in officer.get(withdraw).content.decode()
    assert "答复已经发出，不能再撤回或者退回" in str(does.offers(request, today())["return"].why)
    row = officer.get("/desk/").content.decode().split('class="case"')[1].split("</li>")[0]
    assert "待送达" in row
    assert reverse("desk:step", args=[request.pk, "deliver"]) in row


def test_what_is_answered_on_the_day_of_receipt_has_no_empty_drawing(world, officer):
    request, does = world.received(today()), Doing(world)
    does.searched(request, today(), found=True)
    does.answered(request, today())
    assert "timeline-drawing" not in officer.get(page(request)).content.decode()


OWED = "已经转送，本机关的答复还没有作出"


def test_what_was_passed_on_is_named_and_still_owed_an_answer_here(world, officer):
    request, does = world.received(today()), Doing(world)
    does("transfer", request, today(), to=world.office, why="由区政府办公室制作")
    there = request.transferred_to.get()
    shown = officer.get(page(request)).content.decode()
    assert f"{there.number} {there.title}（{world.office.short_name}）" in shown
    assert page(there) not in shown, "what he may not open is no link"
    assert OWED in shown
    told = {"reasons": "非本机关制作", "contents": {"0": "由区政府办公室制作", "1": "区政府办公室，听松路1号"}}
    does.answered(request, today(), "unavailable.other_agency", **told)
    assert OWED not in officer.get(page(request)).content.decode()
