"""The text of a paragraph of DOCX, from its runs."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from gongkai.annual.reading.files.docx.names import DROPPED, MC, M, W, choice

_OFF = frozenset(("0", "false", "off", "none"))


@dataclass(slots=True)
class Text:
    """The text of one paragraph as it is collected: its pieces, its text boxes, and whether each open field (outermost
    first) still shows its code. A field that is never closed ends with its paragraph, so that it swallows no more."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    codes: list[bool] = field(default_factory=list)

    def add(self, text: str | None) -> None:
        """The text goes on, where no field shows its code."""
        if text and not any(self.codes):
            self.pieces.append(text)


def collect(element: etree._Element, found: Text) -> None:
    """The text of a paragraph or a part of it; text boxes are put aside."""
    for child in element:
        tag = child.tag
        if tag == f"{W}r":
            _run(child, found)
        else:
            _collect_one(child, found)


def _collect_one(child: etree._Element, found: Text) -> None:
    tag = child.tag
    if tag == f"{MC}AlternateContent":
        if (chosen := choice(child)) is not None:
            collect(chosen, found)
    elif tag == f"{W}txbxContent":
        found.boxes.append(child)
    elif tag in (f"{W}t", f"{M}t"):
        found.add(child.text)
    elif tag not in DROPPED:
        collect(child, found)


def _run(run: etree._Element, found: Text) -> None:
    before = len(found.pieces)
    for child in run:
        tag = child.tag
        if tag == f"{W}tab":
            found.add("\t")
        elif tag in (f"{W}br", f"{W}cr"):
            found.add("\n")
        elif tag == f"{W}noBreakHyphen":
            found.add("-")
        elif tag == f"{W}sym":
            found.add(_symbol(child))
        elif tag == f"{W}fldChar":
            kind = child.get(f"{W}fldCharType")
            if kind == "begin":
                found.codes.append(True)
            elif found.codes and kind == "separate":
                found.codes[-1] = False
            elif found.codes and kind == "end":
                found.codes.pop()
        else:
            _collect_one(child, found)
    properties = run.find(f"{W}rPr")
    if properties is not None and len(found.pieces) > before:
        found.pieces[before:] = _as_shown("".join(found.pieces[before:]), properties)


def _as_shown(text: str, properties: etree._Element) -> list[str]:
    """Hidden text is not there; text struck out stands apart; a raised number is a note's mark, not digits of the
    figure before it."""
    if _on(properties, "vanish"):
        return []
    if _on(properties, "strike") or _on(properties, "dstrike"):
        return [f"\n{text}\n"]
    raised = properties.find(f"{W}vertAlign")
    if raised is not None and raised.get(f"{W}val") in ("superscript", "subscript") and text.strip().isdigit():
        return [f"[{text.strip()}]"]
    return [text]


def _on(properties: etree._Element, name: str) -> bool:
    found = properties.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val", "1").lower() not in _OFF


def _symbol(element: etree._Element) -> str:
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    # Symbol fonts put their characters at F000 and up.
    return chr(code - 0xF000 if 0xF020 <= code <= 0xF07E else code) if 0x20 <= code < 0xD800 or code >= 0xE000 else ""
