"""The relations of the forms: what the words mean, and that what cannot be understood is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.relation import BrokenRelation, Relation, Term, parse


def test_the_balance_printed_on_the_form() -> None:
    relation = parse("received + carried_in = total + carried_out")
    assert relation.left == (Term("received", 1), Term("carried_in", 1))
    assert relation.sign == "="
    assert relation.right == (Term("total", 1), Term("carried_out", 1))
    assert not relation.looks_back


def test_terms_are_the_left_side_minus_the_right() -> None:
    assert parse("a - b >= c - d").terms == (Term("a", 1), Term("b", -1), Term("c", -1), Term("d", 1))


def test_last_years_figure_is_marked_and_its_name_is_the_cell() -> None:
    relation = parse("carried_in = previous.carried_out")
    assert relation.right == (Term("carried_out", 1, previous=True),)
    assert relation.looks_back


def test_zero_is_an_empty_side() -> None:
    assert parse("rules.made + rules.published = 0").right == ()


def test_spaces_and_a_leading_sign_do_not_matter() -> None:
    assert parse("-a+b<=c").terms == parse("  - a  +  b <= c ").terms


@pytest.mark.parametrize("sign", ["=", "<=", ">="])
def test_each_sign_is_kept(sign: str) -> None:
    assert parse(f"a {sign} b").sign == sign


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("received + carried_in", "no =, <= or >= in 'received + carried_in'"),
        ("", "no =, <= or >= in ''"),
        ("= total", "one side of '= total' is empty"),
        ("total =  ", "one side of 'total =  ' is empty"),
        ("total = a b", "cannot read 'b' in 'total = a b'"),
        ("total = a + ", "cannot read '+' in 'total = a + '"),
        ("a = b = c", "cannot read '= c' in 'a = b = c'"),
        ("total = 总计", "cannot read '总计' in 'total = 总计'"),
        ("total = 2 * a", "cannot read '* a' in 'total = 2 * a'"),
        ("total = 0 + a", "0 stands beside other terms in 'total = 0 + a'"),
        ("total = a - 0", "0 stands beside other terms in 'total = a - 0'"),
    ],
)
def test_what_cannot_be_understood_is_quoted(text: str, said: str) -> None:
    with pytest.raises(BrokenRelation) as raised:
        parse(text)
    assert str(raised.value) == said


names = st.from_regex(r"[a-z][a-z_]{0,8}(\.[a-z][a-z_]{0,8}){0,2}", fullmatch=True).filter(
    lambda name: not name.startswith("previous.")
)
terms = st.builds(Term, name=names, sign=st.sampled_from([1, -1]), previous=st.booleans())
sides = st.lists(terms, max_size=6).map(tuple)
relations = st.builds(Relation, left=sides, sign=st.sampled_from(["=", "<=", ">="]), right=sides)


def written(relation: Relation) -> str:
    def side(terms: tuple[Term, ...]) -> str:
        words = [f"{'+' if term.sign > 0 else '-'} {'previous.' * term.previous}{term.name}" for term in terms]
        return " ".join(words) or "0"

    return f"{side(relation.left)} {relation.sign} {side(relation.right)}"


@given(relations)
def test_a_relation_written_down_is_read_as_it_was(relation: Relation) -> None:
    assert parse(written(relation)) == relation


@given(st.text(alphabet="ab_.+-=<>0 总previous", max_size=40))
def test_any_text_is_a_relation_or_a_broken_one(text: str) -> None:
    try:
        relation = parse(text)
    except BrokenRelation as error:
        assert repr(text) in str(error)
    else:
        assert relation.sign in ("=", "<=", ">=")
