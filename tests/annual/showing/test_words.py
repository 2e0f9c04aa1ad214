"""The catalogue of words is complete in both languages, and nothing is shown that is not in it."""

from __future__ import annotations

import re
import string
from importlib import resources
from pathlib import Path

import pytest

import gongkai
from gongkai.annual.corpus.columns import STATUSES
from gongkai.annual.finding import Severity
from gongkai.annual.showing.words import LANGUAGES, catalogue, say

SOURCES = Path(gongkai.__file__).parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def places(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", catalogue())
def test_every_word_is_there_in_both_languages(key):
    entry = catalogue()[key]
    assert set(entry) - {"en_one"} == set(LANGUAGES)
    assert all(entry[lang].strip() or key == "between_sentences" for lang in LANGUAGES)
    assert places(entry["zh"]) == places(entry["en"])
    assert not CHINESE.search(entry["en"])
    assert "en_one" not in entry or places(entry["en_one"]) <= places(entry["en"])


def test_no_word_is_left_unused_and_none_is_missing():
    code = "".join(
        path.read_text(encoding="utf-8") for name in ("annual", "cli") for path in (SOURCES / name).rglob("*.py")
    )
    pages = "".join(path.read_text(encoding="utf-8") for path in (SOURCES / "annual").rglob("*.html"))
    quoted = set(re.findall(r"""["']([A-Za-z_0-9]+)["']""", code + pages))
    parts = ("usage_", "state_", "legend_", "corpus_column_", "corpus_kind_", "corpus_state_", "corpus_status_")
    made = {key for key in catalogue() if key.startswith(parts)} | set(Severity)
    made |= {f"corpus_{status}" for status in STATUSES}
    made |= {f"audit_{why}" for why in ("changed", "missing", "cut", "not_chained", "gone", "rewritten")}
    assert set(catalogue()) - quoted <= made


def test_pages_have_no_words_of_their_own():
    for path in resources.files("gongkai.annual.showing").joinpath("page").iterdir():
        text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not CHINESE.search(text.replace("zh-CN", "")) or path.name.endswith(".css"), path.name


def test_one_is_singular_in_english():
    assert say("errors", "en", n=1) == "1 error"
    assert say("errors", "en", n=2) == "2 errors"
    assert say("errors", "zh", n=1) == "1 处错误"


def test_words_put_in_are_not_read_for_places():
    assert say("about_file", file="{x}", message="{0}{") == "{x}：{0}{"
