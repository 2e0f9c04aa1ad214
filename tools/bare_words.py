"""Chinese words in our sources that nobody would translate: outside gettext, outside a sentence of the law room."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.template.base import Lexer, TokenType

from tools.extracting import KEYWORDS
from tools.messages import CHINESE, CHINESE_OR_ITS_POINTS

SAID = {"Said", "day_of", "fill"}
"""What takes its Chinese and its English side by side."""
OWN_LANGUAGE = re.compile(r"""<\w[^>]* lang="zh[^>]*>[^<]*""")
"""What is Chinese in every language: the name of the language on its switch."""
QUOTED = re.compile(r"""_\(\s*("[^"]*"|'[^']*')\s*\)""")


def in_python(text: str) -> Iterator[tuple[int, str]]:
    """Line and words of each Chinese string that is neither translated nor a docstring."""
    tree = ast.parse(text)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in KEYWORDS.keys() | SAID:
            told |= {id(part) for argument in node.args for part in ast.walk(argument)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in told:
            continue
        if CHINESE.search(node.value):
            yield node.lineno, node.value


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def in_template(text: str) -> Iterator[tuple[int, str]]:
    """Line and words of each Chinese text outside the translating tags and outside comments."""
    inside = ""
    for token in Lexer(text).tokenize():
        words = token.contents
        if token.token_type is TokenType.BLOCK:
            tag = words.split()[0]
            if tag in ("blocktranslate", "blocktrans", "comment"):
                inside = f"end{tag}"
            elif tag == inside:
                inside = ""
            elif tag in ("translate", "trans"):
                continue
            words = QUOTED.sub("", words)
        elif token.token_type is TokenType.VAR:
            words = QUOTED.sub("", words)
        elif token.token_type is TokenType.COMMENT:
            continue
        words = OWN_LANGUAGE.sub("", words)
        if not inside and CHINESE_OR_ITS_POINTS.search(words):
            yield token.lineno or 0, words.strip()


def bare_words(path: Path) -> list[tuple[int, str]]:
    """Those of a source."""
    text = path.read_text(encoding="utf-8")
    return list(in_python(text) if path.suffix == ".py" else in_template(text))
