"""How large a file may be before it is refused: reading stays bounded in time and memory whatever comes.

A published annual report is a few pages; every limit lies far above the largest real one and far below what would
fill a machine.
"""

from __future__ import annotations

from gongkai.annual.reading.document import Unreadable

MEGABYTE = 1024 * 1024

FILE_BYTES = 100 * MEGABYTE
"""A scanned report of forty pages in colour has about 40 MB."""

MARKUP_BYTES = 32 * MEGABYTE
"""One HTML page or one XML part; pages with pictures written into them reach a few MB."""

ELEMENTS = 400_000
"""Elements of one page or part; a report exported by an office program has up to 30,000."""

ARCHIVE_MEMBERS = 5_000
"""Files inside a DOCX, XLSX or ODS; they have tens."""

ARCHIVE_BYTES = 200 * MEGABYTE
"""All of them unpacked."""

ARCHIVE_RATIO = 250
"""Unpacked against packed, once ``ARCHIVE_FREE`` bytes are unpacked: office XML reaches 40, a zip bomb 1,000."""

ARCHIVE_FREE = 8 * MEGABYTE

CELLS = 60_000
"""Cells of all grids of a file; the report's form has fewer than 500, a page of a directory some thousands."""

COLUMNS = 500
"""Columns of one grid; the widest table of the form has 15."""

TABLES_DEEP = 20
"""Tables within tables; pages laid out with tables reach 8."""

TEXT_CHARACTERS = 4_000_000
"""Characters of running text; a long report has 50,000."""

LINES = 200_000
"""Lines of a text file; a long report, laid out as on its pages, has 3,000."""

PAGES = 2_000
"""Pages of one file; a long report has 60."""

PICTURE_PAGES = 4
"""Picture pages recognised in a PDF that has text: one may hold the tables, many are an album. Each takes seconds."""

NESTED_MESSAGES = 20
"""Parts within parts of a web archive (MHTML); browsers write one level."""

CONVERSION_SECONDS = 90
"""What LibreOffice may take for one old document; it takes 1 to 3 s, and 10 s when it starts for the first time."""


def too_large(what: str, what_en: str, limit: int | str) -> Unreadable:
    """The refusal of a file that is over a limit; ``what`` is the thing counted, ``limit`` how much is allowed."""
    shown = f"{limit:,}" if isinstance(limit, int) else limit
    return Unreadable(
        f"{what}超过上限（{shown}），不像一份年度报告；请确认文件，或只保留报告部分后重试",
        f"{what_en} over the limit ({shown}): this is hardly an annual report; check the file, or keep the report only",
    )
