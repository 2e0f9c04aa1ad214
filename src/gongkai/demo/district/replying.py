"""The reply: searched for, drafted, reviewed, perhaps returned, signed, sent, received, rated."""

from __future__ import annotations

from datetime import timedelta

from gongkai.demo.district.data import read
from gongkai.demo.district.telling import BY_APPLICANT, Telling
from gongkai.law.outcomes import outcomes
from gongkai.requests.models import Decision, DecisionPart, Delivery, Rating, Request, SearchRecord

SEARCHED = frozenset({"unavailable.does_not_exist", "granted.provided", "partial", "unavailable.must_be_created"})
WAYS = {Request.Way.ONLINE: "electronic", Request.Way.EMAIL: "electronic", Request.Way.MAIL: "mail"}
"""How a reply goes out that was wanted in that way; all others are handed over."""
RETURNED, RATED, ARCHIVED, MENDED = 0.08, 0.3, 0.85, 0.03
"""How many drafts are returned, online replies rated, files archived, posted days mended."""
POST_DAYS = 3
LATE = 6
"""Working days for which a signed reply lay about."""
STARS = (5, 5, 5, 4, 4, 3, 2, 1)
WORDS = {5: "答复及时，说明清楚。", 4: "", 3: "", 2: "希望答复得再具体一些。", 1: "没有得到需要的信息。"}


def search(told: Telling, outcome: str) -> None:
    """The officer looks for the information, and records where and how."""
    found = outcome != "unavailable.does_not_exist"
    record = told.add(
        SearchRecord(
            day=told.day,
            places="文书档案库、业务系统、有关科室纸质案卷",
            keywords=f"以“{told.request.title}”及其主要词语作全文检索",
            found=found,
            result="检索到相关文件。" if found else "没有检索到。",
            searcher=told.officer.staff,
        )
    )
    told.do("searched", search=record, found=found)


def draft(told: Telling, outcome: str) -> Decision:
    """A version of the reply."""
    words = read("replies.toml")[outcome]
    version = 1 + sum(isinstance(row, Decision) for row in told.rows)
    decision = Decision(
        version=version,
        outcome=outcome,
        facts=words["facts"],
        reasons=words["reasons"],
        contents={str(place): text for place, text in enumerate(words["contents"])},
        form=told.request.form if outcome in ("granted.provided", "partial") else "",
        drafted_by=told.officer.staff,
        drafted=told.day,
    )
    told.add(decision)
    if outcome == "partial":
        told.add(DecisionPart(decision=decision, what="正文及统计表", outcome="granted.provided"))
        refused = "refused.third_party_rights"
        why = "公开会损害第三方合法权益。"
        told.add(DecisionPart(decision=decision, what="其中的姓名、证件号码", outcome=refused, reasons=why))
    told.do("drafted", decision=decision)
    return decision


def review(told: Telling, decision: Decision) -> None:
    """The reviewer agrees."""
    decision.stage, decision.review = Decision.Stage.REVIEWED, "同意，请签发。"
    decision.reviewed_by, decision.reviewed = told.desk.reviewer.staff, told.day
    told.do("reviewed", told.desk.reviewer, decision=decision)


def give_back(told: Telling, decision: Decision) -> None:
    """The reviewer returns it for changes."""
    decision.stage, decision.review = Decision.Stage.RETURNED, "请补充理由，并写明依据的条款。"
    told.do("returned", told.desk.reviewer, decision=decision)


def sign(told: Telling, decision: Decision) -> None:
    """The signatory signs, and with that the reply is made. Its number is given when all are stored."""
    decision.stage, decision.signature = Decision.Stage.SIGNED, "同意。"
    decision.signed_by, decision.signed = told.desk.signatory.staff, told.day
    told.do("signed", told.desk.signatory, decision=decision)
    told.do("decided", told.desk.signatory, outcome=decision.outcome, decision=decision)


def entrust(told: Telling, outcome: str) -> None:
    """The reply is with another agency, which hands it over, and has not been signed for yet."""
    _dispatch(told, outcome, "entrusted")


def _dispatch(told: Telling, outcome: str, way: str) -> Delivery:
    delivery: Delivery = told.add(Delivery(letter=outcomes()[outcome].letter_key, way=way, dispatched=told.day))
    told.do("dispatched", by=way, delivery=delivery)
    return delivery


def send(told: Telling, outcome: str) -> None:
    """The reply goes out by the way that was wanted; the day that counts is that of the way."""
    way = WAYS.get(Request.Way(told.request.way), "direct")
    told.ended = told.day
    delivery = _dispatch(told, outcome, way)
    if way == "mail":
        delivery.mail_number = f"XA{told.dice.randrange(10**9):09}99"
        delivery.signed_by_relation = "本人"
        told.day = min(told.day + timedelta(days=POST_DAYS), told.last)
    delivery.delivered = told.day
    told.do("delivered", by=way, delivery=delivery)
    if way == "electronic":
        told.do("receipt_confirmed", BY_APPLICANT)
        delivery.opened_at = told.events[-1].moment


def rate(told: Telling) -> None:
    """Some of those who asked online say how they found it."""
    if told.request.channel == Request.Channel.ONLINE and told.dice.random() < RATED:
        stars = told.dice.choice(STARS)
        told.do("rated", BY_APPLICANT, stars=stars)
        told.add(Rating(stars=stars, words=WORDS[stars], moment=told.events[-1].moment))


def archive(told: Telling) -> None:
    """Most files are archived soon after."""
    if told.dice.random() < ARCHIVED:
        told.go(told.dice.randrange(2, 8))
        told.do("archived")


def mend(told: Telling) -> None:
    """Now and then the day of delivery was entered wrongly; the entry is mended by a further one."""
    sent = next((row for row in told.rows if isinstance(row, Delivery) and row.way == "mail"), None)
    if sent is None or sent.delivered is None or told.dice.random() > MENDED:
        return
    right = sent.delivered - timedelta(days=1)
    told.go(1)
    told.do("corrected", entry="delivered", was=sent.delivered, now=right)
    sent.delivered = right


def reply(told: Telling, outcome: str, *, slow: bool = False) -> None:
    """The whole way of a reply, from the search to the archive."""
    if outcome in SEARCHED:
        search(told, outcome)
    told.go(told.dice.randrange(1, 3))
    decision = draft(told, outcome)
    told.go(told.dice.randrange(0, 2))
    if told.dice.random() < RETURNED:
        give_back(told, decision)
        told.go(1)
        decision = draft(told, outcome)
    review(told, decision)
    told.go(told.dice.randrange(0, 2))
    sign(told, decision)
    if slow:
        told.go(LATE)
    send(told, outcome)
    rate(told)
    archive(told)
    mend(told)
