"""Every rule of every form, and every common rule, is broken by one report here and kept by another."""

from __future__ import annotations

import pytest

from gongkai.annual.checking import check
from gongkai.annual.checking.common import common
from gongkai.annual.form import forms
from tests.annual.checking import cases

OF_FORMS = [(form.name, rule.code) for form in forms().values() for rule in form.rules]


@pytest.mark.parametrize(("form", "code"), OF_FORMS)
def test_rule_of_a_form_is_found_broken_and_found_kept(form: str, code: str) -> None:
    for seed in range(3):
        broken, kept = cases.form_case(form, code, seed)
        assert code in {finding.code for finding in check(broken).findings}
        assert code not in {finding.code for finding in check(kept).findings}


@pytest.mark.parametrize("code", sorted(common().rules))
def test_common_rule_is_found_broken_and_found_kept(code: str) -> None:
    case = cases.COMMON[code]
    found = [finding for finding in case.run(broken=True).findings if finding.code == code]
    assert found
    assert all(finding.severity is common().rules[code].severity for finding in found)
    assert code not in {finding.code for finding in case.run(broken=False).findings}


def test_no_rule_goes_without_proof() -> None:
    """A rule added to a form is proven above by itself; a common rule needs a case, and no case outlives its rule."""
    assert set(cases.COMMON) == set(common().rules)
    assert {form for form, _ in OF_FORMS} == set(forms())


@pytest.mark.parametrize("code", sorted(common().rules))
def test_messages_are_complete_in_both_languages(code: str) -> None:
    for finding in cases.COMMON[code].run(broken=True).findings:
        for message in (finding.message, finding.message_en):
            assert message and "{" not in message and "None" not in message
        assert finding.message != finding.message_en
        assert finding.basis
