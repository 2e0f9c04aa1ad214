"""What must not be possible: each is refused with the field and a word on what would be right, and leaves no trace."""

from datetime import date

import pytest

from gongkai.agencies.models import Role
from gongkai.agencies.refusals import Conflict, NotAllowed, NotLawfulNow, Refused
from gongkai.audit.models import Entry
from gongkai.requests.actions.ask_supplement import Point
from gongkai.requests.actions.deciding import Part
from gongkai.requests.actions.submit import Wish
from gongkai.requests.models import Consultation, Decision, Event, FeeNotice, Note, Request, Supplement
from tests.platform_world import at

DAY = date(2026, 3, 2)
LATER = date(2026, 3, 9)
GIVEN, REFUSED = Part("正文", "granted.provided"), Part("电话", "refused.internal_affairs", "人事管理")

BAD = [
    ("ask_supplement", {"points": (), "guidance": "写明", "until": date(2026, 3, 20)}, "points"),
    ("ask_supplement", {"points": (Point("名称", " "),), "guidance": "写明", "until": date(2026, 3, 20)}, "points"),
    ("ask_supplement", {"points": (Point("名称", "不明"),), "guidance": "写明", "until": LATER}, "until"),
    (
        "ask_supplement",
        {"points": (Point("名称", "不明"),), "guidance": "写明", "until": date(2026, 3, 20), "delivered": DAY},
        "delivered",
    ),
    ("ask_supplement", {"points": (Point("名称", "不明"),), "guidance": " ", "until": date(2026, 3, 20)}, "guidance"),
    ("ask_reasons", {"counts": "", "until": date(2026, 3, 20)}, "counts"),
    ("ask_reasons", {"counts": "38件", "until": DAY}, "until"),
    ("consult_third_party", {"third_party": " ", "about": "合同"}, "third_party"),
    ("consult_third_party", {"third_party": "某公司", "about": ""}, "about"),
    ("consult_agency", {"about": "合同"}, "agency"),
    ("propose_extension", {"days": 21, "why": "调卷"}, "days"),
    ("propose_extension", {"days": 0, "why": "调卷"}, "days"),
    ("propose_extension", {"days": 10, "why": ""}, "why"),
    ("notify_fee", {"how": "窗口"}, "items"),
    ("notify_fee", {"items": 1, "pages": 1, "how": "窗口"}, "items"),
    ("notify_fee", {"items": 0, "how": "窗口"}, "items"),
    ("notify_fee", {"pages": -5, "how": "窗口"}, "pages"),
    ("notify_fee", {"items": 1, "how": "窗口"}, "items"),
    ("notify_fee", {"pages": 68, "how": " "}, "how"),
    ("search", {"places": "", "keywords": "公告", "result": "无"}, "places"),
    ("split", {"wishes": (Wish("公告", "公告"),)}, "wishes"),
    ("split", {"wishes": (Wish("公告", "公告"), Wish("方案", " "))}, "wishes"),
    ("note", {"words": "  "}, "words"),
    ("withdraw", {"why": ""}, "why"),
    ("draft", {"outcome": "granted"}, "outcome"),
    ("draft", {"outcome": "other.fee_overdue"}, "outcome"),
    ("draft", {"outcome": "granted.provided"}, "contents.0"),
    ("draft", {"outcome": "granted.provided", "contents": {"7": "附件"}}, "contents"),
    ("draft", {"outcome": "granted.provided", "contents": {"0": "附件"}, "parts": (GIVEN,)}, "parts"),
    ("draft", {"outcome": "granted.provided", "contents": {"0": "附件"}, "form": "disc"}, "form_reason"),
    ("draft", {"outcome": "granted.provided", "contents": {"0": "附件"}, "form": "telepathy"}, "form"),
    ("draft", {"outcome": "partial"}, "parts"),
    ("draft", {"outcome": "partial", "parts": (GIVEN, GIVEN)}, "parts"),
    ("draft", {"outcome": "partial", "parts": (REFUSED,)}, "parts"),
    ("draft", {"outcome": "partial", "parts": (GIVEN, Part("电话", "refused.internal_affairs"))}, "parts"),
    ("draft", {"outcome": "partial", "parts": (GIVEN, REFUSED, Part("其他", "partial", "无"))}, "parts"),
    ("draft", {"outcome": "refused.state_secret"}, "reasons"),
    ("draft", {"outcome": "refused.third_party_rights", "reasons": "商业秘密"}, "third_party_reasons"),
    ("draft", {"outcome": "unavailable.does_not_exist", "reasons": "没有"}, "outcome"),
    ("draft", {"outcome": "unavailable.still_unclear", "reasons": "不明"}, "outcome"),
    ("draft", {"outcome": "unavailable.other_agency", "reasons": "非本机关", "contents": {"0": "理由"}}, "contents.1"),
    ("draft", {"outcome": "declined.repeated", "reasons": "重复"}, "earlier_number"),
    ("draft", {"outcome": "declined.repeated", "reasons": "重复", "earlier_number": "1号"}, "earlier_day"),
    ("draft", {"outcome": "declined.excessive", "reasons": "过多"}, "outcome"),
]


@pytest.mark.parametrize(("verb", "values", "field"), BAD)
def test_bad_input_names_its_field_and_leaves_no_trace(world, does, verb, values, field):
    request = world.received(DAY)
    with pytest.raises(Refused) as refused:
        does(verb, request, LATER, **values)
    assert refused.value.field == field
    assert str(refused.value)
    assert (Event.objects.count(), Request.objects.get().version) == (1, 0)
    for model in (Consultation, Decision, FeeNotice, Note, Supplement):
        assert not model.objects.exists()


def test_nothing_is_decided_before_it_is_received(world, does):
    request = world.filed(DAY, Request.Channel.ONLINE).requests[0]
    for verb in ("search", "draft", "sign", "dispatch", "extend"):
        assert not does.offers(request, DAY)[verb].allowed
    with pytest.raises(NotAllowed, match="现在的状态"):
        does.drafted(request, LATER)


def test_nothing_is_done_on_a_day_before_it_could_be(world, does):
    request = world.received(LATER)
    told = {"third_party": "某公司", "about": "合同"}
    with pytest.raises(NotLawfulNow):
        does.made("consult_third_party", request, DAY, **told).run(at(LATER))
    does.drafted(request, LATER)
    with pytest.raises(Refused, match="以办理当天为准"):
        does.made("review", request, date(2026, 3, 6)).run(at(LATER))


def test_a_reply_waits_for_the_third_party_who_still_has_time(world, does):
    request = world.received(DAY)
    does("consult_third_party", request, LATER, third_party="某公司", about="合同", delivered=LATER)
    does.drafted(request, LATER)
    does("review", request, LATER)
    with pytest.raises(Refused, match="还没有届满"):
        does("sign", request, LATER)


def test_no_mail_without_its_number_and_no_private_courier(world, does):
    request = world.received(DAY)
    does.signed(request, LATER)
    for values, field in (({"way": "mail"}, "mail_number"), ({"way": "courier"}, "way"), ({"way": "pigeon"}, "way")):
        with pytest.raises(Refused) as refused:
            does("dispatch", request, LATER, **values)
        assert refused.value.field == field
    with pytest.raises(Refused, match="选择送达方式"):
        does("deliver", request, LATER)
    with pytest.raises(Refused, match="先记录发出"):
        does("deliver", request, LATER, way="mail")
    handed_over = does("deliver", request, LATER, way="direct", relation="本人")
    assert (handed_over.state, handed_over.answered) == ("answered", LATER)


def test_once_signed_nothing_more_is_asked_or_drafted(world, does):
    request = world.received(DAY)
    does.signed(request, LATER)
    for verb in ("ask_supplement", "consult_third_party", "notify_fee", "propose_extension", "draft", "split"):
        assert "签发" in str(does.offers(request, LATER)[verb].why)


def test_an_approval_is_not_mended_and_an_extension_only_by_who_approved_it(world, does):
    request = world.received(DAY)
    does("propose_extension", request, LATER, days=10, why="调卷")
    does("extend", request, LATER)
    does.drafted(request, LATER)
    drafted, extended = request.events.get(name="drafted"), request.events.get(name="extended")
    with pytest.raises(Refused):
        does("correct_entry", request, LATER, entry=drafted, never=True, why="误")
    with pytest.raises(NotAllowed):
        does("correct_entry", request, LATER, entry=extended, never=True, why="误")
    head = world.actor(Role.LEAD_HEAD)
    back = does("correct_entry", request, LATER, head, entry=extended, never=True, why="未告知申请人")
    assert back.due == date(2026, 3, 30)


def test_an_extension_is_neither_approved_nor_told_before_it_was_proposed(world, does):
    request = world.received(DAY)
    does("propose_extension", request, LATER, days=10, why="调卷")
    for day, approved, field in ((date(2026, 3, 6), None, "day"), (LATER, date(2026, 3, 6), "approved")):
        with pytest.raises(Refused) as refused:
            does.made("extend", request, day, approved=approved).run(at(LATER))
        assert refused.value.field == field


def test_nobody_approves_the_extension_that_he_proposed(world, does):
    request = world.received(DAY)
    does("propose_extension", request, LATER, days=10, why="调卷")
    officer = world.person(Role.OFFICER)
    world.person(Role.LEAD_HEAD, username=officer.username)
    with pytest.raises(Refused, match="自己提请"):
        does("extend", request, LATER, world.actor(Role.OFFICER))


def test_an_officer_of_another_agency_is_refused_and_the_attempt_is_logged(world, does):
    request = world.received(DAY)
    stranger = world.actor(Role.OFFICER, world.office)
    for verb, values in (("search", {"places": "a", "keywords": "b", "result": "c"}), ("note", {"words": "x"})):
        with pytest.raises(NotAllowed):
            does(verb, request, LATER, stranger, **values)
    assert set(Entry.objects.values_list("action", "result")) == {
        ("request.search", "refused"),
        ("request.note", "refused"),
    }


def test_who_comes_second_is_told_and_nothing_is_lost(world, does):
    request = world.received(DAY)
    does("note", request, LATER, words="先来的", seen=0)
    with pytest.raises(Conflict, match="您填写的内容还在"):
        does("note", request, LATER, words="后到的", seen=0)
    assert [note.words for note in Note.objects.all()] == ["先来的"]


def test_things_of_another_request_are_not_found(world, does):
    one, other = world.received(DAY), world.received(DAY)
    does("consult_third_party", one, LATER, third_party="某公司", about="合同")
    does("consult_third_party", other, LATER, third_party="某公司", about="合同")
    foreign = Consultation.objects.get(request=other)
    with pytest.raises(Refused) as refused:
        does("record_opinion", one, LATER, consultation=foreign, answer="agrees")
    assert refused.value.field == "consultation"
    with pytest.raises(Refused):
        does("record_letter", one, LATER, entry=other.events.get(name="third_party_asked"))


def test_an_outcome_that_the_law_of_the_day_did_not_have_is_refused(world, does):
    request = world.received(date(2018, 6, 1))
    with pytest.raises(Refused, match="当时的法律"):
        does.drafted(request, date(2018, 6, 5), "declined.repeated", reasons="重复")
    assert does.offers(request, date(2018, 6, 5))["ask_reasons"].allowed is False
