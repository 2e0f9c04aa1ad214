"""Scanned PDFs and pictures → a Document: grids from ruled lines, text recognised, figures read twice.

Needs the extra ``ocr`` (rapidocr, onnxruntime, opencv-python-headless); its models come with the packages, nothing is
downloaded. A figure that the two readings and its own ink do not bear out is not given as text but as ``doubtful``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai.annual.reading.document import Block, Document, Grid, Unreadable
from gongkai.annual.reading.files.extras import ocr_missing

SAME_PLACE = 6.0
"""Points by which the edges of a table's parts on two pages may differ."""


def read_scan(data: bytes, kind: str, *, pages: Sequence[int] | None = None) -> Document:
    """The text and tables of a scan.

    ``data`` are the file's bytes; ``kind`` is "pdf", or what the picture is ("png", "jpeg", "tiff", "bmp", "webp").
    ``pages`` (from 1) limits the reading to those pages, for PDFs of which only some pages are pictures; every block
    says its page in ``where``. Raises Unreadable where the extra is missing, the file is broken, locked, absurdly large
    or too long, or no text is found on any of its pages.
    """
    try:
        from gongkai.annual.reading.files.scan import page, picture, recognition
    except ImportError as error:
        raise ocr_missing() from error
    count, pictures = picture.pictures(data, "pdf" if kind == "pdf" else kind, pages)
    recogniser = recognition.recogniser()
    blocks: list[Block] = []
    for sheet in pictures:
        found = page.blocks(sheet, recogniser)
        if found and blocks and _goes_on(blocks[-1], found[0]):
            assert isinstance(found[0], Grid)
            found[0] = replace(found[0], continues=True)
        blocks += found
    if not blocks and pages is None:
        raise Unreadable(
            "扫描件里没有识别出文字；请确认不是空白页，并以 200–300 dpi 重新扫描",
            "no text could be recognised in the scan; make sure it is not blank, and scan it again at 200–300 dpi",
        )
    return Document("scan", tuple(blocks), pages=count)


def _goes_on(last: Block, first: Block) -> bool:
    """Whether a grid at the top of a page goes on from the one at the end of the page before: it has the same edges."""
    if not isinstance(last, Grid) or not isinstance(first, Grid) or not last.where.box or not first.where.box:
        return False
    if last.where.page is None or first.where.page != last.where.page + 1:
        return False
    (left, _, right, _), (other_left, _, other_right, _) = last.where.box, first.where.box
    return (
        abs((right - left) - (other_right - other_left)) <= 2 * SAME_PLACE and abs(left - other_left) <= 6 * SAME_PLACE
    )
