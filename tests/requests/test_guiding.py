"""The guide leads from every answer to a lawful end, and the reply says what its letter must say."""

from datetime import date

import pytest

from gongkai.agencies.actions.reorganise import Dissolve, Rename
from gongkai.agencies.models import Agency, Guide, RemedyBody, Role
from gongkai.agencies.refusals import Refused
from gongkai.law.outcomes import outcomes
from gongkai.law.provisions import DataLoader
from gongkai.loading import BrokenFile
from gongkai.requests.actions.deciding import Part
from gongkai.requests.actions.registry import ACTIONS
from gongkai.requests.guiding import STAGES, begin, follow, proved, questions, reply
from gongkai.requests.guiding.proving import TELLS
from gongkai.requests.guiding.questions import check, load_question
from gongkai.requests.models import Decision, Request
from gongkai.requests.selectors.story import story
from tests.platform_world import at

DAY = date(2026, 3, 2)


def ends(where, day):
    """Every end that can be reached from there."""
    if where.ended:
        return [where]
    return [
        end
        for answer in where.answers
        for end in ends(follow([*where.path, [where.question.name, answer.name]], day), day)
    ]


@pytest.mark.parametrize("day", [date(2019, 5, 15), date(2020, 6, 1), DAY])
def test_every_path_ends_lawfully_and_every_outcome_that_a_reply_can_have_is_reached(day):
    found = ends(begin(day), day)
    assert all(len(end.taken) <= len(questions()) for end in found)
    for end in found:
        assert bool(end.outcome) != bool(end.action)
        assert not end.outcome or outcomes()[end.outcome].exists(day)
        assert not end.action or end.action in ACTIONS
    reached = {end.outcome for end in found if end.outcome}
    assert reached == {name for name in outcomes() if not name.startswith("other.")}


def test_the_steps_come_in_the_taught_order():
    for question in questions().values():
        for answer in question.answers:
            if answer.next:
                before, after = question.stage, questions()[answer.next].stage
                assert list(STAGES).index(before) <= list(STAGES).index(after)
    assert {question.stage for question in questions().values()} == set(STAGES)


def test_before_2019_the_guide_offers_nothing_that_the_law_did_not_have():
    reached = {end.outcome for end in ends(begin(date(2018, 6, 1)), date(2018, 6, 1)) if end.outcome}
    assert "declined.repeated" not in reached
    assert "unavailable.does_not_exist" in reached


def test_a_path_that_the_guide_does_not_have_is_refused():
    for path in ([["clear", "perhaps"]], [["form", "other"]], [["clear", "clear"], ["clear", "clear"]], [["clear"]]):
        with pytest.raises(Refused):
            follow(path, DAY)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"stage": "never"}, "unknown stage"),
        ({"answers": []}, "answers must be there"),
        ({"answers": [{"name": "a", "zh": "甲", "en": "a"}]}, "exactly one"),
        ({"answers": [{"name": "a", "zh": "甲", "en": "a", "next": "nowhere"}]}, "unknown question"),
        ({"answers": [{"name": "a", "zh": "甲", "en": "a", "outcome": "none"}]}, "unknown outcome"),
        ({"answers": [{"name": "a", "zh": "甲", "en": "a", "action": "none"}]}, "unknown action"),
    ],
)
def test_a_broken_question_is_told_with_file_and_place(entry, words):
    whole = {
        "stage": "form",
        "zh": "问",
        "en": "q",
        "source": "regulation_2019",
        "article": "",
        "article_en": "",
        "confirmed": True,
        "answers": [{"name": "a", "zh": "甲", "en": "a", "outcome": "partial"}],
    }
    loader = DataLoader("guide")
    with pytest.raises(BrokenFile, match=f"guide: q.*{words}"):
        check(loader, {"q": load_question(loader, "q", {**whole, **entry})})


def test_a_refusal_names_the_body_and_the_court_and_puts_reconsideration_first(world, does):
    RemedyBody.objects.create(
        agency=world.bureau,
        since=date(2024, 1, 1),
        body="青禾市棠湾区人民政府",
        court="青禾市棠湾区人民法院",
        online="青禾市行政复议网上平台",
    )
    office = {"lead_office": "办公室", "address": "听松路9号", "hours": "工作日", "phone": "0571-00000000"}
    Guide.objects.create(agency=world.bureau, since=date(2024, 1, 1), **office)
    request = world.received(DAY)
    path = [["clear", "clear"]]
    contents = {"0": "人事管理"}
    does.signed(
        request, date(2026, 3, 9), "refused.internal_affairs", reasons="属于人事管理", contents=contents, path=path
    )
    said = reply(Decision.objects.get())
    assert (said.letter.zh, said.cell) == ("不予公开告知书（内部事务信息）", "refused.internal_affairs")
    assert said.remedy is not None
    assert "60日内先向青禾市棠湾区人民政府申请行政复议" in said.remedy.zh
    assert "15日内向青禾市棠湾区人民法院提起行政诉讼" in said.remedy.zh
    assert "青禾市行政复议网上平台" in said.remedy.zh
    assert said.facts[0].zh == "2026年3月2日，本机关收到申请（当面提交）。"
    assert said.missing == ()
    assert said.contact == "办公室，听松路9号，0571-00000000"
    assert Decision.objects.get().path == path


def test_what_nobody_has_entered_is_said_before_the_reply_goes_out(world, does):
    request = world.received(DAY)
    does.signed(request, date(2026, 3, 9))
    said = reply(Decision.objects.get())
    assert said.remedy is not None
    assert "本级人民政府" in said.remedy.zh
    assert [one.zh for one in said.missing] == [
        "本机关的行政复议机关和管辖法院还没有登记",
        "网上申请行政复议的途径还没有登记",
    ]


def test_no_remedy_is_stated_where_nothing_was_decided(world, does):
    request = world.received(DAY)
    does.signed(request, DAY, "other.remaining", contents={"0": "申请人死亡"})
    said = reply(Decision.objects.get())
    assert said.remedy is None
    assert said.contents[0].text == "申请人死亡"


def test_the_parts_of_an_answer_are_told_once_and_reasons_end_with_a_full_stop(world, does):
    request = world.received(DAY)
    parts = (Part("施工图", "granted.provided"), Part("考核表", "refused.internal_affairs", "属于人事管理"))
    does.signed(request, date(2026, 3, 9), "partial", parts=parts, reasons="已作区分处理。", contents={})
    said = reply(Decision.objects.get())
    assert [(part.what, part.reasons) for part in said.parts] == [("施工图", ""), ("考核表", "属于人事管理。")]
    assert (said.contents, said.reasons) == ((), "已作区分处理。")


def test_what_an_officer_adds_to_the_parts_is_told_too(world, does):
    request = world.received(DAY)
    parts = (Part("施工图", "granted.provided"), Part("考核表", "refused.internal_affairs", "属于人事管理"))
    does.signed(request, date(2026, 3, 9), "partial", parts=parts, contents={"1": "施工图，已遮盖姓名"})
    assert [one.text for one in reply(Decision.objects.get()).contents] == ["施工图，已遮盖姓名"]


def test_what_the_file_proves_is_told_with_the_question_and_no_answer_is_taken_for_the_officer(world, does):
    request = world.received(DAY)
    assert proved("searched", story(request)) == []
    does.searched(request, DAY, found=True)
    asked = {"third_party": "某公司", "third_party_is": "organisation", "about": "合同", "delivered": DAY}
    does("consult_third_party", request, DAY, **asked)
    told = {"consultation": request.consultations.get(), "answer": "objects", "reasons": "商业秘密", "reasonable": True}
    does("record_opinion", request, date(2026, 3, 9), **told)
    fresh = story(Request.objects.select_related("agency", "applicant").get(pk=request.pk))
    assert proved("searched", fresh) == ["2026年3月2日检索了文书档案库，检索到相关信息：检索到。"]
    [opinion] = proved("third_party_opinion", fresh)
    assert all(words in opinion for words in ("某公司", "2026年3月9日", "不同意公开", "商业秘密", "已认定理由合理"))
    assert "连同这一件共1件" in proved("excessive", fresh)[0]
    assert {name for name in TELLS if name not in questions()} == set()


def test_the_letterhead_is_that_of_the_agency_that_answers_on_the_day_of_signing(world, does):
    request, system = world.received(DAY), world.actor(Role.SYSTEM_ADMIN, world.government)
    does.signed(request, date(2026, 3, 9))
    named = {"title": "青禾市棠湾区人力资源局", "short_name": "区人力局", "document": "某文件"}
    Rename(actor=system, agency=world.bureau, day=date(2026, 3, 10), **named).run(at(date(2026, 3, 10)))
    assert reply(Decision.objects.get()).agency == "青禾市棠湾区人力资源和社会保障局"
    Decision.objects.update(signed=date(2026, 3, 11))
    assert reply(Decision.objects.get()).agency == "青禾市棠湾区人力资源局"
    gone = {"carries_on": world.office, "document": "某文件", "day": date(2026, 3, 12)}
    Dissolve(actor=system, agency=Agency.objects.get(pk=world.bureau.pk), **gone).run(at(date(2026, 3, 12)))
    Decision.objects.update(signed=date(2026, 3, 12))
    assert reply(Decision.objects.get()).agency == world.office.name
