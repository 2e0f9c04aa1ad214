"""Following a request by number and code: this one and no other, in plain words, with what its applicant may do."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.agencies.actors import applicant
from gongkai.agencies.models import Guide, Role
from gongkai.audit.models import Entry
from gongkai.requests.actions.ask_supplement import Point
from gongkai.requests.actions.record_correction import ForwardCorrection
from gongkai.requests.models import Paper, RecordCorrection, Request
from gongkai.requests.papers import keep, store
from gongkai.requests.public import following
from tests.requests import files
from tests.requests.citizen import PERSON, Citizen
from tests.requests.doing import Doing

TODAY = timezone.localdate()
WRONG = "编号或者查询码不对"


@pytest.fixture(autouse=True)
def papers(settings, tmp_path):
    settings.GONGKAI_PAPERS = tmp_path


@pytest.fixture
def citizen(client, world) -> Citizen:
    return Citizen(client, world)


def words(response) -> str:
    return str(response.content, "utf-8")


def filed_and_followed(citizen: Citizen) -> Request:
    request, code = citizen.filed()
    citizen.track(request.number, code)
    return request


def world_actor(does: Doing):
    return does.world.actor(Role.OFFICER, day=timezone.localdate())


def do(does: Doing, name: str, request: Request, **values) -> Request:
    """Does it as the officer, now."""
    made = does.made(name, request, timezone.localdate(), world_actor(does), **values)
    return made.run(timezone.now())


def test_a_wrong_code_and_an_unknown_number_are_answered_alike_and_logged(citizen):
    request, _code = citizen.filed()
    stranger = Citizen(Client(), citizen.world)
    answers = [stranger.track(number, "AAAAAAAAAA") for number in (request.number, "HRSS-2026-9999")]
    texts = [words(answer).replace(request.number, "N").replace("HRSS-2026-9999", "N") for answer in answers]
    assert all(WRONG in text for text in texts)
    assert len({len(text) for text in texts}) == 1
    failed = Entry.objects.filter(action="public.tracking", result="failed")
    assert {entry.subject for entry in failed} == {f"number:{request.number}", "number:HRSS-2026-9999"}
    assert stranger.client.get("/track/request/")["Location"] == "/track/"


@pytest.mark.parametrize(
    ("strangers", "somebody_else"),
    [
        (["192.0.2.7"] * 3, "192.0.2.8"),
        (["2001:db8:1:2::7", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::8"], "2001:db8:1:3::7"),
    ],
    ids=["one address", "a subscriber of IPv6"],
)
def test_too_many_wrong_codes_stop_further_tries_even_with_the_right_one(citizen, settings, strangers, somebody_else):
    request, code = citizen.filed()
    settings.GONGKAI_WRONG_CODES = 2
    first, second, third, other = (
        Citizen(Client(REMOTE_ADDR=address), citizen.world) for address in (*strangers, somebody_else)
    )
    for stranger in (first, second):
        assert WRONG in words(stranger.track(request.number, "AAAAAAAAAA"))
    assert third.track(request.number, code).status_code == 429
    assert other.track(request.number, code).status_code == 302


def test_number_and_code_are_taken_as_people_type_them(citizen):
    request, code = citizen.filed()
    assert citizen.track(f" {request.number.lower()} ", f"{code[:5].lower()} {code[5:]}").url == "/track/request/"


def test_the_session_opens_this_request_and_no_other(citizen):
    request = filed_and_followed(citizen)
    other = citizen.world.filed(TODAY, Request.Channel.ONLINE, title="他人的申请").requests[0]
    officer = citizen.world.actor(Role.OFFICER, day=TODAY)
    theirs = keep(
        b"x", "他人.pdf", "application/pdf", other, "letter", actor=officer, now=timezone.now(), for_applicant=True
    )
    inside = keep(b"x", "内部.pdf", "application/pdf", request, "opinion", actor=officer, now=timezone.now())
    page = words(citizen.client.get("/track/request/"))
    assert request.title in page
    assert "他人的申请" not in page
    assert "内部.pdf" not in page
    assert citizen.client.get(f"/track/paper/{theirs.key}/").status_code == 404
    assert citizen.client.get(f"/track/paper/{inside.key}/").status_code == 404


def test_it_ends_when_he_leaves_and_by_itself(citizen, settings):
    filed_and_followed(citizen)
    assert citizen.client.get("/track/request/")["Cache-Control"].startswith("max-age=0")
    settings.GONGKAI_TRACKING_MINUTES = -1
    assert citizen.client.get("/track/request/").url == "/track/"
    settings.GONGKAI_TRACKING_MINUTES = 30
    filed_and_followed(citizen)
    citizen.client.post("/track/leave/")
    assert citizen.client.get("/track/request/").url == "/track/"


def test_the_period_begins_with_the_confirmation_and_he_may_confirm_first(citizen, does):
    request = filed_and_followed(citizen)
    assert "双方确认之日是收到申请之日" in words(citizen.client.get("/track/request/"))
    citizen.client.post("/track/do/confirm_own/")
    request.refresh_from_db()
    assert request.state == "not_received"
    page = words(citizen.client.get("/track/request/"))
    assert "您已经确认，等受理机关确认" in page
    assert citizen.client.get("/track/do/confirm_own/").url == "/track/request/"
    do(does, "confirm", request)
    assert "正在办理" in words(citizen.client.get("/track/request/"))


def test_he_answers_a_correction_with_text_and_files(citizen, does):
    request = filed_and_followed(citizen)
    do(does, "confirm", request)
    points = (Point("写明哪一年", "补贴标准每年不同"),)
    do(
        does,
        "ask_supplement",
        request,
        points=points,
        guidance="写明年份",
        until=timezone.localdate() + timedelta(days=20),
    )
    assert "请补正申请" in words(citizen.client.get("/track/request/"))
    page = words(citizen.client.get("/track/do/receive_supplement/"))
    assert "写明哪一年" in page
    assert 'role="alert"' in words(citizen.client.post("/track/do/receive_supplement/", {"words": ""}))
    bad = {"words": "2025年", "files": files.upload(b"MZ", "坏.exe")}
    assert "《坏.exe》的格式不能接收" in words(citizen.client.post("/track/do/receive_supplement/", bad))
    good = {"words": "2025年", "wanted": "2025年的标准", "files": files.upload(files.pdf(), "说明.pdf")}
    assert citizen.client.post("/track/do/receive_supplement/", good).url == "/track/request/"
    request.refresh_from_db()
    assert (request.state, request.wanted) == ("running", "2025年的标准")
    assert [paper.kind for paper in request.papers.all()] == [Paper.Kind.SUPPLEMENT]


def test_a_reply_that_was_sent_waits_for_him_and_cannot_be_withdrawn(citizen, does):
    request = filed_and_followed(citizen)
    do(does, "confirm", request)
    do(does, "search", request, places="库房", keywords="公告", result="找到", found=True)
    does.signed(request, timezone.localdate())
    do(does, "dispatch", request, way="electronic", entered=False)
    shown = words(citizen.client.get("/track/request/"))
    assert "已经发出答复，等您收到，请查收" in shown
    assert "撤回申请" not in shown


def test_he_reads_the_reply_with_its_remedies_once_it_is_his_and_not_before(citizen, does):
    request = filed_and_followed(citizen)
    do(does, "confirm", request)
    do(does, "search", request, places="库房", keywords="公告", result="找到", found=True)
    does.signed(request, timezone.localdate())
    do(does, "dispatch", request, way="mail", mail_number="XA1")
    assert "行政复议" not in words(citizen.client.get("/track/request/"))
    do(does, "deliver", request)
    page = words(citizen.client.get("/track/request/"))
    assert "以加盖印章的答复书为准" in page
    assert "行政复议" in page
    assert "还缺" not in page


def test_who_has_to_pay_is_told_how_much_and_whom_to_ask(citizen, does):
    request = filed_and_followed(citizen)
    Guide.objects.create(
        agency=request.agency,
        since=request.agency.since,
        lead_office="办公室",
        address="听松路9号",
        hours="工作日9时至17时",
        phone="0571-00000000",
    )
    do(does, "confirm", request)
    do(does, "notify_fee", request, pages=50, how="区政务服务大厅非税窗口")
    page = words(citizen.client.get("/track/request/"))
    assert f"<strong>{request.fee.amount} 元</strong>" in page
    for told in ("共 50 页", "国办函〔2020〕109号", "第 31 至 50 页，每页 10 元，计 200 元", "区政务服务大厅非税窗口"):
        assert told in page
    assert 'href="tel:0571-00000000"' in page


def test_the_period_is_told_where_handing_in_was_receipt(citizen, does, world, monkeypatch):
    request = world.received(TODAY - timedelta(days=3))
    monkeypatch.setattr(following, "bound", lambda *_: request.pk)
    assert "20个工作日" in words(citizen.client.get("/track/request/"))


def test_he_withdraws_only_after_confirming_it(citizen):
    request = filed_and_followed(citizen)
    assert 'role="alert"' in words(citizen.client.post("/track/do/withdraw/", {"why": ""}))
    citizen.client.post("/track/do/withdraw/", {"sure": "on"})
    request.refresh_from_db()
    assert request.state == "closed"
    assert "办理已经结束" in words(citizen.client.get("/track/request/"))
    assert citizen.client.post("/track/do/withdraw/", {"sure": "on"}).url == "/track/request/"


def test_what_is_no_verb_of_his_does_not_exist(citizen):
    filed_and_followed(citizen)
    for name in ("confirm", "sign", "extend", "nothing"):
        assert citizen.client.post(f"/track/do/{name}/").status_code == 404


def test_the_page_of_a_request_costs_few_questions_however_long_its_story(citizen, does, django_assert_max_num_queries):
    request = filed_and_followed(citizen)
    do(does, "confirm", request)
    for number in range(5):
        store(
            files.upload(files.pdf(), f"{number}.pdf"),
            request,
            "other",
            actor=applicant(request.pk),
            now=timezone.now(),
        )
    citizen.client.get("/track/request/")
    with django_assert_max_num_queries(14):
        citizen.client.get("/track/request/")


CORRECTION = {
    **PERSON,
    "kind": "natural_person",
    "record": "缴费记录",
    "wrong": "少记一个月",
    "evidence": "银行回单",
    "true": "on",
    "website": "",
}


def test_a_record_is_demanded_to_be_corrected_and_followed(citizen, django_capture_on_commit_callbacks):
    typed = {**CORRECTION, "agency": citizen.world.bureau.pk, "key": "9b9c1d0e-0c0f-4a5e-9b1a-1d2f3a4b5c6d"}
    assert 'role="alert"' in words(citizen.client.post("/correct/", {**typed, "wrong": ""}))
    with_file = {**typed, "files": files.upload(files.photo(), "回单.jpg")}
    assert citizen.client.post("/correct/", with_file).url == "/correct/sent/"
    assert citizen.client.post("/correct/", typed).url == "/correct/sent/"
    correction = RecordCorrection.objects.get()
    assert [paper.name for paper in correction.papers.all()] == ["回单.jpg"]
    code = citizen.client.get("/correct/sent/").context["code"]
    assert citizen.track(correction.number, code).url == "/track/correction/"
    page = words(citizen.client.get("/track/correction/"))
    assert "少记一个月" in page
    assert citizen.client.get("/track/request/").url == "/track/"


def test_a_company_demands_it_too_and_follows_with_one_code_where_it_is_passed_on(citizen, does):
    """Art. 41: citizens, legal persons and other organisations."""
    world = citizen.world
    company = {**CORRECTION, "kind": "enterprise", "name": "某建筑公司", "document": "other", "document_number": "1"}
    typed = {**company, "agency": world.bureau.pk, "key": "9b9c1d0e-0c0f-4a5e-9b1a-1d2f3a4b5c6e"}
    assert citizen.client.post("/correct/", {**typed, "files": files.upload(files.photo(), "执照.jpg")}).url
    code = citizen.client.get("/correct/sent/").context["code"]
    was = RecordCorrection.objects.get()
    assert was.applicant.kind == "enterprise"
    today = timezone.localdate()
    told = {"actor": world.actor(Role.OFFICER, day=today), "day": today, "answer": "由区政府办公室记录"}
    ForwardCorrection(correction=was, to=world.office, **told).run(timezone.now())
    there = RecordCorrection.objects.get(origin=was)
    assert (there.agency, there.state, there.received) == (world.office, "open", today)
    assert citizen.track(there.number, code).url == "/track/correction/"
    assert was.number in words(citizen.client.get("/track/correction/"))
    assert citizen.track(there.number, "WRONGCODE2").status_code != 302
    desk = Client()
    world.sign_in(desk, Role.OFFICER, world.office)
    assert "执照" in words(desk.get(f"/desk/corrections/{there.pk}/"))
    assert desk.get(f"/desk/papers/{was.papers.get().key}/").status_code == 200
    assert desk.get(f"/desk/corrections/{was.pk}/").status_code == 404, "the first file stays with the first agency"
