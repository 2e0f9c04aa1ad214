"""Who may do what with a request, in which phase: one table. Views, commands and tests ask here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.models import Role
from gongkai.agencies.predicates import Predicate, holds, is_applicant, is_system, of_agency, oversees, predicate
from gongkai.agencies.refusals import NotAllowed, Words
from gongkai.law.procedure import Phase, steps
from gongkai.requests.models import Decision, Request

PHASES = {
    "not_received": Phase.NOT_RECEIVED,
    "running": Phase.OPEN,
    "overdue": Phase.OPEN,
    "consulting": Phase.OPEN,
    "awaiting_reasons": Phase.OPEN,
    "awaiting_supplement": Phase.AWAITING_SUPPLEMENT,
    "awaiting_fee": Phase.AWAITING_FEE,
    "answered": Phase.ANSWERED,
    "answered_late": Phase.ANSWERED,
    "closed": Phase.CLOSED,
}
"""The phase of the law's procedure for each state of a request."""
UNDER_WAY = frozenset({Phase.NOT_RECEIVED, Phase.OPEN, Phase.AWAITING_SUPPLEMENT, Phase.AWAITING_FEE})
ENDED = frozenset({Phase.ANSWERED, Phase.CLOSED})
ALWAYS = frozenset(Phase)

is_officer = holds(Role.OFFICER, Role.OFFICER.label)
is_reviewer = holds(Role.REVIEWER, Role.REVIEWER.label)
is_signatory = holds(Role.SIGNATORY, Role.SIGNATORY.label)
is_lead_head = holds(Role.LEAD_HEAD, Role.LEAD_HEAD.label)


def draft_of(request: Request) -> Decision | None:
    """The newest draft of the reply; None where there is none. No query where the drafts were prefetched."""
    return max(request.decisions.all(), key=lambda decision: decision.version, default=None)


SIGNED = frozenset({"signed", "dispatched"})
"""Stages of a reply that is decided: until it has arrived, by the ways for which that day counts."""


def _stage_is(stage: str, otherwise: Words) -> Predicate:
    return predicate(f"draft_is_{stage}", lambda actor, request: request.stage == stage, otherwise)


is_drafted = _stage_is("drafted", _("没有待审核的答复稿。"))
is_reviewed = _stage_is("reviewed", _("答复稿还没有经过审核。"))
is_under_approval = predicate(
    "is_under_approval",
    lambda actor, request: request.stage in ("drafted", "reviewed"),
    _("没有正在审批的答复稿。"),
)
is_signed = _stage_is("signed", _("答复还没有签发。"))
is_undecided = predicate(
    "is_undecided",
    lambda actor, request: request.stage not in SIGNED,
    _("答复已经签发；要改变，请先由签发人退回。"),
)
is_not_dispatched = predicate(
    "is_not_dispatched",
    lambda actor, request: request.stage != "dispatched",
    _("答复已经发出，不能再撤回或者退回。"),
)
is_signed_or_ended = predicate(
    "is_signed_or_ended",
    lambda actor, request: request.stage in SIGNED or not request.is_open,
    _("答复还没有签发。"),
)


def _not_own_draft(actor: Actor, request: Request) -> bool:
    draft = draft_of(request)
    return draft is None or draft.drafted_by_id != actor.staff_id


not_own_draft = predicate("not_own_draft", _not_own_draft, _("不能审核或签发自己拟的稿。"))


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may take an action and in which phases of the request."""

    who: Predicate
    phases: frozenset[Phase]

    def why_not(self, actor: Actor, request: Request) -> Words | None:
        """The reason for a refusal; None where it is allowed."""
        words = self.who.why(actor, request)
        if words is None and PHASES[request.state] not in self.phases:
            words = _("申请现在的状态不能办理这一步。")
        return words

    def demand(self, actor: Actor, request: Request) -> None:
        """Raises NotAllowed with the reason."""
        words = self.why_not(actor, request)
        if words is not None:
            raise NotAllowed(words)


def _lawful(step: str) -> frozenset[Phase]:
    """The phases in which the law's procedure has the step."""
    return frozenset(steps()[step].phases)


may_see = of_agency | oversees | is_applicant
may_see_person = is_officer | is_reviewer | is_signatory | is_lead_head
"""Names, numbers and addresses: those who handle the request, nobody else; a supervisor sees them masked."""

TABLE: Mapping[str, Policy] = {
    "confirm": Policy(is_officer, _lawful("confirmed")),
    "confirm_own": Policy(is_applicant, frozenset({Phase.NOT_RECEIVED})),
    "receive": Policy(is_officer, _lawful("received")),
    "assign": Policy(is_officer | is_lead_head, UNDER_WAY),
    "split": Policy(is_officer & is_undecided, frozenset({Phase.NOT_RECEIVED, Phase.OPEN})),
    "note": Policy(is_officer | is_reviewer | is_signatory | is_lead_head, ALWAYS),
    "ask_supplement": Policy(is_officer & is_undecided, _lawful("supplement_asked")),
    "receive_supplement": Policy(is_officer | is_applicant, _lawful("supplement_received")),
    "end_without_supplement": Policy(is_officer, _lawful("supplement_overdue")),
    "ask_reasons": Policy(is_officer & is_undecided, _lawful("reasons_asked")),
    "receive_reasons": Policy(is_officer | is_applicant, _lawful("reasons_given")),
    "judge_reasons": Policy(is_officer & is_undecided, frozenset({Phase.OPEN})),
    "defer": Policy(is_lead_head & is_undecided, _lawful("deferred")),
    "consult_third_party": Policy(is_officer & is_undecided, _lawful("third_party_asked")),
    "consult_agency": Policy(is_officer & is_undecided, _lawful("agency_asked")),
    "record_opinion": Policy(is_officer, _lawful("third_party_answered")),
    "record_letter": Policy(is_officer, frozenset({Phase.OPEN, Phase.AWAITING_SUPPLEMENT, Phase.AWAITING_FEE})),
    "tell_third_party": Policy(is_officer, frozenset({Phase.OPEN}) | ENDED),
    "propose_extension": Policy(is_officer & is_undecided, frozenset({Phase.OPEN})),
    "extend": Policy(is_lead_head & is_undecided, _lawful("extended")),
    "notify_fee": Policy(is_officer & is_undecided, _lawful("fee_notified")),
    "record_payment": Policy(is_officer, _lawful("fee_paid")),
    "end_without_fee": Policy(is_officer, _lawful("fee_overdue")),
    "search": Policy(is_officer & is_undecided, frozenset({Phase.OPEN})),
    "transfer": Policy(is_officer, frozenset({Phase.NOT_RECEIVED, Phase.OPEN}) | ENDED),
    "draft": Policy(is_officer & is_undecided, _lawful("drafted")),
    "review": Policy(is_reviewer & is_drafted & not_own_draft, _lawful("reviewed")),
    "return": Policy(
        is_not_dispatched
        & ((is_reviewer & is_under_approval) | (is_signatory & (is_under_approval | is_signed)))
        & not_own_draft,
        _lawful("returned"),
    ),
    "sign": Policy(is_signatory & is_reviewed & not_own_draft, _lawful("signed")),
    "dispatch": Policy(is_officer & is_signed_or_ended, _lawful("dispatched")),
    "deliver": Policy((is_officer & is_signed_or_ended) | is_system, _lawful("delivered")),
    "withdraw": Policy((is_officer | is_applicant) & is_not_dispatched, _lawful("withdrawn")),
    "confirm_receipt": Policy(is_applicant, frozenset({Phase.OPEN}) | ENDED),
    "rate": Policy(is_applicant, ENDED),
    "suggest_publication": Policy(is_officer | is_applicant, ALWAYS),
    "correct_entry": Policy(is_officer | is_lead_head, _lawful("corrected")),
    "archive": Policy(is_officer, _lawful("archived")),
}
"""Role × action × phase. A test walks it whole."""
