"""Who may do what in which phase: the table written out a second time, and walked whole."""

from __future__ import annotations

from itertools import product
from types import SimpleNamespace

import pytest

from gongkai.agencies.actors import SYSTEM_ACTOR, Actor, applicant
from gongkai.agencies.models import Role, Staff
from gongkai.requests.actions.registry import ACTIONS
from gongkai.requests.models import Request
from gongkai.requests.policies import TABLE

# verb                   who                                     phases   stages of the draft
EXPECTED = """
confirm                | officer                               | NO     | any
confirm_own            | applicant                             | N      | any
receive                | officer                               | NO     | any
assign                 | officer lead_head                     | NOSF   | any
split                  | officer                               | NO     | unsigned
note                   | officer reviewer signatory lead_head  | NOSFAC | any
ask_supplement         | officer                               | O      | unsigned
receive_supplement     | officer applicant                     | S      | any
end_without_supplement | officer                               | S      | any
ask_reasons            | officer                               | O      | unsigned
receive_reasons        | officer applicant                     | O      | any
judge_reasons          | officer                               | O      | unsigned
defer                  | lead_head                             | O      | unsigned
consult_third_party    | officer                               | O      | unsigned
consult_agency         | officer                               | O      | unsigned
record_opinion         | officer                               | OSF    | any
record_letter          | officer                               | OSF    | any
tell_third_party       | officer                               | OAC    | any
propose_extension      | officer                               | O      | unsigned
extend                 | lead_head                             | O      | unsigned
notify_fee             | officer                               | O      | unsigned
record_payment         | officer                               | OF     | any
end_without_fee        | officer                               | F      | any
search                 | officer                               | O      | unsigned
transfer               | officer                               | NOAC   | any
draft                  | officer                               | OSF    | unsigned
review                 | reviewer                              | OSF    | drafted
return                 | reviewer                              | OSF    | drafted reviewed
return                 | signatory                             | OSF    | drafted reviewed signed
sign                   | signatory                             | O      | reviewed
dispatch               | officer                               | OAC    | signed-or-ended
deliver                | officer                               | OAC    | signed-or-ended
deliver                | system                                | OAC    | any
withdraw               | officer applicant                     | NOSF   | not-dispatched
confirm_receipt        | applicant                             | OAC    | any
rate                   | applicant                             | AC     | any
suggest_publication    | officer applicant                     | NOSFAC | any
correct_entry          | officer lead_head                     | NOSFAC | any
archive                | officer                               | AC     | any
"""
STATES = {
    "N": ("not_received",),
    "O": ("running", "overdue", "consulting", "awaiting_reasons"),
    "S": ("awaiting_supplement",),
    "F": ("awaiting_fee",),
    "A": ("answered", "answered_late"),
    "C": ("closed",),
}
STAGES = ("", "drafted", "reviewed", "returned", "signed", "dispatched")
"""Of the draft; ``dispatched``: signed and sent, and not arrived by a way for which that counts."""
HERE, ELSEWHERE, REQUEST = 1, 2, 77
PEOPLE = {
    **{role: Actor(roles=frozenset({(role, HERE)})) for role in Role.values},
    **{f"{role} elsewhere": Actor(roles=frozenset({(role, ELSEWHERE)})) for role in Role.values},
    "applicant": applicant(REQUEST),
    "another applicant": applicant(REQUEST + 1),
    "system": SYSTEM_ACTOR,
    "nobody": Actor(),
}


def rows():
    for line in EXPECTED.strip().splitlines():
        verb, who, phases, stages = (part.strip() for part in line.split("|"))
        yield verb, set(who.split()), {state for letter in phases for state in STATES[letter]}, stages


def expected(verb, person, state, stage):
    ended = state in (*STATES["A"], *STATES["C"])
    signed = stage in ("signed", "dispatched")
    fits = {
        "any": True,
        "unsigned": not signed,
        "not-dispatched": stage != "dispatched",
        "signed-or-ended": signed or ended,
    }
    return any(
        person in who and state in states and fits.get(stages, stage in stages.split())
        for row, who, states, stages in rows()
        if row == verb
    )


def a_request(state, stage, drafts=()):
    ended = state in (*STATES["A"], *STATES["C"])
    request = Request(pk=REQUEST, agency_id=HERE, state=state, stage=stage, is_open=not ended)
    request.__dict__["_prefetched_objects_cache"] = {"decisions": list(drafts)}
    return request


def test_table_registry_and_expectation_name_the_same_verbs():
    assert set(TABLE) == {verb for verb, *_ in rows()} == set(ACTIONS)
    assert list(TABLE) == list(ACTIONS)


@pytest.mark.parametrize("verb", TABLE)
def test_role_by_phase_by_stage_the_verb_is_open_to_whom_it_is_meant_for_and_nobody_else(verb):
    every = product(PEOPLE, [state for states in STATES.values() for state in states], STAGES)
    wrong = [
        (person, state, stage)
        for person, state, stage in every
        if (TABLE[verb].why_not(PEOPLE[person], a_request(state, stage)) is None)
        != expected(verb, person, state, stage)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("verb", "role", "stage"), [("review", "reviewer", "drafted"), ("sign", "signatory", "reviewed")]
)
def test_nobody_approves_what_he_drafted(verb, role, stage):
    drafter, other = Staff(pk=5), Staff(pk=6)
    drafts = [SimpleNamespace(version=1, drafted_by_id=6), SimpleNamespace(version=2, drafted_by_id=5)]
    for person, refused in ((drafter, True), (other, False)):
        actor = Actor(staff=person, roles=frozenset({(role, HERE)}))
        assert (TABLE[verb].why_not(actor, a_request("running", stage, drafts)) is not None) == refused
