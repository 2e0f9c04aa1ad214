"""Whole ways of a request through the agency, each as an officer would tell it."""

from datetime import date

import pytest

from gongkai.agencies.models import Role
from gongkai.agencies.refusals import NotAllowed, NotLawfulNow, Refused
from gongkai.audit.verifying import verify
from gongkai.requests.actions.ask_supplement import Point
from gongkai.requests.actions.deciding import Part
from gongkai.requests.models import Decision, Delivery

DAY = date(2026, 3, 2)
POINTS = (Point("信息名称", "没有写明是哪一地块"),)


def names(request):
    return [event.name for event in request.events.order_by("id")]


def test_from_the_counter_to_the_signed_reply_in_the_post(world, does):
    request = world.received(DAY)
    does.searched(request, date(2026, 3, 4), found=True)
    does.signed(request, date(2026, 3, 10))
    sent = does("dispatch", request, date(2026, 3, 11), way="mail", mail_number="EA000000001CN")
    assert (sent.state, sent.answered, sent.outcome, sent.cell) == (
        "answered",
        date(2026, 3, 11),
        "granted.provided",
        "granted",
    )
    done = does("deliver", request, date(2026, 3, 13), relation="本人")
    assert done.answered == date(2026, 3, 11), "by mail the day of posting counts"
    assert names(done)[-6:] == ["drafted", "reviewed", "signed", "decided", "dispatched", "delivered"]
    decision, delivery = Decision.objects.get(), Delivery.objects.get()
    assert (decision.number, decision.stage) == ("棠人社公开〔2026〕1号", "signed")
    assert (delivery.letter, delivery.dispatched, delivery.delivered) == (
        "provided",
        date(2026, 3, 11),
        date(2026, 3, 13),
    )
    assert [verdict.broken for verdict in verify()] == [None]


def test_the_time_of_a_third_party_is_not_counted(world, does):
    """The worked example: 6 days used, 14 left, opinion on 24 March: due on 14 April."""
    request = world.received(DAY)
    asked = does(
        "consult_third_party",
        request,
        date(2026, 3, 10),
        third_party="某建设公司",
        about="施工合同",
        delivered=date(2026, 3, 10),
    )
    assert (asked.state, asked.waits_until) == ("consulting", date(2026, 3, 31))


def test_an_extension_is_proposed_by_one_and_approved_by_another(world, does):
    request = world.received(DAY)
    with pytest.raises(Refused, match="还没有提请"):
        does("extend", request, date(2026, 3, 20))
    does("propose_extension", request, date(2026, 3, 20), days=20, why="需要向档案馆调取案卷")
    extended = does("extend", request, date(2026, 3, 20), days=15)
    assert extended.due == date(2026, 4, 21)
    with pytest.raises(NotLawfulNow, match="只能延长一次"):
        does("extend", request, date(2026, 3, 20), days=5)


def test_a_draft_goes_back_and_its_second_version_is_signed(world, does):
    request = world.received(DAY)
    does.drafted(request, date(2026, 3, 9))
    back = does("return", request, date(2026, 3, 9), words="请补充附件清单")
    assert back.stage == "returned"
    signed = does.signed(request, date(2026, 3, 10))
    assert signed.stage == "signed"
    assert [d.stage for d in Decision.objects.order_by("version")] == ["returned", "signed"]


def test_a_signature_is_taken_back_before_the_reply_is_sent_and_its_number_kept(world, does):
    request = world.received(DAY)
    does.signed(request, date(2026, 3, 9))
    signatory = world.actor(Role.SIGNATORY)
    back = does("return", request, date(2026, 3, 10), actor=signatory, words="附件有误")
    assert (back.stage, back.outcome) == ("returned", "")
    again = does.answered(request, date(2026, 3, 10), "granted.already_public", contents={"0": "本机关网站"})
    assert (again.outcome, again.answered) == ("granted.already_public", date(2026, 3, 10))
    assert [d.number for d in Decision.objects.order_by("version")] == ["棠人社公开〔2026〕1号"] * 2
    with pytest.raises(NotAllowed):
        does("return", request, date(2026, 3, 10), actor=signatory, words="再退")


def test_nobody_reviews_or_signs_his_own_draft(world, does):
    request = world.received(DAY)
    does.drafted(request, DAY)
    officer = world.person(Role.OFFICER)
    world.person(Role.REVIEWER, username=officer.username)
    with pytest.raises(NotAllowed, match="自己拟的稿"):
        does("review", request, DAY, actor=world.actor(Role.OFFICER))


def test_part_is_given_and_part_refused_and_the_letter_says_which(world, does):
    request = world.received(DAY)
    parts = (Part("公告正文", "granted.provided"), Part("经办人电话", "refused.internal_affairs", "属于内部事务"))
    done = does.answered(request, date(2026, 3, 9), "partial", parts=parts)
    assert done.cell == "partial"
    contents = Decision.objects.get().contents
    assert "经办人电话" in contents["0"]
    assert contents["1"] == "公告正文"
