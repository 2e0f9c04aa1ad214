"""Names of the elements of DOCX, and which of them are no part of the text."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

DROPPED = frozenset(W + name for name in (
    "del", "moveFrom", "delText", "instrText", "delInstrText", "rPr", "pPr", "tblPr", "tblGrid", "trPr", "tcPr",
    "tblPrEx", "sdtPr", "sdtEndPr", "sectPr", "footnoteReference", "endnoteReference", "annotationRef",
    "commentReference", "footnoteRef", "endnoteRef", "rt",
))  # fmt: skip
"""What is not (or no longer) part of the text as it is shown."""


def choice(element: etree._Element) -> etree._Element | None:
    """The one version of alternate content that is read: the first that has text, or is there at all."""
    versions = [child for child in element if child.tag in (f"{MC}Choice", f"{MC}Fallback")]
    with_text = (version for version in versions if next(version.iter(f"{W}t"), None) is not None)
    return next(with_text, versions[0] if versions else None)
