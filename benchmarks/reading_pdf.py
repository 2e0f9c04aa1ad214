"""Reading PDFs with text: time per page against PDFium's bare text of the same file, and against pdfplumber's tables.

Two readings are measured: of the file, into lines and grids, which is what pdfplumber does; and of the whole report,
which is what a user gets: also whose it is, its tables' cells by name, and the figures of its text.

The files are made-up reports as office programs and typesetters make them, and the real ones that lie beside the
repository where they do. Readers take turns, and the median of several rounds counts.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

import pdfplumber
import pypdfium2

from benchmarks import Row
from gongkai.annual.reading import read
from gongkai.annual.reading.files.pdf import read_pdf
from gongkai.demo.making import make
from gongkai.demo.rendering import Missing, render

ROUNDS = 15
"""Of reading and of bare text."""
SLOW_ROUNDS = 3
"""Of pdfplumber, which takes ten times as long."""
LAYOUTS = {
    "type_embedded": "made up, typeset",
    "printed_by_office": "made up, exported by LibreOffice",
    "ruled_rows_cut": "made up, rows cut by pages, no type embedded",
    "unruled": "made up, no rules, no type embedded",
}
NO_TYPE = "no type embedded"
"""Published files carry their type. Where one does not, PDFium loads another in its stead, which takes most of the time
of its bare text and of ours, but none of pdfplumber's: the figure is given without an aim."""


def run() -> list[Row]:
    """Milliseconds per page of each file: ours against bare text, ours against pdfplumber."""
    rows = []
    for name, data in files():
        rows += compared(name, "reading the file", read_pdf, data)
        rows += compared(name, "reading the whole report", read, data)
    return rows


def compared(name: str, what: str, reading: Callable[[bytes], object], data: bytes) -> list[Row]:
    """One reading of one file against both yardsticks."""
    pages = bare_text(data)
    reading(data)
    ours, bare = in_turn(ROUNDS, partial(reading, data), partial(bare_text, data))
    plumber, again = in_turn(SLOW_ROUNDS, partial(plumbed, data), partial(reading, data))
    each, note = 1000 / pages, f"{pages} pages"
    text = Row(f"{name}: {what}", ours * each, "ms/page", "bare pypdfium2 text", bare * each, at_most=2, note=note)
    faster = Row(f"{name}: pdfplumber's tables", plumber * each, "ms/page", what, again * each, note=note)
    return [text, faster if NO_TYPE in name else replace(faster, at_least=8)]


def files() -> Iterator[tuple[str, bytes]]:
    """Names and contents of the files to be read."""
    for path in sorted(real_reports()):
        yield path.stem, path.read_bytes()
    for layout, words in LAYOUTS.items():
        rng = Random(2)
        try:
            yield words, render(make(rng, year=2024), layout, rng).data
        except Missing:
            continue


def real_reports() -> list[Path]:
    """The real reports in PDF, if ``shared/reports`` lies beside the repository (or GONGKAI_SHARED names it)."""
    given = os.environ.get("GONGKAI_SHARED")
    places = [Path(given)] if given else [parent / "shared" for parent in Path(__file__).resolve().parents]
    return next((list(found) for place in places if (found := sorted((place / "reports").glob("*.pdf")))), [])


def in_turn(rounds: int, one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """The median seconds of each, run by turns so that whatever else the machine does falls on both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for work, taken in zip((one, other), times, strict=True):
            start = perf_counter()
            work()
            taken.append(perf_counter() - start)
    return median(times[0]), median(times[1])


def bare_text(data: bytes) -> int:
    """The text of every page as pypdfium2 gives it; the number of pages."""
    document = pypdfium2.PdfDocument(data)
    pages = len(document)
    for page in document:
        page.get_textpage().get_text_range()
    document.close()
    return pages


def plumbed(data: bytes) -> int:
    """The tables of every page as pdfplumber finds them; their number."""
    with pdfplumber.open(BytesIO(data)) as document:
        return sum(len(page.extract_tables()) for page in document.pages)


if __name__ == "__main__":
    for row in run():
        against = f"{row.yardstick}: {row.against:.2f}; {row.ratio:.2f}× {row.aim}"
        print(f"{row.figure}: {row.value:.2f} {row.unit}; {against}")
