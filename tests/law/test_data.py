"""Our data: every value dated and cited, what is from memory marked, a broken file one clear error."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import gongkai.law
from gongkai.law import duties, fees, letters, outcomes, procedure, provisions, remedies, words
from gongkai.law.errors import NotCovered, NotLawful
from gongkai.loading import BrokenFile

DATA = Path(gongkai.law.__file__).parent / "data"
BASIS = {"source": "regulation_2019", "article": "第一条", "article_en": "art. 1", "confirmed": True}
LOADER = provisions.DataLoader("made-up.toml")


def _entries(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from _entries(value)
    elif isinstance(data, list):
        for value in data:
            yield from _entries(value)


FILES = sorted([*DATA.glob("*.toml"), *DATA.glob("procedure/*.toml")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_everything_dated_is_cited_and_everything_cited_is_dated_and_says_whether_it_is_confirmed(path):
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for entry in _entries(data):
        assert ("from" in entry) == ("source" in entry) == ("article" in entry), entry
        if "source" in entry:
            assert entry["source"] in provisions.sources()
            assert isinstance(entry["confirmed"], bool)


def test_what_rests_on_practice_inference_or_a_text_not_read_is_never_confirmed():
    for path in FILES:
        for entry in _entries(tomllib.loads(path.read_text(encoding="utf-8"))):
            if "source" in entry and not provisions.sources()[entry["source"]].confirmed:
                assert entry["confirmed"] is False, (path.name, entry)


def test_the_law_of_a_day_is_that_of_the_day():
    reply = provisions.limits()["reply"]
    assert [reply.on(date.fromisoformat(day)).value for day in ("2008-05-01", "2019-05-14", "2019-05-15")] == [
        15,
        15,
        20,
    ]
    with pytest.raises(NotCovered, match="答复期限"):
        reply.on(date(2008, 4, 30))
    assert provisions.limits()["supplement_notice"].maybe(date(2018, 1, 1)) is None


def test_a_step_that_the_law_of_the_day_did_not_have_is_refused_with_the_article_that_brought_it():
    with pytest.raises(NotLawful, match="第三十五条"):
        procedure.steps()["deferred"].on(date(2018, 1, 1))


def _value(**changes: Any) -> dict[str, Any]:
    return {"value": 20, "from": date(2019, 5, 15), **BASIS, **changes}


def _limit(*values: Any, **changes: Any) -> dict[str, Any]:
    return {"reply": {"label": "l", "label_en": "l", "unit": "days", "values": list(values), **changes}}


def _step(**changes: Any) -> dict[str, Any]:
    return {"label": "l", "label_en": "l", "who": [], "phases": [], "rules": [], **changes}


def _outcome(**changes: Any) -> dict[str, Any]:
    rule = {"from": date(2019, 5, 15), "ground": "other", **BASIS}
    return {"label": "l", "label_en": "l", "cell": "c", "letter": "partial", "rules": [rule], **changes}


@pytest.mark.parametrize(
    ("load", "said"),
    [
        (lambda: provisions.load_limits(LOADER, _limit(_value(unknown=1))), "reply.values[0]: unknown key 'unknown'"),
        (lambda: provisions.load_limits(LOADER, _limit({"value": 20})), "reply.values[0]: from is missing"),
        (lambda: provisions.load_limits(LOADER, _limit(_value(value="20"))), "reply.values[0]: value must be int"),
        (lambda: provisions.load_limits(LOADER, _limit(_value(source="x"))), "reply.values[0]: unknown source 'x'"),
        (lambda: provisions.load_limits(LOADER, _limit(_value(to=date(2018, 1, 1)))), "from is later than to"),
        (lambda: provisions.load_limits(LOADER, _limit(_value(), _value())), "two entries hold on 2019-05-15"),
        (lambda: provisions.load_limits(LOADER, _limit(_value(note="只有中文"))), "note and note_en go together"),
        (lambda: provisions.load_limits(LOADER, _limit(unit="weeks")), "unit must be one of"),
        (lambda: provisions.load_limits(LOADER, _limit() | {"reply": 5}), "reply: must be a table"),
        (lambda: outcomes.load_outcome(LOADER, "x", _outcome(letter="none")), "x: unknown letter 'none'"),
        (
            lambda: outcomes.load_outcome(LOADER, "x", _outcome(rules=[_outcome()["rules"][0] | {"ground": "bad"}])),
            "x.rules[0]: unknown ground 'bad'",
        ),
        (
            lambda: procedure.load_step(
                LOADER, "x", {"label": "l", "label_en": "l", "who": ["cat"], "phases": [], "rules": []}
            ),
            "x: unknown person 'cat'",
        ),
        (
            lambda: procedure.load_step(
                LOADER, "x", {"label": "l", "label_en": "l", "who": [], "phases": ["?"], "rules": []}
            ),
            "x: unknown phase '?'",
        ),
        (
            lambda: procedure.load_step(
                LOADER, "x", {"label": "l", "label_en": "l", "who": [], "phases": [], "rules": []}
            ),
            "x: rules is empty",
        ),
        (
            lambda: fees.load_standard(LOADER, "items", _standard({"first": 2, "yuan": 0})),
            "items.tiers[0]: first must be 1, not 2",
        ),
        (
            lambda: fees.load_standard(LOADER, "items", _standard({"first": 1, "last": 5, "yuan": 0})),
            "items: the last tier must be open",
        ),
        (
            lambda: remedies.load_remedies(LOADER, {"online": {}, "bodies": [], "remedies": [_remedy(), _remedy()]}),
            "remedies for other: two entries hold on 2019-05-15",
        ),
        (
            lambda: duties.load_duties(LOADER, _duties(levels=["village"])),
            "duties[0]: unknown 'village'",
        ),
    ],
)
def test_a_broken_file_is_one_clear_error_that_names_the_file_and_the_place(load, said):
    with pytest.raises(BrokenFile) as raised:
        load()
    assert str(raised.value).startswith("made-up.toml: ")
    assert said in str(raised.value)


def _standard(*tiers: dict[str, Any]) -> dict[str, Any]:
    named = dict.fromkeys(("label", "label_en", "unit", "unit_en", "unit_en_one"), "l")
    return {**named, "from": date(2021, 1, 1), "tiers": list(tiers), **BASIS}


def _remedy() -> dict[str, Any]:
    named = dict.fromkeys(("variant", "label", "label_en", "clause", "clause_en"), "l")
    return {**named, "grounds": ["other"], "from": date(2019, 5, 15), **BASIS}


def _duties(**changes: Any) -> dict[str, Any]:
    duty = {"key": "k", "label": "l", "label_en": "l", "levels": [], "kinds": [], "from": date(2019, 5, 15), **BASIS}
    empty: dict[str, Any] = {name: [] for name in ("special_limits", "reports", "columns", "fields")}
    return {**empty, "duties": [{**duty, **changes}]}


def test_everything_said_is_said_in_both_languages():
    for said in words.sentences().values():
        assert said.zh
        assert said.en
        assert _fields(said.en) == _fields(said.zh), said
    for letter in letters.letters().values():
        assert all(content.zh and content.en for content in letter.contents)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
