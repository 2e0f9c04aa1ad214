"""The public form: one thing at a time, nothing lost, nothing stored before it is sent, and sent once."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from gongkai.agencies.models import Guide
from gongkai.requests.models import Applicant, Paper, Request, Submission
from tests.requests import files
from tests.requests.citizen import COMPANY, PERSON, WISH, Citizen

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def papers(settings, tmp_path):
    settings.GONGKAI_PAPERS = tmp_path
    return tmp_path


@pytest.fixture
def citizen(client, world) -> Citizen:
    return Citizen(client, world)


def words(response) -> str:
    return str(response.content, "utf-8")


def refused(response) -> bool:
    return response.status_code == 200 and 'role="alert"' in words(response)


def test_it_ends_with_a_number_a_code_and_the_day(citizen):
    citizen.answer_all()
    assert citizen.send().url == "/apply/sent/"
    request = Request.objects.get()
    page = words(citizen.client.get("/apply/sent/"))
    assert request.number in page
    assert "第三十一条" in page
    assert (request.state, request.channel, request.agency) == ("not_received", "online", citizen.world.bureau)
    assert (request.applicant.name, request.applicant.document_number) == ("钱某某", "11010119900307109X")
    code = citizen.client.get("/apply/sent/").context["code"]
    assert code in page
    assert citizen.track(request.number, code).url == "/track/request/"


def test_before_it_is_sent_nothing_is_stored_but_a_draft_that_nobody_can_read(citizen):
    citizen.answer_all()
    assert not Applicant.objects.exists()
    assert not Submission.objects.exists()
    held = str(Session.objects.get().get_decoded())
    assert not any(secret in held for secret in (PERSON["name"], "11010119900307109", WISH["wanted"]))


def test_what_was_typed_is_kept_and_may_be_changed(citizen):
    citizen.answer_all()
    assert 'value="钱某某"' in words(citizen.client.get("/apply/who/"))
    assert citizen.answer("who", **{**PERSON, "name": "周某"}).url == "/apply/check/"
    assert "周某" in words(citizen.client.get("/apply/check/"))


def test_nobody_skips_a_question(citizen):
    for step in ("kind", "who", "wanted", "delivery", "papers", "check"):
        assert citizen.client.get(f"/apply/{step}/").url == "/apply/agency/"
        assert citizen.answer(step, true="on", **PERSON).url == "/apply/agency/"
    assert citizen.client.get("/apply/nothing/").status_code == 404
    assert not Request.objects.exists()


def test_several_wishes_become_several_requests_each_with_its_papers(citizen):
    citizen.answer_all()
    citizen.answer("wanted", **{**WISH, "title": "第二项"})
    citizen.answer("papers", identity=files.upload(files.photo(), "身份证.jpg"), go="1")
    citizen.send()
    first, second = Request.objects.order_by("part")
    assert (first.title, second.title) == (WISH["title"], "第二项")
    assert first.submission == second.submission
    assert [paper.name for one in (first, second) for paper in one.papers.all()] == ["身份证.jpg"] * 2


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        ("agency", {"agency": "999999"}, "不受理申请"),
        ("kind", {"kind": "ghost", "by": "self"}, "以谁的名义"),
        ("who", {**PERSON, "document_number": "110101199003071091"}, "校验位不符"),
        ("who", {**PERSON, "document_number": "110101209903071091"}, "出生日期"),
        ("who", {**PERSON, "phone": "12345"}, "电话号码应为"),
        ("who", {**PERSON, "name": ""}, "请填写姓名"),
        ("who", {**PERSON, "email": "not an address"}, "电子邮箱的格式"),
        ("wanted", {**WISH, "wanted": " "}, "请描述所需的信息"),
        ("wanted", {**WISH, "wanted": "长" * 5001}, "最多写5000个字"),
        ("delivery", {"form": "electronic", "way": "email"}, "填写电子邮箱"),
        ("delivery", {"form": "paper", "way": "online"}, "纸质的请选邮寄"),
        ("delivery", {"form": "inspection", "way": "mail"}, "请选“当面领取”"),
        ("delivery", {"form": "carrier pigeon", "way": "online"}, "请选择提供形式"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_on_top_and_what_was_typed_stays(citizen, step, typed, said):
    citizen.answer_all()
    page = words(citizen.answer(step, **typed))
    assert len(re.findall(f"<li>(?:<a [^>]*>)?[^<]*{said}", page)) == 2
    assert 'role="alert"' in page
    assert all(f'value="{value}"' in page or f"{value}</textarea>" in page for value in typed.values() if "某" in value)


def test_the_summary_on_top_names_what_is_wrong_in_the_order_of_the_page(citizen):
    citizen.answer_all()
    page = citizen.answer("who", **{**PERSON, "document_number": "1", "phone": "", "email": "x"}).content.decode()
    summary = page[page.index('class="summary"') :]
    places = [summary.index(f"#id_{name}") for name in ("document_number", "phone", "email")]
    assert places == sorted(places)


def test_the_form_for_a_correction_ends_with_the_confirmation(client, world):
    page = client.get("/correct/").content.decode()
    assert page.index('id="id_record"') < page.index('id="id_email"') < page.index('id="id_true"')


def test_who_lacks_an_address_for_mail_is_led_to_it_and_finds_his_choice_again(citizen):
    citizen.answer_all(who={**PERSON, "address": ""})
    page = words(citizen.answer("delivery", form="paper", way="mail"))
    assert re.search(r'class="note"><a href="/apply/who/"', page)
    assert citizen.answer("who", **{**PERSON, "address": "青禾市棠湾区听松路9号"}).url == "/apply/delivery/"
    again = words(citizen.client.get("/apply/delivery/"))
    assert all(re.search(f'value="{value}"[^>]* checked', again) for value in ("paper", "mail"))


def test_a_credit_code_is_checked_too(citizen):
    citizen.answer_all(who=COMPANY, kind="enterprise")
    assert refused(citizen.answer("who", **{**COMPANY, "document_number": "91350100M000100Y44"}))
    assert citizen.send().url == "/apply/sent/"
    assert Applicant.objects.get().kind == "enterprise"


def test_an_agent_shows_his_authorisation(citizen):
    agent = {"agent_name": "吴某", "agent_document_number": PERSON["document_number"], "agent_phone": "13800000002"}
    citizen.answer_all(who={**PERSON, **agent}, by="agent")
    assert citizen.client.get("/apply/check/").url == "/apply/papers/"
    assert refused(citizen.answer("papers", go="1"))
    citizen.answer("papers", authorisation=files.upload(files.pdf(), "委托书.pdf"), go="1")
    citizen.send()
    assert Applicant.objects.get().agent_name == "吴某"
    assert Request.objects.get().papers.get().kind == Paper.Kind.AUTHORISATION


def test_script_in_every_field_stays_text(citizen):
    citizen.answer_all(who={**PERSON, "name": SCRIPT, "address": SCRIPT}, wish=dict.fromkeys(WISH, SCRIPT))
    pages = [citizen.client.get(f"/apply/{step}/") for step in ("who", "wanted", "check")]
    citizen.send()
    pages += [citizen.client.get("/apply/sent/")]
    request, code = pages[-1].context["requests"][0], pages[-1].context["code"]
    citizen.track(request.number, code)
    pages += [citizen.client.get("/track/request/"), citizen.client.get("/track/do/withdraw/")]
    assert Request.objects.get().title == SCRIPT
    for page in pages:
        assert page.status_code == 200
        assert SCRIPT not in words(page)


def test_sent_twice_counts_once_and_the_code_stays_on_the_page(citizen):
    citizen.answer_all()
    draft = citizen.client.session["draft.request"]
    citizen.send()
    code = citizen.client.get("/apply/sent/").context["code"]
    session = citizen.client.session
    session["draft.request"] = draft
    session.save()
    assert citizen.send().url == "/apply/sent/"
    assert Request.objects.count() == Submission.objects.count() == 1
    assert citizen.client.get("/apply/sent/").context["code"] == code


def test_a_draft_of_yesterday_is_gone(citizen, monkeypatch):
    citizen.answer_all()
    later = timezone.now() + timedelta(hours=25)
    monkeypatch.setattr("gongkai.requests.public.applying.moment", lambda: later)
    assert citizen.client.get("/apply/check/").url == "/apply/agency/"


def test_a_shared_computer_can_be_left_clean(citizen, papers):
    citizen.answer_all()
    citizen.answer("papers", identity=files.upload(files.photo(), "身份证.jpg"))
    citizen.client.post("/apply/forget/")
    assert not Paper.objects.exists()
    assert "draft.request" not in citizen.client.session


def test_a_file_that_is_refused_is_named_and_the_good_one_stays(citizen):
    citizen.answer_all()
    good, bad = files.upload(files.pdf(), "好.pdf"), files.upload(b"MZ bad", "坏.pdf")
    response = citizen.answer("papers", other=[good, bad], go="1")
    assert refused(response)
    assert "《坏.pdf》的格式不能接收" in words(response)
    assert [paper.name for paper in Paper.objects.all()] == ["好.pdf"]
    other = Citizen(Client(), citizen.world)
    other.answer_all()
    other.answer("papers", remove=str(Paper.objects.get().pk))
    assert Paper.objects.exists()


def test_machines_fall_into_the_trap_and_floods_are_stopped_with_clear_words(citizen, settings):
    citizen.answer_all()
    assert refused(citizen.send(website="http://example.com"))
    assert refused(citizen.send(true=""))
    settings.GONGKAI_FILINGS_PER_HOUR = 1
    assert citizen.send().status_code == 302
    citizen.answer_all()
    stopped = citizen.send()
    assert (stopped.status_code, stopped["Retry-After"]) == (429, "3600")
    assert "60 分钟" in words(stopped)
    assert Request.objects.count() == 1


def test_home_names_the_agencies_and_their_guides_in_few_questions(client, world, django_assert_num_queries):
    Guide.objects.create(
        agency=world.bureau,
        since=world.bureau.since,
        lead_office="办公室",
        address="听松路9号",
        hours="工作日9时至17时",
        phone="0571-00000000",
    )
    with django_assert_num_queries(2):
        page = words(client.get("/"))
    assert "青禾市棠湾区人力资源和社会保障局" in page
    with django_assert_num_queries(2):
        guide = words(client.get("/guide/HRSS/"))
    assert "听松路9号" in guide
    assert "/apply/?agency=HRSS" in guide
    assert client.get("/guide/NOBODY/").status_code == 404
    assert re.search(f'value="{world.bureau.pk}"[^>]* checked', words(client.get("/apply/?agency=HRSS")))


def test_pages_speak_english_too(client, world):
    response = client.post("/i18n/setlang/", {"language": "en", "next": "/track/"}, follow=True)
    assert '<html lang="en"' in words(response)
