"""The clock keeps its promises: it agrees with a day-by-day walk, in any grouping, and refuses what is not lawful."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.law.clock import Standing, explain, replay
from gongkai.law.errors import LawError, Malformed, NotLawful
from gongkai.law.events import Log, read, settled
from gongkai.law.notices import Notice
from gongkai.law.procedure import steps
from gongkai.law.workdays import calendar
from tests.law import walk
from tests.law.walk import day_of

RECEIPTS = st.dates(date(2008, 5, 1), date(2025, 12, 31))
NEW = date(2019, 5, 15)
FEES = date(2021, 1, 1)


@st.composite
def lawful(draw) -> list[dict[str, Any]]:
    """Events that the law allows, one after another: corrections, fees, consultations, an extension, in any order."""
    received = draw(RECEIPTS)
    events: list[dict[str, Any]] = [{"received": received}]
    day = received
    can = {"supplement", "third_party", "agency", "extension", "fee"}
    for _ in range(draw(st.integers(0, 5))):
        if not can:
            break
        what = draw(st.sampled_from(sorted(can)))
        asked = day + timedelta(draw(st.integers(0, 12)))
        answered = asked + timedelta(draw(st.integers(0, 18)))
        due = walk.due(events)
        assert due is not None
        if asked > due:
            continue
        if what == "supplement":
            can -= {"supplement"}
            if asked >= NEW and asked > walk.after(received, 7):
                continue
            added = [{"supplement_asked": asked}, {"supplement_received": answered}]
        elif what == "fee":
            can -= {"fee"}
            if NEW <= asked < FEES:
                continue
            added = [{"fee_notified": asked, "delivered": asked}, {"fee_paid": answered}]
            if (asked < NEW) != (answered < NEW):
                continue
        elif what == "extension":
            can -= {"extension"}
            longest = walk.reply_limit(_zero(events))
            added = [{"extended": asked, "days": draw(st.integers(1, longest)), "approved": asked}]
        else:
            who = draw(st.sampled_from(["甲", "乙"]))
            details: dict[str, Any] = {"who": who}
            if what == "agency":
                details["joint"] = draw(st.booleans())
            if draw(st.booleans()):
                details["delivered"] = asked
            added = [{f"{what}_asked": asked, **details}, {f"{what}_answered": answered, "who": who}]
            if asked >= NEW and answered > walk.after(asked, 15) and "delivered" not in details:
                continue
        events += added
        day = day_of(added[-1])
    return events


def _zero(events: list[dict[str, Any]]) -> date:
    """The day from which the present period runs."""
    begun = [day_of(e) for e in events if {"received", "supplement_received"} & set(e)]
    begun += [day_of(e) for e in events if "fee_paid" in e and day_of(e) >= FEES]
    return max(begun)


@given(lawful())
def test_any_lawful_events_come_to_the_day_that_a_walk_finds(events):
    found = explain(read({"events": events}), day_of(events[-1]))
    assert found.due == walk.due(events)
    assert found.due is not None
    assert found.left is not None
    assert [step.event for step in found.steps] == [next(iter(event)) for event in events]


@given(lawful(), st.sampled_from(["third_party_asked", "agency_asked"]), st.data())
def test_while_an_answer_is_awaited_the_due_day_is_that_of_the_walk_whatever_the_day(events, name, data):
    asked = day_of(events[-1]) + timedelta(data.draw(st.integers(0, 30)))
    details = data.draw(st.sampled_from([{}, {"delivered": asked}, {"delivered": asked + timedelta(3)}]))
    joint = {"joint": True} if name == "agency_asked" and data.draw(st.booleans()) else {}
    log = [*events, {name: asked, "who": "丙", **details, **joint}]
    for later in (0, data.draw(st.integers(1, 90))):
        today = asked + timedelta(later)
        assume(today <= date(2026, 12, 1))
        found = explain(read({"events": log}), today)
        assert found.due == walk.due(log)
        assert found.state in ("running", "consulting", "overdue")


@given(lawful())
def test_used_and_left_make_up_the_period_and_none_is_left_on_the_last_day(events):
    last = walk.due(events)
    assert last is not None
    assume(last >= day_of(events[-1]))
    on_it = explain(read({"events": events}), last)
    assert (on_it.left, on_it.due) == (0, last)
    after = explain(read({"events": events}), walk.after(last, 1))
    assert (after.left, after.state) == (-1, "overdue")


@given(lawful(), st.dates(date(2008, 1, 1), date(2026, 12, 31)))
def test_another_day_off_never_makes_the_due_day_earlier(events, off):
    more = calendar().with_notices(Notice("made up", "made up", (off,), ()))
    log, today = read({"events": events}), day_of(events[-1])
    before = explain(log, today).due
    try:
        after = explain(log, today, more).due
    except LawError:  # more rest, and a fee could be paid later, never earlier
        pytest.fail("a day off made a lawful step unlawful")
    assert before is not None
    assert after is not None
    assert after >= before


@given(lawful(), st.data())
def test_replay_is_the_same_in_any_grouping(events, data):
    log = settled(read({"events": events}).events)
    cut = data.draw(st.integers(0, len(log)))
    whole = replay(log, calendar(), Standing())
    assert replay(log[cut:], calendar(), replay(log[:cut], calendar(), Standing())) == whole


@given(lawful(), st.randoms())
def test_the_order_in_which_entries_were_made_does_not_matter(events, random):
    days = [day_of(event) for event in events]
    assume(len(set(days)) == len(days))
    shuffled = random.sample(events, len(events))
    today = max(days)
    assert explain(read({"events": shuffled}), today) == explain(read({"events": events}), today)


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(set(steps()) - {"corrected"})), st.dates(date(2008, 1, 1), date(2026, 6, 1))),
        max_size=8,
    ),
    st.sampled_from(["", "online", "in_person", "ordinary_mail", "registered_mail", "fax", "email"]),
)
def test_any_events_at_all_are_explained_or_refused_in_both_languages(told, channel):
    events = [{name: day} for name, day in told] or [{"submitted": date(2026, 3, 2)}]
    log = read({"events": events, "channel": channel})
    try:
        found = explain(log, date(2026, 6, 2))
    except LawError as error:
        assert error.message
        assert error.message_en
        return
    assert found.due is None or found.received is not None
    assert all(step.effect.zh and step.effect.en for step in found.steps)
    assert "{" not in "".join(step.effect.zh + step.effect.en for step in found.steps)
    assert not found.provisional or found.doubts


def test_every_step_is_explained_with_its_article_in_both_languages():
    events = [
        {"received": "2026-03-02"},
        {"third_party_asked": "2026-03-10"},
        {"third_party_answered": "2026-03-24"},
    ]
    found = explain(read({"channel": "online", "events": events}), date(2026, 4, 1))
    assert found.to_json() == {
        "received": "2026-03-02",
        "due": "2026-04-14",
        "provisional": False,
        "used": 12,
        "left": 8,
        "state": "running",
        "steps": [
            {
                "event": "received",
                "day": "2026-03-02",
                "effect": "这一天为收到申请之日，不计入期限；自次日起20个工作日，至2026年3月30日。",
                "basis": "《政府信息公开条例》第三十一条、第三十三条第二款",
            },
            {
                "event": "third_party_asked",
                "day": "2026-03-10",
                "effect": "书面征求第三方意见，所需时间自次日起不计入期限（已用6个工作日）。",
                "basis": "《政府信息公开条例》第三十二条、第三十三条第三款",
            },
            {
                "event": "third_party_answered",
                "day": "2026-03-24",
                "effect": "收到第三方意见，期限自次日起继续计算，至2026年4月14日。",
                "basis": "《政府信息公开条例》第三十三条第三款",
            },
        ],
        "today": "2026-04-01",
        "answered": None,
        "provisional_because": [],
        "remarks": [],
    }
    english = found.to_json("en")["steps"][2]
    assert english["effect"] == "The opinion is received; the period runs on from the next day, to 14 April 2026."
    assert english["basis"] == "Regulation on the Disclosure of Government Information, art. 33(3)"


@pytest.mark.parametrize(
    ("data", "place", "said"),
    [
        ([], (), "应为“名称: 值”"),
        ({}, (), "没有 events"),
        ({"events": []}, ("events",), "没有 events"),
        ({"events": {"received": "2026-03-02"}}, ("events",), "应为列表"),
        ({"events": ["received"]}, ("events", 0), "应为“名称: 值”"),
        ({"events": [{"reached": "2026-03-02"}]}, ("events", 0), "没有“reached”这种事"),
        ({"events": [{"received": "2026-03-02", "extended": "2026-03-03"}]}, ("events", 0), "一项只写一件事"),
        ({"events": [{"received": "2026-02-30"}]}, ("events", 0, "received"), "应为日期"),
        ({"events": [{"received": 20260302}]}, ("events", 0, "received"), "应为日期"),
        ({"events": [{"received": None}]}, ("events", 0, "received"), "现为空"),
        ({"events": [{"received": ["2026-03-02"]}]}, ("events", 0, "received"), "现为一个列表"),
        ({"events": [{"received": {"on": 1}}]}, ("events", 0, "received"), "现为一组“名称: 值”"),
        ({"events": [{"received": "2026-03-02", "days": 5}]}, ("events", 0, "days"), "“received”只写日期，不带“days”"),
        ({"events": [{"extended": "2026-03-02", "days": "five"}]}, ("events", 0, "days"), "应为整数"),
        ({"events": [{"extended": "2026-03-02", "days": True}]}, ("events", 0, "days"), "应为整数"),
        ({"events": [{"dispatched": "2026-03-02", "by": "pigeon"}]}, ("events", 0, "by"), "没有“pigeon”这种送达方式"),
        ({"events": [{"corrected": "2026-03-02"}]}, ("events", 0), "更正要写明"),
        ({"channel": "telephone", "events": [{"received": "2026-03-02"}]}, ("channel",), "没有“telephone”这个渠道"),
        ({"chanel": "fax", "events": [{"received": "2026-03-02"}]}, ("chanel",), "不认识“chanel”"),
        ({"today": "tomorrow", "events": [{"received": "2026-03-02"}]}, ("today",), "应为日期"),
    ],
)
def test_a_log_that_is_none_is_one_clear_error_with_its_place(data, place, said):
    with pytest.raises(Malformed) as raised:
        read(data)
    assert raised.value.place == place
    assert said in raised.value.message
    assert raised.value.message_en
    assert not re.search("[一-鿿、]", raised.value.message_en)
    assert not any(sign in raised.value.message for sign in ("['", "{'", "None"))  # no Python to officers


def test_only_lawful_ways_of_delivery_are_offered_and_a_courier_is_refused_with_the_article():
    events = [{"received": "2026-03-02"}, {"decided": "2026-03-03"}]
    with pytest.raises(Malformed) as malformed:
        read({"events": [*events, {"dispatched": "2026-03-04", "by": "pigeon"}]})
    assert malformed.value.message.endswith("可用 mail、direct、entrusted、electronic")
    assert malformed.value.message_en.endswith("known are mail, direct, entrusted, electronic")
    with pytest.raises(NotLawful, match="邮政企业"):
        explain(read({"events": [*events, {"dispatched": "2026-03-04", "by": "courier"}]}), date(2026, 3, 4))


def test_the_basis_of_receipt_names_an_instrument_once():
    log = read({"channel": "ordinary_mail", "events": [{"arrived": "2026-03-02"}, {"confirmed": "2026-03-02"}]})
    basis = explain(log, date(2026, 3, 4)).steps[1].basis
    assert basis.zh.count("《政府信息公开条例》") == 1
    assert basis.zh.endswith("第三十一条第（二）项、第三十三条第二款")
    assert basis.en == "Regulation on the Disclosure of Government Information, arts 31(2), 33(2)"


def test_a_log_may_say_as_of_which_day():
    assert read({"today": "2026-04-01", "events": [{"received": "2026-03-02"}]}).today == date(2026, 4, 1)
    assert Log(()).today is None


def test_a_region_with_a_holiday_of_its_own_has_its_own_due_day():
    there = calendar().with_notices(Notice("made up", "某自治区放假通知", (date(2026, 3, 20),), ()))
    log = read({"events": [{"received": "2026-03-02"}]})
    assert explain(log, date(2026, 3, 2), there).due == date(2026, 3, 31)
    assert explain(log, date(2026, 3, 2)).due == date(2026, 3, 30)


def test_when_the_next_notice_comes_a_provisional_due_day_settles():
    log = read({"events": [{"received": "2026-12-10"}]})
    before = explain(log, date(2026, 12, 10))
    made_up = Notice("2027", "2027年通知（自造）", (date(2027, 1, 1), date(2027, 1, 4)), (), year=2027)
    after = explain(log, date(2026, 12, 10), calendar().with_notices(made_up))
    assert (before.due, before.provisional) == (date(2027, 1, 8), True)
    assert (after.due, after.provisional) == (date(2027, 1, 11), False)
