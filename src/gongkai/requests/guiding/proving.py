"""What the file already says to a question of the guide: shown beside the question; the answer is the officer's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext as _

from gongkai.law.outcomes import outcomes
from gongkai.law.words import Said
from gongkai.pages.templatetags.written import day as written
from gongkai.pages.templatetags.written import said
from gongkai.requests.models import Consultation, SearchRecord
from gongkai.requests.selectors.casefile import CaseFile
from gongkai.requests.selectors.excess import counts
from gongkai.requests.selectors.likeness import ALIKE, of_applicant
from gongkai.requests.selectors.story import Story

MOST = 5
"""So many earlier requests are named at most."""
Tells = Callable[[Story], Iterator[str]]


def proved(question: str, file: Story) -> list[str]:
    """What the file says to that question, a sentence for each thing, in the language of the page; empty where it says
    nothing. Two queries at most."""
    return list(TELLS[question](file)) if question in TELLS else []


def _supplements(file: Story) -> Iterator[str]:
    """补正: asked for, and what came of it (《条例》第三十条)."""
    for one in file.supplements:
        told = {"asked": written(one.asked), "until": written(one.until)}
        if one.received is not None:
            told["received"] = written(one.received)
            yield _("%(asked)s告知补正，%(received)s收到补正。") % told
        else:
            yield _("%(asked)s告知补正，期限至%(until)s，还没有收到补正。") % told


def _earlier(file: Story) -> Iterator[str]:
    """What was answered to the same applicant and reads alike (《条例》第三十六条第（六）项)."""
    for alike in of_applicant(file.request, MOST):
        other, ended = alike.request, outcomes().get(alike.request.outcome)
        if alike.likeness >= ALIKE and ended is not None:
            told = {"number": other.number, "title": other.title, "outcome": said(Said(ended.label, ended.label_en))}
            yield _("同一申请人的%(number)s“%(title)s”与这一件相似，已经答复：%(outcome)s。") % told


def _excess(file: Story) -> Iterator[str]:
    """How many there were in the year, and which reasons were asked for and given (《条例》第三十五条)."""
    yield _("这个申请人当年向本机关提出的申请，连同这一件共%(count)s件。") % {"count": counts(file.request).year or 1}
    for one in file.inquiries:
        told = {"asked": written(one.asked), "until": written(one.until)}
        if one.given is None:
            yield _("%(asked)s要求说明理由，期限至%(until)s，还没有收到理由。") % told
            continue
        told["given"] = written(one.given)
        if one.reasonable is None:
            yield _("%(asked)s要求说明理由，%(given)s收到理由，还没有认定是否合理。") % told
        elif one.reasonable:
            yield _("%(asked)s要求说明理由，%(given)s收到理由，认定为合理。") % told
        else:
            yield _("%(asked)s要求说明理由，%(given)s收到理由，认定为不合理。") % told


def _asked(*kinds: str) -> Tells:
    """Who of these kinds was asked, and what they said (《条例》第三十二条、第三十四条)."""

    def tell(file: Story) -> Iterator[str]:
        for one in file.consultations:
            if one.kind in kinds:
                yield _opinion(one)

    return tell


def _opinion(one: Consultation) -> str:
    told = {"who": one.shown, "sent": written(one.sent)}
    if one.answered is None:
        return _("%(sent)s书面征求%(who)s的意见，还没有收到意见。") % told
    told |= {"answered": written(one.answered), "answer": one.get_answer_display()}
    words = _("%(sent)s书面征求%(who)s的意见，%(answered)s：%(answer)s。") % told
    if one.reasons:
        words += _("理由：%(reasons)s。") % {"reasons": one.reasons.rstrip("。")}
    if one.reasonable is not None:
        words += _("已认定理由合理。") if one.reasonable else _("已认定理由不合理。")
    return words


def _searches(file: Story) -> Iterator[str]:
    """What was searched, and with what result (《条例》第三十六条第（四）项)."""
    for one in file.searches:
        yield _searched(one)


def _searched(one: SearchRecord) -> str:
    told = {"day": written(one.day), "places": one.places, "result": one.result.rstrip("。")}
    if one.found:
        return _("%(day)s检索了%(places)s，检索到相关信息：%(result)s。") % told
    return _("%(day)s检索了%(places)s，没有检索到：%(result)s。") % told


def _form(file: Story) -> Iterator[str]:
    """In which form it was asked for (《条例》第四十条)."""
    yield _("申请人要求的形式：%(form)s。") % {"form": file.request.get_form_display()}


def _time(file: Story) -> Iterator[str]:
    """Until when, and whether it was extended already, which is possible once (《条例》第三十三条)."""
    if file.request.due is not None:
        yield _("答复期限至%(due)s。") % {"due": written(file.request.due)}
    if CaseFile(file.request, file.events).days("extended"):
        yield _("已经延长过答复期限，不能再次延长。")


_third_party = _asked(Consultation.Kind.THIRD_PARTY)
_agency = _asked(Consultation.Kind.AGENCY, Consultation.Kind.JOINT)
TELLS: Mapping[str, Tells] = {
    "clear": _supplements,
    "repeated": _earlier,
    "excessive": _excess,
    "responsible": _agency,
    "joint": _asked(Consultation.Kind.JOINT),
    "searched": _searches,
    "must_be_created": _searches,
    "state_secret": _agency,
    "security_and_stability": _agency,
    "third_party": _third_party,
    "third_party_opinion": _third_party,
    "public_interest": _third_party,
    "form": _form,
    "form_of_part": _form,
    "in_time": _time,
    "part_in_time": _time,
}
"""By the name of the question."""
