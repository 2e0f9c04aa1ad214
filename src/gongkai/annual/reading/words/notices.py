"""Notices on the face of a report that was written although its check found errors: they are no part of the report."""

from __future__ import annotations

import re
from dataclasses import replace

from gongkai.annual.reading.document import Block, Document, Grid

BEGIN = "【本报告核对未通过，不得公布】"
"""The line over the notices. Short enough to stand on one line in every format and type size."""

END = "【以上为核对意见，不属于年报内容】"
"""The line under them."""

LEFT_OUT = (
    "报告前附有核对意见，未作为年报内容读取",
    "notices of a check stand before the report and were not read as a part of it",
)


def without_notices(document: Document) -> Document:
    """The document without the notices that stand between their two lines, and a note that they were left out.

    A document in which only one of the lines stands, or none, is given back as it is.
    """
    texts = [_text(block) for block in document.blocks]
    begin = next((at for at, text in enumerate(texts) if text.startswith(BEGIN)), None)
    end = next((at for at, text in enumerate(texts) if text.endswith(END)), None)
    if begin is None or end is None or end < begin:
        return document
    kept = (
        block
        for at, (block, text) in enumerate(zip(document.blocks, texts, strict=True))
        if not begin <= at <= end and text != BEGIN  # the first line stands at the head of every page too
    )
    return replace(document, blocks=tuple(kept), notes=(*document.notes, LEFT_OUT))


def _text(block: Block) -> str:
    text = "".join(cell.text for cell in block.cells) if isinstance(block, Grid) else block.text
    return re.sub(r"\s", "", text)
