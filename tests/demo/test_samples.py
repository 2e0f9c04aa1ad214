"""The samples of the demo: a dozen files, the same for the same seed, at fault where they are meant to be."""

from __future__ import annotations

import pytest

from gongkai.annual.checking import check
from gongkai.annual.finding import Severity
from gongkai.annual.form import forms
from gongkai.annual.reading import read
from gongkai.demo import write_samples
from gongkai.demo.samples import YEARS


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    return write_samples(tmp_path_factory.mktemp("samples"))


def test_there_are_a_dozen_in_many_formats(samples):
    assert len(samples) == 12
    assert len({path.suffix for path in samples}) >= 5
    assert all(path.stat().st_size > 1000 for path in samples)


def test_the_same_seed_makes_the_same_files(samples, tmp_path):
    again = write_samples(tmp_path)
    texts = [path for path in again if path.suffix in (".txt", ".html", ".md")]
    assert [path.name for path in again] == [path.name for path in samples]
    assert [path.read_bytes() for path in texts] == [
        path.read_bytes() for path in samples if path.suffix in (".txt", ".html", ".md")
    ]


def test_faults_are_found_where_they_are_meant_and_nowhere_else(samples):
    reports = [read(path) for path in samples]
    errors = {
        (finding.source, finding.code) for finding in check(reports).findings if finding.severity is Severity.ERROR
    }
    by_year = {year: {code for source, code in errors if str(year) in source} for year in YEARS}
    assert by_year[2022] == set()
    assert {"T3-2", "T3-4", "T3-5", "F-1", "F-3", "X-1", "X-2", "X-7", "X-7c"} <= by_year[2023]


def test_figures_come_in_the_order_of_the_printed_form(samples):
    for report in map(read, samples):
        for name, cells in report.tables.items():
            form = report.forms.get(name) or report.form
            assert form
            printed = forms()[form].tables[name].cells
            assert list(cells) == [cell for cell in printed if cell in cells]
