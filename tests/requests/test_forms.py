"""Every step that staff take works by the form of the desk: without a script, once, and with nothing typed lost."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Role
from gongkai.requests.actions.deciding import Part
from gongkai.requests.actions.registry import ACTIONS
from gongkai.requests.desk.forms.deciding import ONLY
from gongkai.requests.desk.steps import OF_APPLICANT
from gongkai.requests.models import Applicant, RecordCorrection, Request, Submission
from tests.requests.doing import Doing
from tests.requests.files import pdf, upload
from tests.requests.signed_in import filled, press, signed_in

TODAY = timezone.localdate
ENTRY = {
    "channel": "in_person",
    "kind": "natural_person",
    "name": "钱某某",
    "document": "identity_card",
    "document_number": "11010119900307109x",
    "phone": "138 0000 0000",
    "address": "青禾市棠湾区听松路2号",
    "wishes-0-title": "某学校建设项目招标文件",
    "wishes-0-wanted": "某学校新建教学楼项目的招标公告和中标公示",
    "form": "paper",
    "way": "mail",
}
TO_THE_SEARCH = (
    ("clear", "clear"),
    *((name, "no") for name in ("petition", "publication", "confirmation", "repeated", "excessive")),
    ("government_information", "yes"),
    ("register", "no"),
    ("responsible", "yes"),
)
"""The answers that lead to the question whether it was searched."""


@pytest.fixture
def client_class():
    """Makes further clients: other people at other desks."""
    return Client


@pytest.fixture
def desk(world, client):
    """The desk as an officer of the bureau has it."""
    return signed_in(client, world.person(Role.OFFICER))


def entry(desk, **changed):
    """The form of registering, filled in and sent."""
    return press(desk, reverse("desk:register"), {**ENTRY, **changed})


def test_a_request_is_registered_and_its_receipt_names_number_day_and_code(desk):
    receipt = entry(desk).content.decode()
    request = Request.objects.get()
    assert request.number in receipt
    assert "receipt-code" in receipt
    assert (request.received, request.channel) == (TODAY(), "in_person")
    assert request.applicant.document_number == "11010119900307109X"


def test_several_wishes_become_several_requests_of_one_submission(desk):
    entry(desk, **{"wishes-1-title": "另一项", "wishes-1-wanted": "另一项信息的内容"})
    assert Submission.objects.count() == 1
    assert list(Request.objects.values_list("part", flat=True).order_by("part")) == [1, 2]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("document_number", "110101199003071091", "校验位"),
        ("phone", "12345", "电话号码"),
        ("day", "2999-01-01", "日期不能晚于今天"),
        ("wishes-0-wanted", "", "信息名称和内容描述"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_all_that_was_typed_stays(desk, field, value, words):
    answer = entry(desk, **{field: value})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert words in shown
    assert "钱某某" in shown
    assert not Request.objects.exists()
    assert not Applicant.objects.exists()


def test_what_may_be_the_same_is_shown_before_it_is_stored(desk):
    entry(desk)
    asked = entry(desk)
    assert "可能与这一件相同" in asked.content.decode()
    assert Request.objects.count() == 1
    desk.post(reverse("desk:register"), {**filled(asked), "likely": "on"})
    assert Request.objects.count() == 2


def test_a_registration_sent_twice_counts_once(desk):
    page = desk.get(reverse("desk:register"))
    sent = {**filled(page), **ENTRY}
    first, second = (desk.post(reverse("desk:register"), sent) for _ in range(2))
    assert Request.objects.count() == 1
    assert "receipt-code" in first.content.decode()
    assert "重新生成查询码" in second.content.decode()


def test_the_files_of_a_registration_outlive_a_mistake_and_go_with_the_request(desk):
    scan = upload(pdf(), "申请书.pdf")
    page = desk.get(reverse("desk:register"))
    wrong = desk.post(reverse("desk:register"), {**filled(page), **ENTRY, "phone": "1", "application": scan})
    assert "申请书.pdf" in wrong.content.decode()
    desk.post(reverse("desk:register"), {**filled(wrong), "phone": "13800000000"})
    assert [paper.name for paper in Request.objects.get().papers.all()] == ["申请书.pdf"]


def at(request, action):
    return reverse("desk:step", args=[request.pk, action])


def test_the_whole_way_from_registering_to_the_archive_by_forms_alone(world, desk, client_class):
    """In person → search → consultation → guide → draft → review → sign → mail → delivery → archive."""
    entry(desk)
    request = Request.objects.get()
    reviewer = signed_in(client_class(), world.person(Role.REVIEWER))
    signatory = signed_in(client_class(), world.person(Role.SIGNATORY))

    def step(action, who=desk, **typed):
        answer = press(who, at(request, action), typed)
        assert answer.status_code == 302, answer.content.decode()
        request.refresh_from_db()

    step("search", places="基建档案", keywords="招标、中标", result="找到招标公告和中标公示", found="yes")
    step("consult_third_party", third_party="某建筑公司", third_party_is="organisation", about="中标公示中的报价")
    consultation = request.consultations.get()
    step("record_opinion", consultation=consultation.pk, answer="agrees", reasons="同意")
    assert request.consultations.get().reasonable is None
    guide = desk.get(at(request, "draft")).content.decode()
    assert "补不补" in guide
    draft = f"{at(request, 'draft')}?outcome=granted.provided&path=clear.clear"
    typed = {**filled(desk.get(draft)), "contents.0": "附件：招标公告、中标公示", "form": "paper"}
    assert desk.post(draft, typed).status_code == 302
    request.refresh_from_db()
    assert request.stage == "drafted"
    assert "附件：招标公告、中标公示" in reviewer.get(at(request, "review")).content.decode()
    step("return", reviewer, words="请补充中标公示的日期")
    typed = {**filled(desk.get(draft)), "contents.0": "附件：招标公告、中标公示（2025年）"}
    assert desk.post(draft, typed).status_code == 302
    step("review", reviewer, words="同意")
    step("sign", signatory)
    step("dispatch", way="mail", mail_number="XA12345678900")
    assert request.state == "answered"
    step("deliver", relation="本人")
    step("archive", shelf="2026-1")
    shown = desk.get(reverse("desk:request", args=[request.pk])).content.decode()
    for words in ("归档", "XA12345678900", "请补充中标公示的日期", "某建筑公司"):
        assert words in shown


def test_a_wrong_record_is_demanded_corrected_and_the_person_told(desk, world):
    typed = {
        "kind": "natural_person",
        "name": "李某某",
        "document": "identity_card",
        "phone": "13800000000",
        "record": "社会保险缴费年限",
        "wrong": "少计2018年全年",
        "evidence": "单位缴费凭证",
        "proofs": upload(pdf(), "凭证.pdf"),
    }
    receipt = press(desk, reverse("desk:correction_register"), typed).content.decode()
    correction = RecordCorrection.objects.get()
    assert correction.number in receipt
    page = reverse("desk:correction", args=[correction.pk])
    shown = desk.get(page).content.decode()
    assert "少计2018年全年" in shown
    assert "李某某" not in shown
    assert b"%PDF" in desk.get(reverse("desk:paper", args=[correction.papers.get().key])).content
    answer = press(desk, reverse("desk:correction_step", args=[correction.pk, "correct"]), {"answer": "已补记"})
    assert answer.status_code == 302
    again = press(desk, reverse("desk:correction_step", args=[correction.pk, "refuse"]), {"answer": "不予更正"})
    assert "已经办结" in again.content.decode()
    assert "不予更正" in again.content.decode()
    assert correction.number in desk.get(reverse("desk:corrections")).content.decode()
    stranger = signed_in(Client(), world.person(Role.OFFICER, world.office))
    assert stranger.get(page).status_code == 404


def test_the_guide_walks_one_question_at_a_time_and_leads_to_a_step_or_a_draft(desk, world):
    request = world.received(TODAY())
    first = desk.get(at(request, "draft")).content.decode()
    assert "补不补" in first
    for answer, words in (("clear.unclear", "先办：告知补正"), ("clear.clear", "已经回答的问题")):
        assert words in desk.get(at(request, "draft"), {"path": answer}).content.decode()
    assert "补不补" in desk.get(at(request, "draft"), {"path": "made.up"}).content.decode()
    draft = desk.get(at(request, "draft"), {"outcome": "refused.internal_affairs"}).content.decode()
    for words in ("第十六条第一款", "行政复议", "所属的种类（人事管理、后勤管理、内部工作流程中的哪一类）"):
        assert words in draft


def test_every_action_has_its_form_with_a_field_for_all_that_it_takes(world, desk):
    request = world.received(TODAY())
    for name, action in ((name, action) for name, action in ACTIONS.items() if name not in OF_APPLICANT):
        typed = {"outcome": "partial"} if name == "draft" else {}
        page = desk.get(at(request, name), typed)
        assert page.status_code == 200, name
        form = page.context["form"]
        taken = {told.name for told in action.fields if told.kind not in ("contents", "path")}
        assert taken - form.fields.keys() <= ONLY.keys() | {"reasons", "came_back"}, name


def test_two_officers_at_once_one_wins_and_the_other_is_shown_what_changed_and_loses_nothing(world, desk):
    request = world.received(TODAY())
    mine = filled(desk.get(at(request, "note")))
    press(desk, at(request, "search"), {"places": "库房", "keywords": "公告", "result": "没有找到", "found": "no"})
    answer = desk.post(at(request, "note"), {**mine, "words": "已电话联系申请人"})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "刚刚由他人办理过" in shown
    assert "检索" in shown
    assert "已电话联系申请人" in shown
    assert desk.post(at(request, "note"), filled(answer)).status_code == 302
    assert request.notes.get().words == "已电话联系申请人"


def test_a_form_sent_twice_is_done_once_with_its_file(world, desk):
    request = world.received(TODAY())
    sent = {**filled(desk.get(at(request, "note"))), "words": "备注"}
    for _ in range(2):
        desk.post(at(request, "note"), {**sent, "files": upload(pdf(), "记录.pdf")})
    assert request.events.filter(name="noted").count() == 1
    assert request.papers.count() == 1


def test_what_the_law_refuses_is_said_with_its_article_and_leaves_no_trace(world, desk):
    request = world.filed(TODAY(), Request.Channel.ONLINE).requests[0]
    shut = desk.get(at(request, "search")).content.decode()
    assert "申请现在的状态不能办理这一步" in shut
    assert 'name="places"' not in shut, "no form is filled in for nothing"
    typed = {"day": TODAY().isoformat(), "places": "库房", "keywords": "公告", "result": "没有", "found": "no"}
    answer = desk.post(at(request, "search"), {**filled(desk.get(at(request, "note"))), **typed})
    assert answer.status_code == 403
    assert "库房" in answer.content.decode()
    request = world.received(TODAY())
    answer = press(
        desk,
        at(request, "ask_supplement"),
        {"points-0-what": "文号", "guidance": "写明文号", "until": TODAY().isoformat()},
    )
    assert answer.status_code == 422
    assert "补正期限" in answer.content.decode()
    assert request.events.count() == 1


def test_more_rows_come_without_a_script_and_keep_what_was_typed(world, desk):
    request = world.received(TODAY())
    typed = {"points-0-what": "文号", "points-0-why": "有多份", "more": "points"}
    shown = press(desk, at(request, "ask_supplement"), typed).content.decode()
    assert "有多份" in shown
    assert 'name="points-2-what"' in shown


def test_script_in_every_text_is_shown_as_text(world, desk):
    script = "<script>alert(1)</script>"
    words = dict.fromkeys(("title", "wanted", "document_number", "purpose"), script)
    request = world.received(TODAY(), **words)
    press(desk, at(request, "search"), {"places": script, "keywords": script, "result": script, "found": "no"})
    press(desk, at(request, "note"), {"words": script})
    press(
        desk, at(request, "consult_third_party"), {"third_party": script, "third_party_is": "person", "about": script}
    )
    draft = f"{at(request, 'draft')}?outcome=unavailable.must_be_created"
    desk.post(draft, {**filled(desk.get(draft)), "facts": script, "reasons": script})
    assert request.decisions.get().facts == script
    for address in (reverse("desk:request", args=[request.pk]), draft, at(request, "note")):
        assert script not in desk.get(address).content.decode()
    reviewer = signed_in(Client(), world.person(Role.REVIEWER))
    shown = reviewer.get(at(request, "review")).content.decode()
    assert script not in shown
    assert "&lt;script&gt;" in shown


def test_of_the_files_of_several_drafts_the_applicant_gets_those_of_the_signed_one_and_not_before_it_goes_out(
    world, desk
):
    request = world.received(TODAY())
    does = Doing(world)
    does.searched(request, TODAY(), found=True)
    draft = f"{at(request, 'draft')}?outcome=granted.provided"
    whole = {**filled(desk.get(draft)), "contents.0": "附件", "files": upload(pdf(), "未处理.pdf")}
    desk.post(draft, whole)
    page = desk.get(draft)
    names = {paper.name: paper.pk for paper in request.papers.all()}
    assert str(names["未处理.pdf"]) in page.content.decode()
    sent = {**filled(page), "files": upload(pdf(), "已处理.pdf")}
    sent.pop("kept")
    desk.post(draft, sent)
    does("review", request, TODAY())
    does("sign", request, TODAY())
    assert not request.papers.filter(for_applicant=True).exists()
    press(desk, at(request, "dispatch"), {"way": "mail", "mail_number": "XA1"})
    assert [paper.name for paper in request.papers.filter(for_applicant=True)] == ["已处理.pdf"]


def test_what_is_wanted_online_is_sent_as_a_data_message_that_has_entered_the_platform(world, desk):
    request = world.received(TODAY())
    Request.objects.filter(pk=request.pk).update(way=Request.Way.ONLINE)
    does = Doing(world)
    does.searched(request, TODAY(), found=True)
    does.signed(request, TODAY())
    assert "本平台就是他指定的系统" in desk.get(at(request, "dispatch")).content.decode()
    press(desk, at(request, "dispatch"), {})
    assert request.deliveries.get().delivered == TODAY()


def test_what_the_letter_must_say_is_marked_as_needed_and_what_only_some_letters_need_is_not(world, desk):
    request = world.received(TODAY())
    marks = {}
    for outcome in ("refused.internal_affairs", "refused.enforcement_file", "unavailable.does_not_exist"):
        form = desk.get(at(request, "draft"), {"outcome": outcome}).context["form"]
        marks[outcome] = [field.field.required for field in form if field.name.startswith("contents.")]
        assert all("required" in str(field) for field in form if field.field.required and not field.is_hidden)
    assert all(marks["refused.internal_affairs"]) and marks["refused.internal_affairs"]
    assert marks["refused.enforcement_file"] == [True, False]
    assert not any(marks["unavailable.does_not_exist"])


def test_the_parts_of_a_draft_are_shown_once_and_a_new_draft_follows_them(world, desk):
    request, does = world.received(TODAY()), Doing(world)
    parts = (Part("施工图", "granted.provided"), Part("考核表", "refused.internal_affairs", "属于人事管理"))
    does.drafted(request, TODAY(), "partial", parts=parts)
    shown = desk.get(reverse("desk:request", args=[request.pk])).content.decode()
    assert shown.count("属于人事管理") == 1
    again = filled(desk.get(at(request, "draft"), {"outcome": "partial"}))
    desk.post(at(request, "draft"), {**again, "parts-1-reasons": "属于内部工作流程"})
    newest = request.decisions.order_by("version").last()
    assert newest.version == 2
    assert "属于人事管理" not in str(newest.contents)


def test_the_guide_shows_what_is_on_file_and_is_come_back_to_after_the_step_that_it_asked_for(world, desk):
    request = world.received(TODAY())
    at_search = "~".join(f"{name}.{answer}" for name, answer in TO_THE_SEARCH)
    first = desk.get(at(request, "draft"), {"path": f"{at_search}~searched.no"}).context["first_address"]
    done = press(desk, first, {"places": "基建档案库", "keywords": "公告", "result": "没有找到", "found": "no"})
    question = desk.get(done["Location"])
    assert question.context["where"].question.name == "searched"
    assert "基建档案库" in question.content.decode()


def test_who_approves_more_time_sees_what_was_proposed_and_why(world, desk, client_class):
    request, does = world.received(TODAY()), Doing(world)
    does("propose_extension", request, TODAY(), days=7, why="档案分散在三个库房")
    head = signed_in(client_class(), world.person(Role.LEAD_HEAD))
    shown = head.get(at(request, "extend")).content.decode()
    assert "档案分散在三个库房" in shown and "工作日数：7" in shown


def test_that_nothing_was_found_is_said_and_never_taken_from_silence(world, desk):
    request = world.received(TODAY())
    typed = {"places": "库房", "keywords": "公告", "result": "没有找到"}
    answer = press(desk, at(request, "search"), typed)
    assert answer.status_code == 422 and answer.context["form"].errors["found"] == ["请填写或者选择这一项。"]
    press(desk, at(request, "search"), {**typed, "found": "no"})
    assert request.searches.get().found is False
