"""What is said to people is said in one manner: a refusal is one line behind a file's name, a finding sentences."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import gongkai

SOURCE = Path(gongkai.__file__).parent
FORMS = SOURCE / "annual" / "forms"


def _text(node: ast.expr) -> str | None:
    """The text of a literal; what is put into it stands as 1."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "1" for part in node.values)
    return None


def refusals() -> Iterator[tuple[str, str]]:
    """The Chinese and English words of every refusal that the readers write out."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Unreadable", "NoText"):
                texts = [text for text in map(_text, node.args[:2]) if text is not None]
                if len(texts) == 2:
                    yield texts[0], texts[1]


def messages() -> Iterator[tuple[str, str]]:
    """The Chinese and English words of every rule that writes a whole message."""
    for rule in tomllib.loads((FORMS / "common.toml").read_text(encoding="utf-8"))["rules"]:
        yield rule["words"], rule["words_en"]


@pytest.mark.parametrize(("chinese", "english"), sorted(set(refusals())))
def test_a_refusal_is_one_line_that_says_what_to_do_and_ends_without_a_stop(chinese: str, english: str) -> None:
    assert re.search(r"[；，].+[^。；，：]$", chinese)
    assert re.search(r"; .+[^.;,:]$", english)
    assert not re.search(r"  |\n|[,;:?!]", re.sub(r"'.*?'|\d[,:]\d", "", chinese))
    assert not re.search(r"  |\n|[，。；：（）]", english)
    assert not re.match(r"[A-Z][a-z]", english.replace("LibreOffice", ""))


@pytest.mark.parametrize(("chinese", "english"), sorted(set(messages())))
def test_a_finding_is_said_in_whole_sentences(chinese: str, english: str) -> None:
    assert re.search(r"[。）]$", chinese)
    assert re.search(r"[.)]$", english)
    assert not re.search(r"  |[,;?!]", chinese)
    assert not re.search(r"  |[，；：（）]", english)
    assert re.match(r"[A-Z{“]", english)
