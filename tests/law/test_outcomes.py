"""Every outcome on every day has one legal basis, one cell of the report, one letter and one remedy."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.form import form_for
from gongkai.law.disputes import BLOCKS, cell, results
from gongkai.law.errors import NotCovered
from gongkai.law.letters import letters
from gongkai.law.outcomes import outcome, outcomes
from gongkai.law.procedure import Effect, steps
from gongkai.law.remedies import GROUNDS, bodies, body_for, online_clause, remedies, remedy_for

REGULATION = date(2019, 5, 15)
FEES = date(2021, 1, 1)
RECONSIDERATION_FIRST = date(2024, 1, 1)
EXEMPT = {
    "refused.state_secret",
    "refused.prohibited_by_law",
    "refused.security_and_stability",
    "refused.third_party_rights",
    "refused.internal_affairs",
    "refused.process_information",
    "refused.enforcement_file",
}
"""Refusals under arts 14 to 16; refused.administrative_query rests on art. 36(7) and is none of them."""


def test_the_outcomes_are_those_of_the_vocabulary():
    assert list(outcomes()) == [
        "granted.already_public",
        "granted.provided",
        "partial",
        *(f"refused.{name}" for name in ("state_secret", "prohibited_by_law", "security_and_stability")),
        *(f"refused.{name}" for name in ("third_party_rights", "internal_affairs", "process_information")),
        "refused.enforcement_file",
        "refused.administrative_query",
        "unavailable.does_not_exist",
        "unavailable.other_agency",
        "unavailable.must_be_created",
        "unavailable.still_unclear",
        *(f"declined.{name}" for name in ("petition", "repeated", "publication", "excessive", "confirmation")),
        *(f"other.{name}" for name in ("supplement_overdue", "fee_overdue", "remaining")),
    ]


@given(st.sampled_from(list(outcomes().values())), st.dates(REGULATION, date(2035, 12, 31)))
def test_every_outcome_on_every_day_has_one_remedy_one_cell_and_one_letter(result, day):
    if result.name == "other.fee_overdue" and day < FEES:
        assert not result.exists(day)
        return
    assert len([rule for rule in result.rules if day in rule.span]) == 1
    matching = [r for r in remedies() if result.on(day).ground in r.grounds and day in r.span]
    assert matching == [result.remedy(day)]
    form = form_for(day.year)
    assert form is not None
    assert f"{result.cell_in(form.name)}:total" in form.tables["requests"].cells
    assert result.letter.label
    assert result.letter.label_en


@given(st.sampled_from(list(outcomes().values())), st.dates(date(2008, 5, 1), date(2019, 5, 14)))
def test_under_the_regulation_of_2007_an_outcome_exists_with_its_remedy_or_is_refused(result, day):
    if result.exists(day):
        assert result.remedy(day).variant in ("free_choice", "none")
        return
    with pytest.raises(NotCovered):
        result.on(day)


@pytest.mark.parametrize(("year", "form"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2025, "2021")])
def test_the_cells_of_all_outcomes_are_exactly_the_result_rows_of_the_form(year, form):
    found = form_for(year)
    assert found is not None
    table = found.tables["requests"]
    rows = {row.key for block in table.blocks for row in block.rows if row.outcome}
    assert {result.cell_in(form) for result in outcomes().values()} == rows


class TestRemedies:
    @pytest.mark.parametrize("name", sorted(EXEMPT | {"partial"}))
    def test_since_2024_a_refusal_goes_to_reconsideration_first(self, name):
        assert outcome(name).remedy(RECONSIDERATION_FIRST).variant == "reconsideration_first"
        assert outcome(name).remedy(date(2023, 12, 31)).variant == "free_choice"

    @pytest.mark.parametrize("name", sorted(set(outcomes()) - EXEMPT - {"partial", "other.remaining"}))
    def test_everything_else_leaves_the_choice(self, name):
        assert outcome(name).remedy(RECONSIDERATION_FIRST).variant == "free_choice"

    def test_an_administrative_query_is_reported_as_a_refusal_and_yet_leaves_the_choice(self):
        query = outcome("refused.administrative_query")
        assert query.cell.startswith("refused.")
        assert query.remedy(date(2025, 6, 1)).variant == "free_choice"

    def test_two_outcomes_of_one_cell_keep_their_own_basis(self):
        held, other = outcome("unavailable.does_not_exist"), outcome("unavailable.other_agency")
        assert held.cell == other.cell == "unavailable.not_held"
        assert held.on(REGULATION).basis.article != other.on(REGULATION).basis.article

    def test_the_clause_names_the_body_and_the_court_and_offers_no_suit_where_reconsideration_comes_first(self):
        first = outcome("refused.state_secret").remedy(date(2025, 6, 1))
        said = first.clause(body="云岭省青禾市人民政府", court="云岭省青禾市中级人民法院")
        assert said.zh == (
            "如不服本决定，应当自知道本决定之日起60日内先向云岭省青禾市人民政府申请行政复议；"
            "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向云岭省青禾市中级人民法院提起行政诉讼。"
        )
        assert first.suit_months is None
        choice = outcome("unavailable.does_not_exist").remedy(date(2025, 6, 1))
        assert "6个月内" in choice.clause(body="甲", court="乙").zh
        assert "within 6 months" in choice.clause(body="甲", court="乙").en

    @pytest.mark.parametrize(
        ("day", "months"), [("2010-01-01", 3), ("2015-04-30", 3), ("2015-05-01", 6), ("2024-01-01", 6)]
    )
    def test_how_long_one_may_sue_follows_the_law_of_the_day(self, day, months):
        assert remedy_for("other", date.fromisoformat(day)).suit_months == months

    def test_withdrawal_is_no_decision_and_has_no_remedy(self):
        assert outcome("other.remaining").remedy(date(2025, 6, 1)).clause(body="甲", court="乙").zh == ""

    def test_a_department_is_reconsidered_by_its_government_only_since_2024(self):
        assert body_for("department", date(2024, 1, 1)).body == "本级人民政府"
        assert "上一级主管部门" in body_for("department", date(2023, 12, 31)).body
        with pytest.raises(NotCovered):
            body_for("company", date(2024, 1, 1))

    def test_there_is_one_body_for_each_kind_of_agency_on_a_day(self):
        for agency in {body.agency for body in bodies()}:
            assert len([b for b in bodies() if b.agency == agency and date(2025, 1, 1) in b.span]) == 1

    def test_a_letter_through_the_internet_names_the_channel(self):
        assert "{channel}" in online_clause().template.zh
        assert online_clause().span.since == RECONSIDERATION_FIRST

    @given(st.sampled_from(GROUNDS), st.dates(date(2008, 5, 1), date(2035, 12, 31)))
    def test_every_ground_has_exactly_one_remedy_on_every_day(self, ground, day):
        assert len([remedy for remedy in remedies() if ground in remedy.grounds and day in remedy.span]) == 1

    def test_silence_leaves_the_choice_by_the_interpretation_of_2025(self):
        assert remedy_for("silence", date(2025, 6, 1)).basis.words == "法释〔2025〕8号第二条"
        assert not remedy_for("silence", date(2025, 5, 31)).basis.confirmed

    def test_before_there_was_a_regulation_there_is_no_remedy(self):
        for ground in GROUNDS:
            with pytest.raises(NotCovered):
                remedy_for(ground, date(2008, 4, 30))


def test_an_unknown_outcome_is_one_clear_error():
    with pytest.raises(NotCovered, match="没有“refused”这种办理结果"):
        outcome("refused")


def test_every_step_and_every_outcome_has_a_letter_that_there_is():
    named = {step.letter for step in steps().values() if step.letter} | {o.letter_key for o in outcomes().values()}
    assert named <= set(letters())
    others = {"third_party_decision", "record_correction"}
    assert set(letters()) - named == others  # of cases that are no outcome of a request (arts 32, 41)


def test_every_step_that_closes_a_request_names_its_outcome_and_that_outcomes_letter():
    closing = {name: step for name, step in steps().items() if any(rule.effect is Effect.CLOSE for rule in step.rules)}
    assert {name: step.outcome for name, step in steps().items() if step.outcome} == {
        "supplement_overdue": "other.supplement_overdue",
        "fee_overdue": "other.fee_overdue",
        "withdrawn": "other.remaining",
    }
    assert all(outcome(step.outcome).letter_key == step.letter for step in closing.values())


def test_a_letter_that_ends_the_matter_is_a_reply_and_says_what_it_must():
    for name in EXEMPT:
        assert outcome(name).letter.is_reply
        assert outcome(name).letter.contents
    assert not letters()["supplement_notice"].is_reply


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2025])
def test_every_result_of_a_dispute_has_one_cell_of_table_four(year):
    form = form_for(year)
    assert form is not None
    counted = {cell(block, result, date(year, 12, 31)) for block, kind in BLOCKS.items() for result in results()[kind]}
    assert {f"{name.rpartition('.')[0]}.total" for name in counted} | counted == set(form.tables["disputes"].cells)


def test_a_result_that_is_none_is_one_clear_error():
    with pytest.raises(NotCovered):
        cell("reconsideration", "claims_dismissed", date(2025, 1, 1))
    with pytest.raises(NotCovered):
        cell("litigation", "revoked", date(2025, 1, 1))
