"""The marks of Markdown, told apart from text and taken out of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from gongkai.annual.reading.files.joining import joined, tidy
from gongkai.annual.reading.files.text.pages import Source

HEADING = re.compile(r"\s{0,3}#{1,6}(?:[ \t\u3000]+|(?=[^#\s]))(.*?)[ \t]*#*\s*$")
RULE = re.compile(r"\s{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,}|`{3,}[\w-]*|~{3,}[\w-]*)\s*$")
SETEXT = re.compile(r"\s{0,3}(?:={3,}|-{3,})\s*$")
DELIMITER = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
"""The line under the header of a Markdown table. Single strokes may be cells left blank, so one must be longer."""

_ENDINGS = (".md", ".markdown", ".mkd", ".mdown")
_BOLD = re.compile(r"\*\*[^*\n]+\*\*")
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3}|~~)(?=\S)(.+?)(?<=\S)\1")
_CODE = re.compile(r"`([^`]*)`")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_BULLET = re.compile(r"\s*(?:>\s?)*\s*(?:[-*+][ \t]+(?=\D))?")
_BREAK = re.compile(r"<br\s*/?>|</p>\s*<p[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|u|em|strong|span|font|p|div|center|sub|a)\b[^>]*>", re.IGNORECASE)
_SUPERSCRIPT = re.compile(r"<su[pb]>\s*(\d+)\s*</su[pb]>|\[\^(\w+)\]", re.IGNORECASE)


def is_markdown(lines: Sequence[Source], name: str) -> bool:
    """Whether a text is Markdown: by its name, or by headings, tables and bold type as Markdown writes them."""
    if name.lower().endswith(_ENDINGS):
        return True
    marks = 0
    for line in lines:
        text = line.text
        if "|" in text and DELIMITER.match(text) and "-|" in text.replace(" ", "") + "|":
            return True
        if text.startswith("#") and HEADING.match(text):
            marks += 2 if text.startswith("##") else 1
        marks += bool("**" in text and _BOLD.search(text))
    return marks >= 2


def plain(text: str) -> str:
    """A line without its marks: emphasis, links, code, bullets, quotes, escapes, entities."""
    text = _BULLET.sub("", text, count=1)
    return tidy(_unmarked(text))


def plain_cell(text: str) -> str:
    """The text of a table's cell without marks; line breaks in it joined as in any cell."""
    return joined(_unmarked(piece) for piece in _BREAK.split(text))


def _unmarked(text: str) -> str:
    if not any(mark in text for mark in "*_`[]<&\\~"):
        return text
    text = _SUPERSCRIPT.sub(lambda match: f"[{match[1] or match[2]}]", text)
    text = _IMAGE.sub("", text)
    text = _LINK.sub(r"\1", text)
    text = _CODE.sub(r"\1", text)
    for _ in range(3):
        text = _EMPHASIS.sub(r"\2", text)
    text = _TAG.sub("", _BREAK.sub(" ", text))
    return unescape(_ESCAPED.sub(r"\1", text))
