"""A specification → SVG: text as text, a title and a description for screen readers, hatches beside colours."""

from __future__ import annotations

from typing import Any

import vl_convert
from lxml import etree

from gongkai.annual.charts.bars import COLOURS, PAPER

_VERSION = "v5.21"
_SVG = "http://www.w3.org/2000/svg"
_SIZE = 8
"""The side of a hatch's tile."""

_HATCHES = (
    "",
    "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4",
    "M0,4 h8",
    "M4,0 v8",
    "M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4",
    "M0,4 h8 M4,0 v8",
)
"""One for each colour: plain, rising, level, upright, falling, crossed."""


def svg_of(spec: dict[str, Any], title: str, identity: str = "chart") -> str:
    """The picture as the text of an SVG file, complete in itself, with that title.

    ``identity`` tells several on one page apart.
    """
    drawn = vl_convert.vegalite_to_svg(spec, vl_version=_VERSION, allowed_base_urls=[])
    root = etree.fromstring(drawn.encode())
    used = _hatched(root, identity)
    definitions = etree.Element(f"{{{_SVG}}}defs")
    for at in used:
        definitions.append(_pattern(f"{identity}-{at}", COLOURS[at], _HATCHES[at]))
    root.insert(0, definitions)
    for at, (name, words) in enumerate((("title", title), ("desc", spec["description"]))):
        element = etree.Element(f"{{{_SVG}}}{name}", id=f"{identity}-{name}")
        element.text = words
        root.insert(at, element)
    root.set("role", "img")
    root.set("aria-labelledby", f"{identity}-title {identity}-desc")
    _unsaid(root)
    return etree.tostring(root, encoding="unicode")


def _hatched(root: etree._Element, identity: str) -> list[int]:
    """Fills what has a colour of ours with that colour's hatch; the colours used."""
    used = set()
    for element in root.iter():
        fill = element.get("fill", "").upper()
        if fill in COLOURS:
            at = COLOURS.index(fill)
            used.add(at)
            element.set("fill", f"url(#{identity}-{at})")
    return sorted(used)


def _pattern(name: str, colour: str, hatch: str) -> etree._Element:
    side = str(_SIZE)
    pattern = etree.Element(f"{{{_SVG}}}pattern", id=name, width=side, height=side, patternUnits="userSpaceOnUse")
    etree.SubElement(pattern, f"{{{_SVG}}}rect", width=side, height=side, fill=colour)
    if hatch:
        attributes = {"d": hatch, "stroke": PAPER, "stroke-width": "1.4", "fill": "none"}
        etree.SubElement(pattern, f"{{{_SVG}}}path", attributes)
    return pattern


def _unsaid(root: etree._Element) -> None:
    """The description says everything; the marks' own labels would say it again."""
    for element in root.iterdescendants():
        for name in ("role", "aria-label", "aria-roledescription", "aria-hidden"):
            if name in element.attrib:
                del element.attrib[name]
