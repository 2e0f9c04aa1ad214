"""What the letter says with which a request is closed because the applicant did not act (《条例》第三十条、第四十二条).

It is a decision like a reply: it tells what happened, on which article, and what can be done about it.
"""

from __future__ import annotations

from datetime import date

from gongkai.agencies.selectors import responsible_for
from gongkai.law.outcomes import outcome
from gongkai.law.procedure import steps
from gongkai.law.words import Said, fill
from gongkai.requests.actions.deciding import OWN_STEP
from gongkai.requests.guiding.replying import Reply, contact, facts, redress
from gongkai.requests.selectors.casefile import CaseFile

ASKED = {"supplement_overdue": "supplement_asked", "fee_overdue": "fee_notified"}
"""The notice on which the applicant did not act, for each step that closes a request for it."""
REACHED = Said("{day}，申请人收到上述告知书或者通知书。", "On {day} that notice reached the applicant.")
LAST = Said("补正期限至{day}。", "The correction could come until {day}.")


def notice(file: CaseFile) -> Reply | None:
    """The letter; None where the request was not closed in this way."""
    closed = next(((event, day) for event, day in reversed(file.held) if event.name in ASKED), None)
    if closed is None or file.request.outcome not in OWN_STEP:
        return None
    event, day = closed
    request, rule = file.request, steps()[event.name].on(day)
    found, agency = outcome(request.outcome), responsible_for(request.agency, day)
    way = found.remedy(day)
    remedy, unnamed = redress(request, way, day)
    return Reply(
        letter=Said(found.letter.label, found.letter.label_en),
        agency=agency.name_on(day),
        number=str(event.details.get("number", "")),
        day=day,
        addressee=request.applicant.name,
        wanted=request.wanted,
        facts=(*facts(file), *_of_notice(file, ASKED[event.name])),
        findings="",
        outcome=Said(found.label, found.label_en),
        basis=Said(rule.basis.words, rule.basis.words_en),
        further_basis="",
        reasons=rule.says,
        contents=(),
        parts=(),
        third_party_reasons="",
        form="",
        form_reason="",
        remedy=remedy,
        remedy_label=Said(way.label, way.label_en),
        contact=contact(agency, day),
        cell=request.cell,
        missing=unnamed,
    )


def _of_notice(file: CaseFile, name: str) -> list[Said]:
    """When the notice reached him, and until when he could act."""
    asked = file.newest(name)
    if asked is None:
        return []
    told = ((REACHED, asked.details.get("delivered")), (LAST, asked.details.get("until")))
    return [fill(said.zh, said.en, {"day": date.fromisoformat(day)}) for said, day in told if day]
