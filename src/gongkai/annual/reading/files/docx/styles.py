"""Styles and automatic numbering of a DOCX: which paragraphs are headings, and the numbers printed before them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from gongkai.annual.reading.files.docx.names import W

_DIGITS = "零一二三四五六七八九"
_HEADING = re.compile(r"(heading|标题)\s*\d", re.IGNORECASE)
_CONTENTS = re.compile(r"(toc|contents|目录)\s*\d", re.IGNORECASE)
_LEVELS = 9
_STYLES_DEEP = 20


class Style(NamedTuple):
    """What matters of a paragraph's style: heading, line of a table of contents, list and level of its numbering."""

    heading: bool = False
    contents: bool = False
    list_id: str | None = None
    level: int = 0

    @property
    def numbered(self) -> bool:
        """Whether the paragraph is numbered automatically."""
        return self.list_id is not None


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._known: dict[str, Style] = {}
        for style in root.iter(f"{W}style") if root is not None else ():
            if identity := style.get(f"{W}styleId"):
                self._styles[identity] = style

    def of(self, paragraph: etree._Element) -> Style:
        """The style of a paragraph, with what the paragraph itself sets."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return Style()
        named = properties.find(f"{W}pStyle")
        style = self._named(named.get(f"{W}val", ""), 0) if named is not None else Style()
        return _with(style, properties)

    def _named(self, identity: str, depth: int) -> Style:
        if identity in self._known:
            return self._known[identity]
        element = self._styles.get(identity)
        if element is None or depth > _STYLES_DEEP:
            return Style()
        base = element.find(f"{W}basedOn")
        style = self._named(base.get(f"{W}val", ""), depth + 1) if base is not None else Style()
        properties = element.find(f"{W}pPr")
        if properties is not None:
            style = _with(style, properties)
        name = element.find(f"{W}name")
        called = name.get(f"{W}val", "") if name is not None else ""
        if _HEADING.match(called):
            style = style._replace(heading=True)
        if _CONTENTS.match(called):
            style = style._replace(contents=True)
        self._known[identity] = style
        return style


def _with(style: Style, properties: etree._Element) -> Style:
    numbering = properties.find(f"{W}numPr")
    if numbering is not None:
        identity, level = numbering.find(f"{W}numId"), numbering.find(f"{W}ilvl")
        if identity is not None:
            # List 0 means: no number.
            value = identity.get(f"{W}val", "0")
            style = style._replace(list_id=None if value == "0" else value)
        if level is not None:
            style = style._replace(level=min(_integer(level.get(f"{W}val"), 0), _LEVELS - 1))
    outline = properties.find(f"{W}outlineLvl")
    if outline is not None:
        style = style._replace(heading=_integer(outline.get(f"{W}val"), _LEVELS) < _LEVELS)
    return style


@dataclass(slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    legal: bool = False


class Numbering:
    """The document's lists and how far each has counted."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._list_of: dict[str, str] = {}
        self._counts: dict[str, list[int | None]] = {}
        if root is None:
            return
        for abstract in root.iter(f"{W}abstractNum"):
            self._levels[abstract.get(f"{W}abstractNumId", "")] = _levels(abstract)
        for number in root.iter(f"{W}num"):
            identity, abstract_id = number.get(f"{W}numId", ""), number.find(f"{W}abstractNumId")
            if abstract_id is None:
                continue
            key = abstract_id.get(f"{W}val", "")
            own = dict(self._levels.get(key, {}))
            changed = False
            for override in number.findall(f"{W}lvlOverride"):
                level = _integer(override.get(f"{W}ilvl"), 0)
                replaced = _levels(override)
                begin = override.find(f"{W}startOverride")
                if level in replaced:
                    own[level] = replaced[level]
                if begin is not None:
                    old = own.get(level, _Level())
                    own[level] = _Level(_integer(begin.get(f"{W}val"), 1), old.format, old.text, old.legal)
                changed = True
            if changed:
                # A list that begins anew counts for itself; others of the same kind go on together.
                key = f"{key}/{identity}"
                self._levels[key] = own
            self._list_of[identity] = key

    def prefix(self, style: Style) -> str:
        """The number printed before the next paragraph of that style (``一、``, ``（二）``, ``3.``), or nothing."""
        key = self._list_of.get(style.list_id or "")
        level = self._levels.get(key or "", {}).get(style.level)
        if key is None or level is None:
            return ""
        counts = self._counts.setdefault(key, [None] * _LEVELS)
        before = counts[style.level]
        counts[style.level] = level.start if before is None else before + 1
        counts[style.level + 1 :] = [None] * (_LEVELS - style.level - 1)
        if level.format in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if not 0 <= at < _LEVELS:
                return ""
            other = self._levels[key].get(at, _Level())
            count = counts[at]
            # A level that was never reached counts as begun.
            return _number(other.start if count is None else count, "decimal" if level.legal else other.format)

        return re.sub(r"%(\d)", shown, level.text)


def _levels(parent: etree._Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for element in parent.findall(f"{W}lvl"):
        start, kind, text = (element.find(f"{W}{name}") for name in ("start", "numFmt", "lvlText"))
        found[_integer(element.get(f"{W}ilvl"), 0)] = _Level(
            _integer(start.get(f"{W}val"), 1) if start is not None else 1,
            kind.get(f"{W}val", "decimal") if kind is not None else "decimal",
            text.get(f"{W}val", "") if text is not None else "",
            element.find(f"{W}isLgl") is not None,
        )
    return found


def _integer(text: str | None, otherwise: int) -> int:
    try:
        return max(0, int(text)) if text is not None else otherwise
    except ValueError:
        return otherwise


def _number(value: int, kind: str) -> str:
    if kind.startswith(("chinese", "ideograph", "japanese", "taiwanese", "korean")) and 0 <= value < 100:
        return _chinese(value)
    if kind == "decimalEnclosedCircle" and 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    if kind == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
    if kind in ("upperLetter", "lowerLetter") and 1 <= value <= 26:
        return chr((ord("A") if kind == "upperLetter" else ord("a")) + value - 1)
    return str(value)


def _chinese(value: int) -> str:
    """10 → 十, 21 → 二十一."""
    tens, ones = divmod(value, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
