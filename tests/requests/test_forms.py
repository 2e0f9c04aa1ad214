"""Every step that staff take works by the form of the desk: without a script, once, and with nothing typed lost."""

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Role
from gongkai.requests.models import Applicant, Request, Submission
from tests.requests.signed_in import press, signed_in

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
