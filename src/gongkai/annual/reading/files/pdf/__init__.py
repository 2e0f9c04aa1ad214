"""Reads a PDF with text: lines and ruled tables in reading order, each with its page and place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock

import pypdfium2
import pypdfium2.raw

from gongkai.annual.finding import Where
from gongkai.annual.reading.document import Block, Document, Grid, GridCell, Line, NoText, Unreadable
from gongkai.annual.reading.files.pdf import raw
from gongkai.annual.reading.files.pdf.cells import Table, table
from gongkai.annual.reading.files.pdf.drawing import TooMuch
from gongkai.annual.reading.files.pdf.letters import UNKNOWN
from gongkai.annual.reading.files.pdf.margins import margins
from gongkai.annual.reading.files.pdf.page import Sheet, sheet
from gongkai.annual.reading.files.pdf.ruling import frames
from gongkai.annual.reading.files.pdf.seams import goes_on, is_caption, sewn, with_overflow
from gongkai.annual.reading.files.pdf.words import Row, lines

MAX_PAGES = 1_000
"""A report has at most a few hundred pages."""
MAX_LETTERS = 3_000_000
"""In the whole file. A report of three hundred pages has some 300,000."""
MAX_CELLS = 200_000
"""In the whole file. The forms have some 300 cells; a file with so many is a register of something."""
TAIL = 4_096
"""Bytes at the end of the file in which the place of its table of contents must be named, else it was cut off. Mail and
web servers append a little to files."""
MEANINGLESS = 0.3
"""Of a page's letters: with so many of them without meaning its text is no text."""
FEW = 20
"""Letters: a page with a picture and fewer letters than this beside it (a page number, a stamp) is a picture."""

PDFIUM = Lock()
"""PDFium serves one thread at a time."""

Part = Row | Table


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    height: float
    parts: tuple[Part, ...]


def read_pdf(data: bytes, *, max_pages: int = MAX_PAGES) -> Document:
    """The document that a PDF's text and drawn rules make.

    A page's number, running header and footer are left out. A ruled table is a Grid, with ``continues`` where it goes
    on from the page before; a row cut in two by the page's end stands whole in the first part. Tables without rules
    are Lines whose ``words`` tell where each piece stands. A letter whose meaning the file does not tell, or that
    another one covers, is given as �. ``Where.line`` counts the lines and table rows of a page; boxes are in points
    from the top left corner of the page, turned so that its text stands upright.

    Raises Unreadable for a file that is encrypted, cut off, empty, no PDF, or larger than any report; NoText where no
    page has text, so that its pictures may be recognised. ``Document.image_pages`` names pages where that is so in
    part.
    """
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("文件不是 PDF；请确认文件，或重新导出", "the file is not a PDF; check it, or export it again")
    if b"startxref" not in data[-TAIL:]:
        raise Unreadable(
            "PDF 文件不完整（结尾缺失）；请重新下载或重新导出",
            "the PDF is cut off (its end is missing); download or export it again",
        )
    with PDFIUM:
        document = _opened(data)
        try:
            count = len(document)
            if count > max_pages:
                raise Unreadable(
                    f"PDF 有 {count} 页，超过上限 {max_pages} 页，不像一份年度报告；请只保留报告部分后重试",
                    f"the PDF has {count} pages, over the limit of {max_pages}; keep the report only and try again",
                )
            sheets = _Sheets()
            pages = [sheets.page(document, index) for index in range(count)]
            title = document.get_metadata_value("Title").strip()
        finally:
            document.close()
    if not any(page.parts for page in pages):
        raise _without_text(tuple(sheets.pictures))
    return Document("pdf", tuple(_blocks(pages)), pages=count, title=title, image_pages=tuple(sheets.pictures))


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY):
            raise Unreadable(
                "PDF 文件有密码保护；请取消密码后重试",
                "the PDF is protected by a password; remove it and try again",
            ) from error
        raise Unreadable(
            "PDF 文件已损坏，无法打开；请重新下载或重新导出",
            "the PDF is damaged and cannot be opened; download or export it again",
        ) from error


def _without_text(pictures: tuple[int, ...]) -> Unreadable:
    if pictures:
        return NoText(
            "PDF 没有可提取的文字（可能是扫描件）；需要文字识别",
            "the PDF has no text that can be taken out (it may be a scan); it has to be recognised",
            pictures,
        )
    return Unreadable(
        "PDF 各页均为空白；请重新导出或重新扫描", "all pages of the PDF are blank; export or scan it again"
    )


class _Sheets:
    """Takes the pages of a file one by one, keeps count of what the whole holds, and of pages that are pictures."""

    def __init__(self) -> None:
        self.pictures: list[int] = []
        self._letters = 0
        self._cells = 0

    def page(self, document: pypdfium2.PdfDocument, index: int) -> _Page:
        number = index + 1
        page = raw.load_page(raw.address(document.raw), index)
        textpage = raw.load_text(page) if page else None
        try:
            if not textpage:  # a page that is broken in the file
                self.pictures.append(number)
                return _Page(number, 0.0, ())
            return self._parted(sheet(page, textpage, number))
        except TooMuch as error:
            raise self._too_much(number) from error
        finally:
            if textpage:
                raw.close_text(textpage)
            if page:
                raw.close_page(page)

    def _parted(self, found: Sheet) -> _Page:
        marks = found.marks
        unknown = int((marks.codes == UNKNOWN).sum())
        garbled = len(marks) > 0 and unknown >= MEANINGLESS * len(marks)
        if garbled or (not len(marks) and not found.blank):
            self.pictures.append(found.number)
            return _Page(found.number, found.height, ())
        tables = []
        for frame in sorted(frames(found), key=lambda frame: frame.area()):
            filled, inside = table(marks, frame)
            tables.append(filled)
            marks = marks.take(~inside)
        if found.pictured and (len(found.marks) < FEW or not tables):
            self.pictures.append(found.number)
        self._letters += len(found.marks)
        self._cells += sum(len(part.texts) for part in tables)
        if self._letters > MAX_LETTERS or self._cells > MAX_CELLS:
            raise self._too_much(found.number)
        parts: list[Part] = [*lines(marks), *tables]
        return _Page(found.number, found.height, tuple(sorted(parts, key=lambda part: part.box[1])))

    @staticmethod
    def _too_much(number: int) -> Unreadable:
        return Unreadable(
            f"PDF 到第 {number} 页时内容已超过上限，不像一份年度报告；请只保留报告部分后重试",
            f"the PDF holds more than the limit by page {number}; keep the report only and try again",
        )


def _blocks(pages: list[_Page]) -> Iterator[Block]:
    """The pages' lines and tables as one sequence, without what stands in the margins, with tables sewn together."""
    outside = margins([page.parts for page in pages], [page.height for page in pages])
    kept = [
        [part for index, part in enumerate(page.parts) if (number, index) not in outside]
        for number, page in enumerate(pages)
    ]
    continued: set[int] = set()
    header: Table | None = None
    for number, (above, below) in enumerate(pairwise(kept), start=1):
        if below and isinstance(below[0], Row) and is_caption(below[0].text) and len(below) > 1:
            below = below[1:]
        if not above or not below:
            header = None
            continue
        upper, lower = above[-1], below[0]
        if isinstance(upper, Row) and len(above) > 1 and isinstance(above[-2], Table) and isinstance(lower, Table):
            whole = with_overflow(above[-2], upper)
            if whole is not None and goes_on(whole, lower):
                above[-2:] = [whole]
                upper = whole
        if not isinstance(upper, Table) or not isinstance(lower, Table) or not goes_on(upper, lower):
            header = None
            continue
        if header is None or len(above) > 1:
            header = upper
        above[-1], below[0] = sewn(upper, lower, header)
        kept[number] = below
        continued.add(number)
    for number, (page, parts) in enumerate(zip(pages, kept, strict=True)):
        line = 1
        for index, part in enumerate(parts):
            if isinstance(part, Row):
                yield Line(part.text, Where(page.number, line, box=part.box), words=part.words)
                line += 1
            else:
                yield _grid(part, page.number, line, continues=index == 0 and number in continued)
                line += len(part.frame.ys) - 1


def _grid(part: Table, page: int, line: int, *, continues: bool) -> Grid:
    frame = part.frame
    cells = tuple(
        GridCell(text, *cell, Where(page, line + cell[0], None, (left, top, right, bottom)))
        for text, cell, (left, top, right, bottom) in zip(part.texts, frame.cells, frame.boxes.tolist(), strict=True)
    )
    return Grid(cells, Where(page, line, box=part.box), exact=frame.exact, continues=continues)
