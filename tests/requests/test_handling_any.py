"""Whatever is done in whatever order: what is stored is what the log comes to, and the log proves itself."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.agencies.calendars import calendar_of
from gongkai.agencies.refusals import Refused
from gongkai.audit.verifying import verify
from gongkai.requests import deriving
from gongkai.requests.actions.ask_supplement import Point
from gongkai.requests.actions.deciding import Part
from gongkai.requests.actions.registry import ACTIONS
from gongkai.requests.actions.submit import Wish
from gongkai.requests.models import Consultation, Request
from gongkai.requests.offers import refusal
from gongkai.requests.selectors.casefile import CaseFile
from tests.platform_world import at

MONDAY = date(2026, 3, 2)
OUTCOMES = (
    {"outcome": "granted.provided", "contents": {"0": "附件"}},
    {"outcome": "unavailable.must_be_created", "reasons": "需要加工"},
    {"outcome": "refused.process_information", "reasons": "过程稿", "contents": {"0": "过程稿"}},
    {"outcome": "partial", "parts": (Part("甲", "granted.provided"), Part("乙", "refused.internal_affairs", "人事"))},
)
ALONE = frozenset({"assign", "transfer"})
"""Verbs that need more of the world than one request."""
RARE = frozenset(
    {"withdraw", "correct_entry", "note", "suggest_publication", "end_without_supplement", "end_without_fee"}
)
"""Verbs that are nearly always open: taken often, they would leave no room for the others."""
LENGTH = 18
OFFERED, SELDOM = 0.85, 0.1


def values(world, verb, request, day, which):
    """Something sensible to do it with."""
    events = list(request.events.order_by("id"))
    asked = Consultation.objects.filter(request=request).last() or Consultation(pk=0)
    entry = events[-1 - which % len(events)]
    return {
        "receive": {"why": "到场"},
        "split": {"wishes": (Wish("甲", "甲"), Wish("乙", "乙"))},
        "note": {"words": "备注"},
        "ask_supplement": {"points": (Point("名称", "不明"),), "guidance": "写明", "until": day + timedelta(10)},
        "receive_supplement": {"words": "补正", "wanted": f"补正{which}"},
        "ask_reasons": {"counts": "38件", "until": day + timedelta(7)},
        "receive_reasons": {"words": "课题"},
        "judge_reasons": {"reasonable": which > 0, "words": "认定"},
        "defer": {"until": day + timedelta(40 + which)},
        "consult_third_party": {"third_party": "某公司", "about": "合同", "delivered": day if which else None},
        "consult_agency": {"agency": world.office, "about": "合同", "joint": which > 1},
        "record_opinion": {
            "consultation": asked,
            "answer": ("agrees", "objects", "silent", "partly")[which],
            "reasons": "秘密",
            "reasonable": which == 1,
        },
        "record_letter": {"entry": entry},
        "tell_third_party": {"consultation": asked, "what": "内容和理由"},
        "propose_extension": {"days": 5 * which + 1, "why": "调卷"},
        "notify_fee": {"pages": 20 + 20 * which, "how": "窗口", "delivered": day},
        "record_payment": {"receipt": "001"},
        "search": {"places": "档案库", "keywords": "公告", "result": "无", "found": which > 1},
        "draft": {**OUTCOMES[which], "third_party_reasons": "公共利益"},
        "return": {"words": "请修改"},
        "dispatch": {
            "way": ("mail", "direct", "electronic", "electronic")[which],
            "mail_number": "EA1",
            "entered": which > 2,
        },
        "deliver": {"way": ("", "direct", "entrusted", "electronic")[which]},
        "withdraw": {"why": "电话"},
        "rate": {"stars": which + 1},
        "suggest_publication": {"why": "多人申请"},
        "correct_entry": {
            "entry": entry,
            "why": "误记",
            **({"never": True} if which > 2 else {"right": day - timedelta(which)}),
        },
    }.get(verb, {})


def stored(request):
    return {name: getattr(request, name) for name in deriving.COLUMNS}


def chosen(chance, request, does, today):
    """A verb: mostly one that is offered to whose verb it is, sometimes any."""
    names = [name for name in ACTIONS if name not in ALONE]
    if chance.random() < OFFERED:
        file = CaseFile(request)
        often = [name for name in names if name not in RARE or chance.random() < SELDOM]
        names = [n for n in often if refusal(ACTIONS[n], file, does.actor(n, request, today), today) is None] or names
    return chance.choice(names)


@settings(
    max_examples=max(16, settings().max_examples // 3),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.sampled_from(Request.Channel.values), st.integers(0, 2**32))
def test_any_sequence_of_actions_leaves_what_is_derived_equal_to_its_log(world, does, channel, seed):
    chance = Random(seed)
    request, today = world.filed(MONDAY, channel).requests[0], MONDAY
    for _ in range(LENGTH):
        today += timedelta(chance.choice((0, 0, 1, 1, 2, 7)))
        request = Request.objects.select_related("agency").get(pk=request.pk)
        verb, which = chosen(chance, request, does, today), chance.randrange(4)
        actor = does.actor(verb, request, today)
        closed = refusal(ACTIONS[verb], CaseFile(request), actor, today)
        late = chance.choice((0, 0, 0, 1, 5))
        before = stored(request), request.events.count()
        try:
            given = values(world, verb, request, today - timedelta(late), which)
            does.made(verb, request, today - timedelta(late), actor, **given).run(at(today))
            assert closed is None or late, f"{verb} was done though it was not offered: {closed}"
        except Refused:
            after = Request.objects.get(pk=request.pk)
            assert (stored(after), after.events.count()) == before
        for one in Request.objects.filter(submission=request.submission):
            events = list(one.events.order_by("id"))
            assert stored(one) == deriving.as_columns(deriving.derive(channel, events, calendar_of()))
    assert all(verdict.broken is None for verdict in verify())
