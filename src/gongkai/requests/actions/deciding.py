"""What a reply needs before it may be drafted or signed: of each outcome its proofs and its contents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.refusals import Refused, in_language
from gongkai.law.outcomes import Outcome, outcomes
from gongkai.law.words import Said
from gongkai.requests.actions.checking import need, one_of
from gongkai.requests.models import Consultation, Decision, DecisionPart, Request
from gongkai.requests.selectors.casefile import CaseFile

if TYPE_CHECKING:
    from gongkai.requests.actions.draft import Draft

OWN_STEP = frozenset({"other.supplement_overdue", "other.fee_overdue"})
"""Outcomes with which a step of its own ends the request; no reply is drafted for them."""
GIVING = frozenset({"granted.provided", "partial"})
"""Outcomes with which information is handed over."""
THIRD_PARTY_RIGHTS = "refused.third_party_rights"
OF_THIRD_PARTY = frozenset({THIRD_PARTY_RIGHTS, *GIVING})
"""Outcomes that wait for a third party who was asked."""
Answer = Consultation.Answer
OBJECTING = frozenset({Answer.OBJECTS, Answer.PARTLY})
"""Answers of who does not agree to all of it."""
CONDITIONAL = frozenset({("refused_enforcement_file", "1")})
"""Contents of a letter that only some letters need: what is told to an applicant who is a party of the file."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a separated answer: what it is, how it ends, why."""

    what: str
    outcome: str
    reasons: str = ""


def exists(name: str, day: date, field: str = "outcome") -> Outcome:
    """The outcome of that name; refuses what is none, or what the law of the day did not have."""
    one_of(name, outcomes(), field)
    found = outcomes()[name]
    if not found.exists(day):
        raise Refused(_("当时的法律没有这种处理结果，请选择其他结果。"), field)
    return found


def check(draft: Draft, file: CaseFile) -> dict[str, str]:
    """Refuses a draft that lacks what its outcome needs; gives the contents of its letter, with what the file itself
    proves filled in."""
    outcome = exists(draft.outcome, draft.day)
    if draft.outcome in OWN_STEP:
        raise Refused(_("逾期不补正、逾期未缴费由专门的步骤终结，不拟答复稿。"), "outcome")
    _parts(draft)
    _reasons(draft, outcome)
    _form(draft)
    named = {part.outcome for part in draft.parts} | {draft.outcome}
    filled: dict[str, str] = {}
    for name in sorted(named & RULES.keys()):
        proved = RULES[name](draft, file)
        filled |= proved if name == draft.outcome else {}
    for name in sorted(named & OF_FILE.keys()):
        proved = OF_FILE[name](draft, file, draft.day)
        filled |= proved if name == draft.outcome else {}
    _against_objection(draft, named, file)
    return _contents(draft, outcome, filled)


def check_again(decision: Decision, file: CaseFile, day: date) -> None:
    """Refuses to sign what the file no longer bears out: since it was drafted somebody may have answered, or the
    information been found."""
    named = outcomes_of(decision)
    exists(decision.outcome, day)
    waits = waits_for_third_party(named, file, day)
    if waits is not None:
        raise Refused(in_language(waits))
    for name in sorted(named & OF_FILE.keys()):
        OF_FILE[name](decision, file, day)
    _against_objection(decision, named, file)


def outcomes_of(decision: Decision) -> set[str]:
    """The outcome of a decision and those of its parts."""
    return {decision.outcome, *(part.outcome for part in decision.parts.all())}


def _contents(draft: Draft, outcome: Outcome, filled: Mapping[str, str]) -> dict[str, str]:
    letter = outcome.letter
    places = {str(place): said for place, said in enumerate(letter.contents)}
    unknown = draft.contents.keys() - places.keys()
    if unknown:
        raise Refused(_("文书没有这一项内容，请刷新页面后重新填写。"), "contents")
    given = {place: words.strip() for place, words in draft.contents.items() if words.strip()}
    contents = {**filled, **given}
    for place, said in places.items():
        if place not in contents and (letter.name, place) not in CONDITIONAL:
            raise Refused(_("文书还应当写明：%(what)s。") % {"what": in_language(said)}, f"contents.{place}")
    return contents


def _parts(draft: Draft) -> None:
    """区分处理: parts that are given, and parts that must not be or are no government information, each of these with
    its reasons (《条例》第三十七条)."""
    if draft.outcome != "partial":
        if draft.parts:
            raise Refused(_("只有部分公开才分部分写明处理结果。"), "parts")
        return
    for part in draft.parts:
        need(part.what, "parts", _("请写明每一部分是什么信息。"))
        found = exists(part.outcome, draft.day, "parts")
        if found.name == "partial" or found.name.startswith("other."):
            raise Refused(_("每一部分应当有明确的处理结果。"), "parts")
        if not found.name.startswith("granted."):
            need(part.reasons, "parts", _("不予公开的每一部分都应当说明理由。"))
    if {_given(part) for part in draft.parts} != {True, False}:
        raise Refused(_("部分公开至少要有一部分予以公开、一部分不予公开或者不能提供。"), "parts")


def _reasons(draft: Draft, outcome: Outcome) -> None:
    """Whatever is not given is reasoned (《条例》第三十六条第（三）项、第（五）项)."""
    told_elsewhere = draft.outcome == "partial" or draft.outcome.startswith(("granted.", "other."))
    if not told_elsewhere:
        need(draft.reasons, "reasons", _("请说明理由。"))


def _form(draft: Draft) -> None:
    """Another form than was asked for is reasoned (《条例》第四十条)."""
    if draft.form:
        one_of(draft.form, Request.Form.values, "form")
        if draft.form != draft.request.form:
            need(draft.form_reason, "form_reason", _("提供形式与申请人要求的不同，请写明理由。"))


def objectors(named: Iterable[str], file: CaseFile) -> list[Consultation]:
    """The third parties against whose objection a reply with these outcomes gives information: all who object, unless
    what is theirs is withheld as a part."""
    named = set(named)
    if THIRD_PARTY_RIGHTS in named or not any(_is_given(name) or name in GIVING for name in named):
        return []
    return [one for one in file.consultations if one.kind == Consultation.Kind.THIRD_PARTY and one.answer in OBJECTING]


def overridden(named: Iterable[str], file: CaseFile) -> list[Consultation]:
    """Of these, those whose reasons were not found wanting: they give way to the public interest alone, and are told
    in writing (《条例》第三十二条)."""
    return [one for one in objectors(named, file) if one.reasonable is not False]


def _against_objection(draft: Draft | Decision, named: set[str], file: CaseFile) -> None:
    """Given although a third party objects with good reasons: only for the public interest (《条例》第三十二条)."""
    if overridden(named, file):
        words = _("第三方不同意公开且理由合理；仍予以公开的，请写明不公开会对公共利益造成什么重大影响。")
        need(draft.third_party_reasons, "third_party_reasons", words)


def _partial(draft: Draft, file: CaseFile) -> dict[str, str]:
    """What the letter says of the parts."""
    return said_of_parts(draft.parts)


def said_of_parts(parts: Iterable[Part | DecisionPart]) -> dict[str, str]:
    """What the contents of a letter say of the parts of the answer; nothing where there are none."""
    parts = list(parts)
    if not parts:
        return {}
    refused = [f"{part.what}：{_label(part)}。{part.reasons}" for part in parts if not _given(part)]
    return {"0": "\n".join(refused), "1": "\n".join(part.what for part in parts if _given(part))}


def _given(part: Part | DecisionPart) -> bool:
    return _is_given(part.outcome)


def _is_given(outcome: str) -> bool:
    return outcome.startswith("granted.")


def _label(part: Part | DecisionPart) -> str:
    """The name of the part's outcome, as the letter has it, which is in Chinese."""
    return outcomes()[part.outcome].label


def _third_party_rights(draft: Draft | Decision, file: CaseFile, day: date) -> dict[str, str]:
    """Somebody was asked, or it is said why not; his reasons hold, or he was silent (《条例》第三十二条)."""
    asked = [one for one in file.consultations if one.kind == Consultation.Kind.THIRD_PARTY]
    if not asked:
        words = _("不予公开以保护第三方，应当先书面征求第三方意见；没有征求的，请写明理由。")
        need(draft.third_party_reasons, "third_party_reasons", words)
        return {"0": draft.third_party_reasons}
    if all(one.answer == Answer.AGREES for one in asked):
        raise Refused(_("第三方同意公开，不能以保护第三方合法权益为由不予公开。"), "outcome")
    bearing = [one for one in asked if one.answer != Answer.AGREES and one.reasonable is not False]
    if not bearing:
        raise Refused(_("第三方的理由已经认定为不合理，不能以保护第三方合法权益为由不予公开。"), "outcome")
    objections = [one.reasons for one in bearing if one.reasons]
    return {"0": "\n".join(objections)} if objections else {}


def _does_not_exist(draft: Draft | Decision, file: CaseFile, day: date) -> dict[str, str]:
    """A search has found nothing (《条例》第三十六条第（四）项)."""
    searches = list(draft.request.searches.all())
    if not searches or searches[-1].found:
        raise Refused(_("告知信息不存在，应当先检索；请记录没有检索到信息的检索。"), "outcome")
    return {"0": "\n".join(f"{one.places}；{one.keywords}；{one.result}" for one in searches if not one.found)}


def _still_unclear(draft: Draft, file: CaseFile) -> dict[str, str]:
    """The request was corrected and is still unclear (《条例》第三十条)."""
    if not file.days("supplement_received"):
        raise Refused(_("“补正后申请内容仍不明确”应当先告知补正并收到补正。"), "outcome")
    return {}


def _repeated(draft: Draft, file: CaseFile) -> dict[str, str]:
    """The reply that was given before is named (《条例》第三十六条第（六）项)."""
    need(draft.earlier_number, "earlier_number", _("请写明此前答复的文号。"))
    if draft.earlier_day is None or draft.earlier_day > draft.day:
        raise Refused(_("请写明此前答复的日期，不能晚于今天。"), "earlier_day")
    day = draft.earlier_day
    return {"0": f"{draft.earlier_number.strip()}，{day.year}年{day.month}月{day.day}日"}


def _excessive(draft: Draft | Decision, file: CaseFile, day: date) -> dict[str, str]:
    """Reasons were asked for and are not good, or none came in time (《条例》第三十五条)."""
    inquiry = draft.request.inquiries.order_by("-pk").first()
    if inquiry is None:
        raise Refused(_("应当先要求申请人说明理由。"), "outcome")
    if inquiry.given is None and day <= inquiry.until:
        raise Refused(_("申请人说明理由的期限还没有届满。"), "outcome")
    if inquiry.given is not None and inquiry.reasonable is not False:
        raise Refused(_("请先认定申请人的理由不合理；理由合理的，不能以此为由不予处理。"), "outcome")
    told = inquiry.judgement or "申请人逾期未说明理由。"
    return {"0": inquiry.counts, "1": told}


RULES: Mapping[str, Callable[[Draft, CaseFile], dict[str, str]]] = {
    "partial": _partial,
    "unavailable.still_unclear": _still_unclear,
    "declined.repeated": _repeated,
}
"""Outcomes of which the draft, or what lies behind it, has a proof. Each gives those contents of the letter that are
proved with it."""
OF_FILE: Mapping[str, Callable[[Draft | Decision, CaseFile, date], dict[str, str]]] = {
    THIRD_PARTY_RIGHTS: _third_party_rights,
    "unavailable.does_not_exist": _does_not_exist,
    "declined.excessive": _excessive,
}
"""Outcomes whose proof is in the file and may still change there: asked when the reply is drafted, and again when it
is signed."""
PROVED = RULES.keys() | OF_FILE.keys()
"""Outcomes whose letter says, of itself, what the draft or the file proves."""


def waits_for_third_party(outcomes_named: set[str], file: CaseFile, day: date) -> Said | None:
    """Who is still awaited before such a reply may be signed; None where nobody is (《条例》第三十二条)."""
    if not outcomes_named & OF_THIRD_PARTY or not file.open_pauses(day, "third_party_asked"):
        return None
    return Said("第三方提出意见的期限还没有届满。", "The third party still has time to answer.")
