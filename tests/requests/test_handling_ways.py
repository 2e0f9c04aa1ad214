"""More ways of a request: what others are asked, what the applicant owes, what is passed on, taken back or mended."""

from datetime import date
from uuid import uuid4

import pytest

from gongkai.agencies.actors import applicant
from gongkai.agencies.models import Role
from gongkai.agencies.refusals import NotAllowed, NotLawfulNow, Refused
from gongkai.requests.actions.ask_supplement import Point
from gongkai.requests.actions.record_correction import CorrectRecord, FileCorrection, ForwardCorrection
from gongkai.requests.actions.renew_code import RenewCode
from gongkai.requests.actions.submit import Wish
from gongkai.requests.models import Applicant, Consultation, Decision, Delivery, FeeNotice, Inquiry, Request
from gongkai.requests.selectors.excess import counts
from gongkai.requests.selectors.following import find
from gongkai.requests.selectors.likeness import of_applicant, of_wish
from tests.platform_world import at

DAY = date(2026, 3, 2)
POINTS = (Point("信息名称", "没有写明是哪一地块"),)


def asked(does, request, day=date(2026, 3, 10), **values):
    told = {"third_party": "某建设公司", "about": "施工合同", "delivered": day, **values}
    return does("consult_third_party", request, day, **told)


def test_the_worked_example_of_a_third_party_is_due_on_14_april(world, does):
    request = world.received(DAY)
    asked(does, request)
    told = {"consultation": Consultation.objects.get(), "answer": "objects", "reasons": "商业秘密", "reasonable": True}
    back = does("record_opinion", request, date(2026, 3, 24), **told)
    assert (back.state, back.due) == ("running", date(2026, 4, 14))


def test_the_name_of_a_person_who_is_asked_is_masked_and_that_of_an_organisation_is_not(world, does):
    for kind in ("person", "organisation"):
        asked(does, world.received(DAY), third_party_is=kind)
    assert [one.shown for one in Consultation.objects.order_by("pk")] == ["某＊＊＊＊", "某建设公司"]


def test_reasons_are_judged_only_where_somebody_objects(world, does):
    request = world.received(DAY)
    asked(does, request)
    told = {"consultation": Consultation.objects.get(), "reasons": "无", "reasonable": False}
    does("record_opinion", request, date(2026, 3, 12), answer="agrees", **told)
    assert Consultation.objects.get().reasonable is None


def test_what_a_third_party_objects_to_is_given_only_for_the_public_interest_and_he_is_told(world, does):
    request = world.received(DAY)
    asked(does, request)
    consultation = Consultation.objects.get()
    told = {"consultation": consultation, "answer": "objects", "reasons": "商业秘密", "reasonable": True}
    does("record_opinion", request, date(2026, 3, 12), **told)
    with pytest.raises(Refused) as refused:
        does.drafted(request, date(2026, 3, 13))
    assert refused.value.field == "third_party_reasons"
    does.signed(request, date(2026, 3, 13), third_party_reasons="涉及饮用水安全")
    with pytest.raises(Refused, match="先把公开的内容和理由书面告知第三方"):
        does("dispatch", request, date(2026, 3, 13), way="electronic")
    does("tell_third_party", request, date(2026, 3, 13), consultation=consultation, what="公开合同；涉及饮用水安全")
    assert does("dispatch", request, date(2026, 3, 13), way="electronic").state == "answered"
    assert Consultation.objects.get().told == date(2026, 3, 13)


def test_silence_is_silence_only_after_the_last_day_and_once_it_is_known_when_the_letter_came(world, does):
    request = world.received(DAY)
    asked(does, request, date(2026, 3, 3), delivered=None)
    silent = {"consultation": Consultation.objects.get(), "answer": "silent"}
    with pytest.raises(Refused, match="收到函件之日"):
        does("record_opinion", request, date(2026, 4, 1), **silent)
    entry = request.events.get(name="third_party_asked")
    known = does("record_letter", request, date(2026, 3, 5), entry=entry)
    assert (known.waits_until, Consultation.objects.get().delivered) == (date(2026, 3, 26), date(2026, 3, 5))
    with pytest.raises(Refused, match="还没有届满"):
        does("record_opinion", request, date(2026, 3, 26), **silent)
    does("record_opinion", request, date(2026, 3, 27), **silent)
    done = does.answered(
        request,
        date(2026, 3, 27),
        "refused.third_party_rights",
        reasons="公开会损害其商业秘密",
        contents={"0": "第三方逾期未提出意见，经审查属于商业秘密", "1": "不公开不会对公共利益造成重大影响"},
    )
    assert done.cell == "refused.third_party_rights"


def test_two_third_parties_asked_on_one_day_keep_their_own_letters(world, does):
    request = world.received(DAY)
    for name in ("甲公司", "乙公司"):
        asked(does, request, third_party=name, delivered=None)
    second = request.events.filter(name="third_party_asked").order_by("id").last()
    does("record_letter", request, date(2026, 3, 12), entry=second)
    assert [one.delivered for one in Consultation.objects.order_by("pk")] == [None, date(2026, 3, 12)]
    for one in Consultation.objects.order_by("pk"):
        done = does("record_opinion", request, date(2026, 3, 16), consultation=one, answer="agrees")
    assert (done.state, done.due) == ("running", date(2026, 4, 3))


def test_a_correction_is_asked_for_once_and_the_period_begins_anew(world, does):
    request = world.received(DAY, wanted="某地块的公告")
    waiting = does(
        "ask_supplement", request, date(2026, 3, 6), points=POINTS, guidance="写明地块", until=date(2026, 3, 20)
    )
    assert (waiting.state, waiting.due, waiting.waits_until) == ("awaiting_supplement", None, date(2026, 3, 20))
    himself = applicant(request.pk)
    again = does("receive_supplement", request, date(2026, 3, 16), himself, words="是三号地块", wanted="三号地块的公告")
    assert (again.wanted, again.due) == ("三号地块的公告", date(2026, 4, 14))
    assert request.former_texts.get().wanted == "某地块的公告"
    assert (request.supplements.get().words, request.supplements.get().by_applicant) == ("是三号地块", True)
    with pytest.raises(NotLawfulNow, match="只能一次性告知"):
        does("ask_supplement", request, date(2026, 3, 17), points=POINTS, guidance="写明地块", until=date(2026, 3, 30))
    done = does.answered(request, date(2026, 3, 20), "unavailable.still_unclear", reasons="仍不能确定地块")
    assert done.cell == "unavailable.still_unclear"


def test_who_does_not_correct_in_time_is_told_that_it_is_over(world, does):
    request = world.received(DAY)
    does("ask_supplement", request, date(2026, 3, 6), points=POINTS, guidance="写明地块", until=date(2026, 3, 20))
    with pytest.raises(Refused, match="没有收到的，不算逾期"):
        does("end_without_supplement", request, date(2026, 3, 23))
    does("record_letter", request, date(2026, 3, 9), entry=request.events.get(name="supplement_asked"))
    with pytest.raises(NotLawfulNow, match="还没有逾期"):
        does("end_without_supplement", request, date(2026, 3, 20))
    over = does("end_without_supplement", request, date(2026, 3, 23))
    assert (over.state, over.cell) == ("closed", "other.supplement_overdue")
    does("dispatch", request, date(2026, 3, 23), way="mail", mail_number="EA1")
    assert Delivery.objects.get().letter == "supplement_overdue"


def test_a_fee_is_by_item_or_by_page_and_the_period_begins_anew_once_it_is_paid(world, does):
    for _ in range(10):
        world.received(DAY)
    request = world.received(DAY)
    assert counts(request).ordinal == 11
    with pytest.raises(Refused, match="不能并用"):
        does("notify_fee", request, date(2026, 3, 9), items=1, pages=40, how="窗口")
    with pytest.raises(Refused, match="免费额度"):
        does("notify_fee", request, date(2026, 3, 9), pages=30, how="窗口")
    waiting = does("notify_fee", request, date(2026, 3, 9), items=1, how="窗口", delivered=date(2026, 3, 9))
    notice = FeeNotice.objects.get()
    assert (waiting.state, notice.before, notice.amount) == ("awaiting_fee", 10, 100)
    paid = does("record_payment", request, date(2026, 3, 16), receipt="0012345")
    assert (paid.due, FeeNotice.objects.get().paid) == (date(2026, 4, 14), date(2026, 3, 16))


def test_who_does_not_pay_in_time_is_told_that_it_is_over(world, does):
    request = world.received(DAY)
    does("notify_fee", request, DAY, pages=68, how="窗口", delivered=DAY)
    assert FeeNotice.objects.get().amount == 380
    over = does("end_without_fee", request, date(2026, 3, 31))
    assert over.cell == "other.fee_overdue"


def test_what_was_not_found_needs_a_search_that_found_nothing(world, does):
    request = world.received(DAY)
    with pytest.raises(Refused, match="应当先检索"):
        does.drafted(request, DAY, "unavailable.does_not_exist", reasons="经检索没有")
    does.searched(request, date(2026, 3, 3))
    done = does.answered(request, date(2026, 3, 3), "unavailable.does_not_exist", reasons="经检索没有")
    assert done.cell == "unavailable.not_held"
    assert "文书档案库" in Decision.objects.get().contents["0"]


def test_what_is_passed_on_is_still_answered_here_and_waits_there_for_the_applicant(world, does):
    filed = world.filed(DAY)
    request = filed.requests[0]
    does("transfer", request, date(2026, 3, 3), to=world.office, why="由区政府办公室制作")
    there = request.transferred_to.get()
    assert (there.agency, there.state, there.arrived) == (world.office, "not_received", date(2026, 3, 3))
    assert find(there.number, filed.code) == there, "the applicant's code opens it too"
    renewed = RenewCode(request=request, actor=world.actor(Role.OFFICER)).run(at(date(2026, 3, 4)))
    assert find(request.number, renewed) == request
    assert find(request.number, filed.code) is None, "the old one opens nothing here any more"
    assert find(there.number, renewed) is None, "no agency opens another's requests"
    assert find(there.number, filed.code) == there
    told = {"reasons": "非本机关制作", "contents": {"0": "由区政府办公室制作", "1": "区政府办公室，听松路1号"}}
    done = does.answered(request, date(2026, 3, 4), "unavailable.other_agency", **told)
    assert done.cell == "unavailable.not_held"
    assert does.offers(request, date(2026, 3, 4))["transfer"].allowed


def test_what_was_answered_here_is_not_passed_on(world, does):
    request = world.received(DAY)
    does.searched(request, DAY, found=True)
    does.answered(request, date(2026, 3, 4))
    with pytest.raises(Refused, match="不再转送"):
        does("transfer", request, date(2026, 3, 4), to=world.office, why="由区政府办公室制作")


def test_several_wishes_become_several_requests_with_one_day_of_receipt(world, does):
    filed = world.filed(DAY, wanted="公告；补偿方案；听证笔录")
    request = filed.requests[0]
    wishes = tuple(Wish(name, f"某地块的{name}") for name in ("公告", "补偿方案", "听证笔录"))
    does("split", request, date(2026, 3, 4), wishes=wishes)
    family = Request.objects.filter(submission=request.submission).order_by("part")
    assert [(one.title, one.received, one.due) for one in family] == [
        (name, DAY, date(2026, 3, 30)) for name in ("公告", "补偿方案", "听证笔录")
    ]
    assert request.former_texts.get().wanted == "公告；补偿方案；听证笔录"
    assert all(find(one.number, filed.code) == one for one in family)
    renewed = RenewCode(request=family[1], actor=world.actor(Role.OFFICER)).run(at(date(2026, 3, 5)))
    assert all(find(one.number, renewed) == one for one in family)
    assert find(family[1].number, "WRONGCODE2") is None


def test_too_many_requests_lead_to_reasons_and_those_to_a_later_day_or_a_refusal(world, does):
    request, other = world.received(DAY), world.received(DAY)
    for one in (request, other):
        does("ask_reasons", one, date(2026, 3, 4), counts="本月38件", until=date(2026, 3, 11))
        does("receive_reasons", one, date(2026, 3, 9), applicant(one.pk), words="用于课题研究")
    with pytest.raises(Refused, match="先认定"):
        does("defer", request, date(2026, 3, 10), until=date(2026, 6, 30))
    does("judge_reasons", request, date(2026, 3, 10), reasonable=True, words="确有研究需要")
    later = does("defer", request, date(2026, 3, 10), until=date(2026, 6, 30))
    assert later.due == date(2026, 6, 30)
    does("judge_reasons", other, date(2026, 3, 10), reasonable=False, words="未说明用途")
    done = does.answered(other, date(2026, 3, 10), "declined.excessive", reasons="理由不合理")
    assert done.cell == "declined.excessive"
    assert Decision.objects.get().contents == {"0": "本月38件", "1": "未说明用途"}
    assert Inquiry.objects.count() == 2


def test_the_applicant_withdraws_rates_and_suggests_publication(world, does):
    request = world.filed(DAY, Request.Channel.ONLINE).requests[0]
    himself = applicant(request.pk)
    with pytest.raises(NotAllowed):
        does("withdraw", request, DAY, applicant(request.pk + 1))
    does("suggest_publication", request, DAY, himself, why="邻居们都想知道")
    with pytest.raises(Refused, match="以办理当天为准"):
        does.made("withdraw", request, date(2026, 3, 1), himself).run(at(DAY))
    gone = does("withdraw", request, DAY, himself)
    assert (gone.state, gone.outcome) == ("closed", "other.remaining")
    does("rate", request, DAY, stars=5)
    with pytest.raises(Refused, match="已经评价过"):
        does("rate", request, DAY, stars=1)


def test_an_email_counts_from_the_day_its_arrival_is_known(world, does):
    request = world.received(DAY)
    does.signed(request, date(2026, 3, 9))
    sent = does("dispatch", request, date(2026, 3, 9), way="electronic", entered=False)
    assert (sent.state, sent.answered) == ("running", None)
    got = does("confirm_receipt", request, date(2026, 3, 11))
    assert (got.state, got.answered) == ("answered", date(2026, 3, 11))
    assert Delivery.objects.get().opened_at is not None
    assert does("archive", request, date(2026, 3, 20)).state == "answered"


def test_a_wrong_day_is_mended_by_a_further_entry_and_everything_follows(world, does):
    request = world.received(DAY)
    entry = request.events.get(name="submitted")
    told = {"entry": entry, "right": date(2026, 3, 3), "why": "收件章为3日"}
    mended = does("correct_entry", request, date(2026, 3, 5), **told)
    assert (mended.received, mended.due) == (date(2026, 3, 3), date(2026, 3, 31))
    assert [event.name for event in request.events.order_by("id")] == ["submitted", "corrected"]
    does("withdraw", request, date(2026, 3, 6), why="电话")
    entry = request.events.get(name="withdrawn")
    back = does("correct_entry", request, date(2026, 3, 9), entry=entry, never=True, why="是另一件申请")
    assert (back.state, back.outcome, back.is_open) == ("running", "", True)


def test_a_form_that_is_sent_twice_asks_once(world, does):
    request, key = world.received(DAY), uuid4()
    for _ in range(2):
        asked(does, request, key=key)
    assert Consultation.objects.count() == 1


def test_likely_duplicates_are_found_by_person_and_by_wording(world):
    first = world.received(DAY, title="三号地块征收公告", wanted="三号地块的征收土地公告")
    again = world.received(DAY, title="三号地块征收土地公告", wanted="三号地块征收土地公告及附图")
    stranger = world.received(DAY, title="三号地块征收公告", wanted="三号地块征收土地的公告")
    Applicant.objects.filter(pk=stranger.applicant_id).update(document_number_index="other")
    assert [alike.request for alike in of_applicant(again)] == [first]
    assert [alike.request for alike in of_wish(again)] == [stranger]


def test_a_record_of_oneself_is_corrected_or_passed_on(world):
    person = Applicant(kind="natural_person", name="钱某", document="identity_card", phone="13900000000")
    officer = world.actor(Role.OFFICER)
    told = {"agency": world.bureau, "record": "社保缴费记录", "wrong": "少记三个月", "evidence": "缴费凭证"}
    filed = FileCorrection(applicant=person, actor=officer, day=DAY, **told).run(at(DAY))
    assert (filed.correction.number, len(filed.code)) == ("HRSS-G-2026-0001", 10)
    with pytest.raises(Refused):
        ForwardCorrection(correction=filed.correction, actor=officer, day=DAY, answer="转送").run(at(DAY))
    stranger = world.actor(Role.OFFICER, world.office)
    with pytest.raises(NotAllowed):
        CorrectRecord(correction=filed.correction, actor=stranger, day=DAY, answer="已补记").run(at(DAY))
    done = CorrectRecord(correction=filed.correction, actor=officer, day=DAY, answer="已补记").run(at(DAY))
    assert (done.state, done.ended) == ("corrected", DAY)


def test_the_applicant_sees_what_came_of_his_submission_and_follows_each_with_his_code(world, does, client):
    filed = world.filed(DAY, wanted="公告；补偿方案")
    does("split", filed.requests[0], DAY, wishes=(Wish("公告", "公告"), Wish("补偿方案", "补偿方案")))
    does("transfer", filed.requests[0], DAY, to=world.office, why="由区政府办公室制作")
    for number in ("HRSS-2026-0001", "hrss-2026-0002", "TWB-2026-0001"):
        assert client.post("/track/", {"number": number, "code": filed.code.lower()}).status_code == 302
        page = client.get("/track/request/").content.decode()
        assert all(other in page for other in ("HRSS-2026-0001", "HRSS-2026-0002", "TWB-2026-0001"))
    assert client.post("/track/", {"number": "HRSS-2026-0002", "code": "WRONGCODE2"}).status_code != 302


def test_a_reply_is_sent_again_only_where_what_was_sent_came_back(world, does):
    request = world.received(DAY)
    does.signed(request, date(2026, 3, 9))
    sent = does("dispatch", request, date(2026, 3, 9), way="mail", mail_number="EA1")
    again = {"way": "mail", "mail_number": "EA2"}
    with pytest.raises(Refused, match="被退回的才再次发出"):
        does("dispatch", request, date(2026, 3, 20), **again)
    for wrong in (date(2026, 3, 8), date(2026, 3, 21)):
        with pytest.raises(Refused, match="退回之日应当"):
            does("dispatch", request, date(2026, 3, 20), came_back=wrong, **again)
    anew = does("dispatch", request, date(2026, 3, 20), came_back=date(2026, 3, 18), **again)
    assert anew.answered == sent.answered == date(2026, 3, 9)
    does("deliver", request, date(2026, 3, 23))
    assert [row.delivered for row in request.deliveries.order_by("pk")] == [None, date(2026, 3, 23)]


def test_what_could_not_be_handed_over_is_sent_by_mail_instead(world, does):
    request = world.received(DAY)
    does.signed(request, date(2026, 3, 9))
    does("dispatch", request, date(2026, 3, 9), way="entrusted")
    told = {"way": "mail", "mail_number": "EA2", "came_back": date(2026, 3, 12)}
    assert does("dispatch", request, date(2026, 3, 12), **told).answered == date(2026, 3, 12)
