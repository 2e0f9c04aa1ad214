"""What a court will ask of the file: that each step bears out the next, and that the letter says on which article."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.agencies.models import Agency
from gongkai.agencies.refusals import Refused
from gongkai.requests.actions.ask_supplement import Point
from gongkai.requests.actions.deciding import Part
from gongkai.requests.actions.submit import Wish
from gongkai.requests.guiding import notice, reply
from gongkai.requests.models import Consultation, Decision, Request
from gongkai.requests.public.telling import reply_for
from gongkai.requests.selectors.casefile import CaseFile
from tests.platform_world import at

DAY = date(2026, 3, 2)
ASKED, ANSWERED, LATER = date(2026, 3, 10), date(2026, 3, 24), date(2026, 3, 25)
GIVEN = Part("合同正文", "granted.provided")
OBJECTS = {"answer": "objects", "reasons": "报价属于商业秘密", "reasonable": True}


@pytest.fixture
def asked(world, does):
    """A request about which a third party was asked."""
    request = world.received(DAY)
    does("consult_third_party", request, ASKED, third_party="某公司", about="合同", delivered=ASKED)
    return request


def answers(does, request, **told):
    return does("record_opinion", request, ANSWERED, consultation=Consultation.objects.get(), **told)


def test_what_a_third_party_objects_to_is_withheld_as_a_part_and_the_rest_given(does, asked):
    """Art. 37: nobody is overridden, so no public interest has to be shown, and nobody has to be told."""
    answers(does, asked, **OBJECTS)
    withheld = Part("报价", "refused.third_party_rights", "第三方不同意公开，属于商业秘密")
    done = does.answered(asked, LATER, "partial", parts=(GIVEN, withheld))
    assert (done.state, done.cell) == ("answered", "partial")


@pytest.mark.parametrize("answer", ["objects", "partly"])
def test_who_objects_to_all_or_to_part_gives_way_to_the_public_interest_alone(does, asked, answer):
    answers(does, asked, **{**OBJECTS, "answer": answer})
    with pytest.raises(Refused) as refused:
        does.drafted(asked, LATER)
    assert refused.value.field == "third_party_reasons"


def test_an_objection_that_comes_after_the_draft_is_seen_at_the_signature(does, asked):
    does.drafted(asked, date(2026, 3, 11))
    does("review", asked, date(2026, 3, 11))
    answers(does, asked, **OBJECTS)
    with pytest.raises(Refused, match="不公开会对公共利益造成什么重大影响"):
        does("sign", asked, LATER)


def test_reasons_found_wanting_protect_nobody(does, asked):
    answers(does, asked, **{**OBJECTS, "reasonable": False})
    with pytest.raises(Refused, match="理由已经认定为不合理"):
        does.drafted(asked, LATER, "refused.third_party_rights", reasons="商业秘密", contents={"1": "没有影响"})
    assert does.answered(asked, LATER).cell == "granted"


def test_what_was_found_after_the_draft_is_not_said_to_be_missing(world, does):
    request = world.received(DAY)
    does.searched(request, date(2026, 3, 3))
    does.drafted(request, date(2026, 3, 4), "unavailable.does_not_exist", reasons="经检索没有")
    does("review", request, date(2026, 3, 4))
    does.searched(request, date(2026, 3, 5), found=True)
    with pytest.raises(Refused, match="应当先检索"):
        does("sign", request, date(2026, 3, 5))


PARTS = [
    (Part("考核表", "refused.internal_affairs", "人事管理"), "第十六条第一款", True),
    (Part("登记资料", "refused.administrative_query", "依《不动产登记暂行条例》查询"), "第三十六条第（七）项", False),
    (Part("历年汇总", "unavailable.must_be_created", "需要加工、分析"), "第三十八条", False),
]


@pytest.mark.parametrize(("part", "article", "reconsideration_first"), PARTS)
def test_each_part_has_its_article_and_the_redress_follows_the_parts(world, does, part, article, reconsideration_first):
    """Reconsideration comes first where something is withheld under arts 14 to 16, not by the row of the report."""
    does.signed(world.received(DAY), LATER, "partial", parts=(GIVEN, part))
    said = reply(Decision.objects.get())
    assert said.basis.zh.endswith("第三十七条")
    assert said.parts[1].basis.zh.endswith(article)
    assert said.remedy is not None
    assert ("日内先向" in said.remedy.zh) == reconsideration_first
    assert ("6个月内" in said.remedy.zh) != reconsideration_first


def test_what_is_meant_for_the_officer_is_not_printed_in_the_letter(world, does):
    """A secret's basis goes on file: the form says so in brackets, and the letter leaves the brackets out."""
    reasons = {"reasons": "已依法确定为国家秘密", "contents": {"0": "该文件标有密级，在保密期限内"}}
    does.signed(world.received(DAY), LATER, "refused.state_secret", **reasons)
    assert [one.heading.zh for one in reply(Decision.objects.get()).contents] == ["依法确定为国家秘密的情况"]


def test_a_reply_that_goes_through_the_internet_names_the_way_to_reconsideration_there(world, does):
    """《行政复议法》第二十二条第二款: by how it goes, not by how it was wanted."""
    for way, sent, said in (("mail", "electronic", True), ("online", "direct", False)):
        request = world.received(DAY)
        Request.objects.filter(pk=request.pk).update(way=way)
        does.signed(request, LATER)
        does("dispatch", request, LATER, way=sent)
        missing = [one.zh for one in reply(request.decisions.get()).missing]
        assert ("网上申请行政复议的途径还没有登记" in missing) == said


@pytest.mark.parametrize(
    ("level", "kind", "body"),
    [
        ("province", "government", "向本机关申请行政复议"),
        ("nation", "department", "向本机关申请行政复议"),
        ("city", "government", "向上一级人民政府申请行政复议"),
        ("province", "department", "向本级人民政府申请行政复议"),
    ],
)
def test_who_reconsiders_where_nobody_was_entered(world, does, level, kind, body):
    does.signed(world.received(DAY), LATER)
    Agency.objects.filter(pk=world.bureau.pk).update(level=level, kind=kind)
    said = reply(Decision.objects.select_related("request__agency").get())
    assert said.remedy is not None
    assert body in said.remedy.zh


def test_public_institutions_have_rules_of_their_own(world, does):
    """Art. 55: no request is made to them, and none is passed on to them."""
    Agency.objects.filter(pk=world.office.pk).update(kind="public_institution")
    world.office.refresh_from_db()
    request = world.received(DAY)
    with pytest.raises(Refused, match="第五十五条"):
        does("transfer", request, DAY, to=world.office, why="由其制作")
    world.bureau = world.office
    with pytest.raises(Refused, match="第五十五条"):
        world.received(DAY)


def test_a_fee_by_item_rises_with_the_place_in_the_month_and_never_with_another_month(world, does):
    """109号第四条: the 1st to 10th free, to the 30th 100 yuan, to the 40th 200 yuan."""
    world.received(date(2026, 2, 27))
    amounts = {}
    for place in range(1, 42):
        request = world.received(DAY)
        if place in (10, 11, 30, 31, 40, 41):
            with_fee = does.offers(request, DAY)["notify_fee"].allowed
            try:
                does("notify_fee", request, DAY, items=1, how="窗口")
            except Refused:
                amounts[place] = 0
            else:
                amounts[place] = request.fee.amount
            assert with_fee
    assert amounts == {10: 0, 11: 100, 30: 100, 31: 200, 40: 200, 41: 300}


def test_reading_on_the_spot_costs_nothing_by_page(world, does):
    request = world.received(DAY)
    Request.objects.filter(pk=request.pk).update(form="inspection")
    with pytest.raises(Refused, match="查阅、抄录"):
        does("notify_fee", request, DAY, pages=68, how="窗口")


def test_who_did_not_correct_in_time_is_told_why_it_is_over_and_what_he_can_do(world, does):
    """It ends the matter as a reply does: facts, article, and redress as he chooses."""
    request = world.received(DAY)
    told = {"points": (Point("名称", "不明"),), "guidance": "写明", "delivered": ASKED, "until": ANSWERED}
    does("ask_supplement", request, ASKED, **told)
    does("end_without_supplement", request, LATER)
    said = notice(CaseFile(Request.objects.get()))
    assert said is not None
    assert (said.letter.zh, said.number, said.day) == ("不再处理告知书（逾期不补正）", "棠人社公开〔2026〕1号", LATER)
    assert said.basis.zh.endswith("第三十条")
    assert [fact.zh for fact in said.facts][1:] == [
        "2026年3月10日，本机关告知补正。",
        "2026年3月10日，申请人收到上述告知书或者通知书。",
        "补正期限至2026年3月24日。",
    ]
    assert said.remedy is not None
    assert "6个月内" in said.remedy.zh


def test_a_reply_that_was_signed_and_never_went_out_is_not_read_after_a_withdrawal(world, does):
    request = world.received(DAY)
    does.signed(request, ASKED)
    does("withdraw", request, LATER, why="书面撤回函")
    does("dispatch", request, LATER, way="electronic")
    assert reply_for(CaseFile(Request.objects.get())) is None


def test_nobody_is_late_with_a_fee_before_the_notice_has_reached_him(world, does):
    request = world.received(DAY)
    does("notify_fee", request, date(2026, 3, 9), pages=68, how="窗口")
    assert not does.offers(request, date(2026, 4, 8))["end_without_fee"].allowed
    known = does("record_letter", request, date(2026, 3, 13), entry=request.events.get(name="fee_notified"))
    assert known.waits_until == date(2026, 4, 13)
    assert not does.offers(request, date(2026, 4, 13))["end_without_fee"].allowed
    due = does.offers(request, date(2026, 4, 14))
    assert due["end_without_fee"].likely


def test_parts_split_after_a_correction_share_it_and_none_is_corrected_twice(world, does):
    request = world.received(DAY)
    points = (Point("信息名称", "没有写明是哪一地块"),)
    told = {"points": points, "guidance": "写明地块", "until": date(2026, 3, 20)}
    does("ask_supplement", request, date(2026, 3, 11), **told)
    does("receive_supplement", request, date(2026, 3, 16), words="三号地块的公告和方案")
    does("split", request, date(2026, 3, 17), wishes=(Wish("公告", "公告"), Wish("方案", "方案")))
    for one in Request.objects.all():
        assert (one.received, one.due) == (DAY, date(2026, 4, 14))
        assert "只能一次性告知" in str(does.offers(one, date(2026, 3, 17))["ask_supplement"].why)


def test_a_silent_third_party_who_answers_after_all_moves_nothing(world, does):
    """Sent on 10 March, received on 12 March: 15 working days end on 2 April, and the period runs on from there."""
    request = world.received(DAY)
    letter = {"third_party": "某公司", "about": "合同", "delivered": date(2026, 3, 12)}
    does.made("consult_third_party", request, ASKED, **letter).run(at(date(2026, 3, 12)))
    consultation = Consultation.objects.get()
    silent = does("record_opinion", request, date(2026, 4, 3), consultation=consultation, answer="silent")
    assert silent.due == date(2026, 4, 23)
    late = does("record_opinion", request, date(2026, 4, 10), consultation=consultation, **OBJECTS)
    assert (late.due, late.provisional) == (date(2026, 4, 23), False)
    assert Consultation.objects.get().answer == "objects"


def test_a_reply_made_in_december_and_posted_in_january_is_counted_in_january(world, does):
    request = world.received(date(2025, 12, 29))
    does.signed(request, date(2025, 12, 31))
    done = does("dispatch", request, date(2026, 1, 4), way="mail", mail_number="EA000000001CN")
    assert (done.received, done.answered, done.cell) == (date(2025, 12, 29), date(2026, 1, 4), "granted")


def test_what_was_withdrawn_before_it_was_received_is_in_no_row_of_the_report(world, does):
    """Received and carried in must equal answered and carried out: who is not in the one is not in the other."""
    request = world.filed(DAY, Request.Channel.ONLINE).requests[0]
    gone = does("withdraw", request, date(2026, 3, 3), why="电话")
    assert (gone.state, gone.received, gone.outcome, gone.cell) == ("closed", None, "other.remaining", "")
    request = world.received(DAY)
    does.drafted(request, date(2026, 3, 9))
    gone = does("withdraw", request, ASKED, why="书面撤回函")
    assert (gone.state, gone.cell, gone.stage) == ("closed", "other.remaining", "")
