"""The samples of ``gongkai demo``: a made-up district's reports of two years, in many formats, some at fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from gongkai.annual.report import Report
from gongkai.demo import faults
from gongkai.demo.agencies import DISTRICT_AGENCIES, Agency
from gongkai.demo.making import make, retold
from gongkai.demo.rendering import Missing, layouts, render

YEARS = (2022, 2023)
_PLAIN = "regular_page"


@dataclass(frozen=True, slots=True)
class _Sample:
    """One agency's two reports: their layouts, and what is wrong in the second."""

    layouts: tuple[str, str]
    slips: frozenset[str] = frozenset()
    form: str | None = None
    spoil: Callable[[Report, Report, Random, Agency], Report] | None = None


def _carried_over_wrongly(report: Report, before: Report, rng: Random, agency: Agency) -> Report:
    return faults.break_rule(report, "T3-5", rng, previous=before, kinds=agency.kinds)


def _total_left_blank(report: Report, before: Report, rng: Random, agency: Agency) -> Report:
    """The zeros of the row of totals are not filled in."""
    for name, cell in list(report.cells()):
        if name.startswith("requests/total:") and cell.value == 0:
            report = faults.misprint(report, name, None)
    return report


def _no_table_two(report: Report, before: Report, rng: Random, agency: Agency) -> Report:
    return faults.without_table(report, "publication")


def _sums_wrong(report: Report, before: Report, rng: Random, agency: Agency) -> Report:
    return faults.break_rule(report, "T3-2", rng, previous=before, kinds=agency.kinds)


SAMPLES = (
    _Sample(("ruled_header_again", "ruled_rows_cut"), spoil=_carried_over_wrongly),
    _Sample(("word_residue", "raw_text"), spoil=_total_left_blank),
    _Sample(("figures_kept_as_text", "labels_in_many_spans"), slips=frozenset({"parts_not_whole", "text_not_table"})),
    _Sample(("pipe_tables", "merged_cells"), spoil=_no_table_two),
    _Sample(("layout_text", "site_with_other_tables"), form="2019", spoil=_sums_wrong),
    _Sample(
        ("tabs_between_cells", "edited_by_many_hands"), slips=frozenset({"other_agency", "other_year", "fees_silent"})
    ),
)
"""What becomes of each agency of the district, in their order."""


def write_samples(folder: Path, seed: int = 2023) -> list[Path]:
    """Write a dozen reports into the folder (which must be there) and give their paths. The same seed, the same files.

    A layout that needs something which this system does not have (a font, a program) gives way to a plain page.
    """
    written = []
    for name, data in _files(Random(seed)):
        path = folder / name
        path.write_bytes(data)
        written.append(path)
    return written


def _files(rng: Random) -> Iterator[tuple[str, bytes]]:
    for agency, sample in zip(DISTRICT_AGENCIES, SAMPLES, strict=True):
        before = make(rng, agency=agency, year=YEARS[0])
        after = make(rng, agency=agency, year=YEARS[1], previous=before, slips=sample.slips, form=sample.form)
        if sample.spoil:
            after = retold(sample.spoil(after, before, rng, agency), agency, rng, slips=sample.slips)
        for report, layout in zip((before, after), sample.layouts, strict=True):
            yield _file(report, layout, rng)


def _file(report: Report, layout: str, rng: Random) -> tuple[str, bytes]:
    try:
        rendering = render(report, layout, rng)
    except Missing:
        layout = _PLAIN
        rendering = render(report, layout, rng)
    return f"{report.title}{layouts()[layout].suffix}", rendering.data
