"""Every step that staff take works by the form of the desk: without a script, once, and with nothing typed lost."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Role
from gongkai.requests.models import Applicant, Request, Submission
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

    step("search", places="基建档案", keywords="招标、中标", result="找到招标公告和中标公示", found="on")
    step("consult_third_party", third_party="某建筑公司", about="中标公示中的报价")
    consultation = request.consultations.get()
    step("record_opinion", consultation=consultation.pk, answer="agrees", reasons="同意")
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
    for words in ("归档", "XA12345678900", "请补充中标公示的日期", "某＊＊＊＊"):
        assert words in shown
