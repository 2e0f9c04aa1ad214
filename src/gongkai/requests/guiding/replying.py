"""What a reply says, from the decision and the log: facts, basis, contents, remedy, cell of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Agency, Guide, RemedyBody
from gongkai.agencies.models.agency import Kind, Level
from gongkai.agencies.selectors import responsible_for
from gongkai.law.errors import LawError
from gongkai.law.outcomes import Outcome, outcome
from gongkai.law.procedure import channels
from gongkai.law.remedies import Remedy, body_for, online_clause
from gongkai.law.words import Said, fill
from gongkai.requests.actions.deciding import CONDITIONAL, said_of_parts
from gongkai.requests.actions.dispatch import ELECTRONIC
from gongkai.requests.models import Decision, DecisionPart, Request
from gongkai.requests.selectors.casefile import CaseFile

KINDS = {
    "government": "government",
    "department": "department",
    "office": "branch_office",
    "authorised_body": "authorised_body",
    "public_institution": "authorised_body",
}
"""The kind of agency in ``law.remedies.bodies`` for each of ours, where no body is named for the agency itself."""
TOP = "top"
COURT = Said("有管辖权的人民法院", "the competent people's court")
TOLD = {
    "supplement_asked": Said("{day}，本机关告知补正。", "On {day} a correction was asked for."),
    "supplement_received": Said("{day}，本机关收到补正的申请。", "On {day} the corrected request was received."),
    "third_party_asked": Said("{day}，本机关书面征求第三方意见。", "On {day} a third party was consulted in writing."),
    "third_party_answered": Said("{day}，本机关收到第三方意见。", "On {day} the third party's opinion was received."),
    "agency_asked": Said("{day}，本机关征求其他机关意见。", "On {day} another agency was consulted."),
    "agency_answered": Said("{day}，本机关收到其他机关意见。", "On {day} the other agency's opinion was received."),
    "reasons_asked": Said("{day}，本机关要求说明理由。", "On {day} reasons were asked for."),
    "reasons_given": Said("{day}，收到说明的理由。", "On {day} the reasons were received."),
    "extended": Said("{day}，本机关告知延长答复期限。", "On {day} an extension was told."),
    "deferred": Said("{day}，本机关告知延迟答复。", "On {day} a later day for the reply was told."),
    "fee_notified": Said("{day}，本机关通知收取信息处理费。", "On {day} a fee was notified."),
    "fee_paid": Said("{day}，费用缴清。", "On {day} the fee was paid."),
}
"""The steps that a reply tells of, so that its timeliness can be seen."""
ENDS = ("。", "！", "？", "…", "。”", "。）", "！”", "？”", ".", "!", "?")
"""How a sentence may end already."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that the letter must say, and what it says of it; ``text`` is as the officer wrote it."""

    heading: Said
    text: str


@dataclass(frozen=True, slots=True)
class ToldPart:
    """One part of a separated answer, with the article on which it rests."""

    what: str
    outcome: Said
    basis: Said
    reasons: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply as a page or a letter shows it. ``addressee`` is the applicant's name as he gave it: only for those who
    may see it. ``remedy`` is None where no decision was made. ``contact``: whom to ask, by the guide of the day; empty
    where none is. ``missing``: what has to be added before it can go out.
    """

    letter: Said
    agency: str
    number: str
    day: date | None
    addressee: str
    wanted: str
    facts: tuple[Said, ...]
    findings: str
    outcome: Said
    basis: Said
    further_basis: str
    reasons: str
    contents: tuple[Told, ...]
    parts: tuple[ToldPart, ...]
    third_party_reasons: str
    form: str
    form_reason: str
    remedy: Said | None
    remedy_label: Said
    contact: str
    cell: str
    missing: tuple[Said, ...]


def reply(decision: Decision) -> Reply:
    """The reply as that version of the draft has it, under the law of the day on which it was signed, else drafted."""
    request, day = decision.request, decision.signed or decision.drafted
    found = outcome(decision.outcome)
    basis = found.on(day).basis
    parts = list(decision.parts.order_by("pk"))
    contents, lacking = _contents(decision, found, parts)
    agency = responsible_for(request.agency, day)
    way = found.remedy(day, [part.outcome for part in parts])
    remedy, unnamed = redress(request, way, day)
    return Reply(
        letter=Said(found.letter.label, found.letter.label_en),
        agency=agency.name_on(day),
        number=decision.number,
        day=decision.signed,
        addressee=request.applicant.name,
        wanted=request.wanted,
        facts=facts(CaseFile(request)),
        findings=ended(decision.facts),
        outcome=Said(found.label, found.label_en),
        basis=Said(basis.words, basis.words_en),
        further_basis=decision.basis,
        reasons=ended(decision.reasons),
        contents=contents,
        parts=tuple(_part(part, day) for part in parts),
        third_party_reasons=ended(_unsaid(decision)),
        form=decision.get_form_display(),
        form_reason=ended(decision.form_reason),
        remedy=remedy,
        remedy_label=Said(way.label, way.label_en),
        contact=contact(agency, day),
        cell=found.cell,
        missing=(*lacking, *unnamed),
    )


def facts(file: CaseFile) -> tuple[Said, ...]:
    """What happened to the request, in the order of days: what makes the timeliness provable."""
    request = file.request
    told = []
    if request.received is not None:
        way = channels()[request.channel]
        values = {"day": request.received, "way": Said(way.label, way.label_en)}
        told.append(fill("{day}，本机关收到申请（{way}）。", "The request was received on {day} ({way}).", values))
    happened = sorted(((day, event.name) for event, day in file.held if event.name in TOLD), key=lambda one: one[0])
    told += [fill(TOLD[name].zh, TOLD[name].en, {"day": day}) for day, name in happened]
    return tuple(dict.fromkeys(told))


def _contents(
    decision: Decision, found: Outcome, parts: Sequence[DecisionPart]
) -> tuple[tuple[Told, ...], tuple[Said, ...]]:
    """What the letter must say beside what every reply says, and what of it is not there yet. What only repeats the
    parts is left out: the letter tells of each of them."""
    places = {str(place): said for place, said in enumerate(found.letter.contents)}
    told = {place: Told(_heading(said), decision.contents.get(place, "")) for place, said in places.items()}
    lacking = [place for place, one in told.items() if not one.text and (found.letter_key, place) not in CONDITIONAL]
    repeated = said_of_parts(parts)
    fresh = (one for place, one in told.items() if one.text and one.text != repeated.get(place))
    return tuple(fresh), tuple(places[place] for place in lacking)


def _unsaid(decision: Decision) -> str:
    """The reasons as to third parties, where no content of the letter says them already."""
    reasons = decision.third_party_reasons
    return "" if reasons.strip() in decision.contents.values() else reasons


def _heading(said: Said) -> Said:
    """A content as the letter is to name it: what stands in brackets is for the officer alone (letters.toml)."""
    return Said(said.zh.partition("（")[0], said.en.partition(" (")[0])


def _part(part: DecisionPart, day: date) -> ToldPart:
    found = outcome(part.outcome)
    basis = found.on(day).basis
    return ToldPart(
        part.what, Said(found.label, found.label_en), Said(basis.words, basis.words_en), ended(part.reasons)
    )


def ended(text: str) -> str:
    """The text with a full stop at its end, where it has none."""
    text = text.rstrip()
    return f"{text}。" if text and not text.endswith(ENDS) else text


def redress(request: Request, way: Remedy, day: date) -> tuple[Said | None, tuple[Said, ...]]:
    """The paragraph on redress with the body and the court of the day, and what of it nobody has entered."""
    if not way.template.zh:
        return None, ()
    missing: list[Said] = []
    agency = responsible_for(request.agency, day)
    own: RemedyBody | None = agency.remedy_bodies.on(day).first()
    if own is not None:
        body, court = Said(own.body, own.body), Said(own.court, own.court)
    else:
        body, court = _body_of_kind(agency, day), COURT
        missing.append(Said("本机关的行政复议机关和管辖法院还没有登记", "the agency's reconsideration body and court"))
    clause = way.clause(body=body.zh, court=court.zh, body_en=body.en, court_en=court.en)
    online = online_clause()
    if _through_the_internet(request) and day in online.span:
        if own is not None and own.online:
            more = fill(online.template.zh, online.template.en, {"channel": Said(own.online, own.online)})
            clause = Said(clause.zh + more.zh, f"{clause.en} {more.en}")
        else:
            missing.append(Said("网上申请行政复议的途径还没有登记", "the online way to reconsideration"))
    return clause, tuple(missing)


def contact(agency: Agency, day: date) -> str:
    """The lead office with address and telephone, as the guide of the day has them (《条例》第十二条)."""
    guide: Guide | None = Guide.objects.on(day).filter(agency=agency).first()
    return "，".join(one for one in (guide.lead_office, guide.address, guide.phone) if one) if guide is not None else ""


def _through_the_internet(request: Request) -> bool:
    """Whether the reply goes, or is to go, through the internet (《行政复议法》第二十二条第二款)."""
    sent = {delivery.way for delivery in request.deliveries.all()}
    return ELECTRONIC in sent if sent else request.way in (Request.Way.ONLINE, Request.Way.EMAIL)


def _body_of_kind(agency: Agency, day: date) -> Said:
    """Who reconsiders the decisions of that kind of agency; in general words where the law of the day names none."""
    try:
        body = body_for(_kind_of(agency), day)
    except LawError:
        return Said("有管辖权的行政复议机关", "the competent reconsideration body")
    return Said(body.body, body.body_en)


def _kind_of(agency: Agency) -> str:
    """Ministries and the governments of provinces reconsider for themselves (《行政复议法》第二十四条、第二十五条)."""
    top = agency.level == Level.NATION or (agency.level == Level.PROVINCE and agency.kind == Kind.GOVERNMENT)
    return TOP if top and agency.kind in (Kind.GOVERNMENT, Kind.DEPARTMENT) else KINDS[agency.kind]
