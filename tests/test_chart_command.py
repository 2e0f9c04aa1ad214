"""``gongkai chart`` through its front door: what is written, what is told, how it ends."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from gongkai.annual.report import Report
from gongkai.annual.writing.json import json as as_json
from gongkai.cli import app
from gongkai.demo.agencies import DISTRICT_AGENCIES
from gongkai.demo.making import make


def report_of(year: int, agency: int = 0) -> Report:
    return make(Random(year), agency=DISTRICT_AGENCIES[agency], year=year)


@pytest.fixture
def file(tmp_path):
    """Writes a report into a file and gives its name."""

    def write(report: Report, name: str = "") -> str:
        path = tmp_path / (name or f"{report.agency}{report.year}.json")
        path.write_bytes(as_json(report, []))
        return str(path)

    return write


def run(*words: str | Path):
    return CliRunner().invoke(app, ["chart", *map(str, words)])


def test_a_picture_goes_to_standard_output_and_remarks_beside_it(file):
    result = run(file(report_of(2018)), file(report_of(2019)))
    assert result.exit_code == 0
    assert result.stdout.startswith("<svg") and result.stdout.rstrip().endswith("</svg>")
    assert "口径" in result.stderr


@pytest.mark.parametrize("format", ["svg", "html", "json", "csv"])
def test_each_format_is_written_to_a_file_by_its_extension(file, tmp_path, format):
    out = tmp_path / f"图.{format}"
    result = run(file(report_of(2022)), file(report_of(2023)), "--out", out)
    assert result.exit_code == 0 and str(out) in result.stderr
    text = out.read_text(encoding="utf-8-sig")
    start = {"svg": "<svg", "html": "<!DOCTYPE html>", "json": "{", "csv": "chart,"}[format]
    assert text.startswith(start)


def test_without_a_kind_a_page_has_all_three_and_with_one_it_has_that_one(file):
    name = file(report_of(2023))
    assert len(json.loads(run(name, "--format", "json").stdout)["charts"]) == 3
    assert "行政复议" in json.loads(run(name, "--format", "json", "--kind", "disputes").stdout)["title"]["text"]


def test_an_unreadable_file_ends_with_2_and_the_others_are_drawn(file, tmp_path):
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(b"%PDF-1.4 cut off")
    result = run(bad, file(report_of(2023)))
    assert result.exit_code == 2
    assert "坏.pdf" in result.stderr and result.stdout.startswith("<svg")


def test_agencies_and_years_are_to_be_chosen(file):
    names = [file(report_of(year, agency)) for year in (2022, 2023) for agency in (0, 1)]
    result = run(*names)
    assert result.exit_code == 2 and result.stdout == ""
    assert "--agency" in result.stderr and "--year" in result.stderr and DISTRICT_AGENCIES[1].name in result.stderr
    assert run(*names, "--year", "2022").exit_code == 0
    assert run(*names, "--agency", DISTRICT_AGENCIES[1].name).exit_code == 0


def test_nothing_that_can_be_drawn_ends_with_2_and_says_so(file):
    name = file(report_of(2023))
    result = run(name, "--year", "2019")
    assert result.exit_code == 2 and result.stdout == "" and "--year" in result.stderr


def test_a_report_with_errors_is_drawn_and_told(file):
    report = report_of(2023)
    cells = {key: replace(cell, value=(cell.value or 0) + 1) for key, cell in report.tables["requests"].items()}
    result = run(file(replace(report, tables={**report.tables, "requests": cells})))
    assert result.exit_code == 0 and result.stdout.startswith("<svg")
    assert "处错误" in result.stderr


def test_it_speaks_english(file):
    result = run(file(report_of(2023)), "--lang", "en")
    assert "Requests received and handled" in result.stdout


def test_an_unknown_kind_is_refused_in_one_line(file):
    result = run(file(report_of(2023)), "--kind", "pie")
    assert result.exit_code == 2 and "--kind" in result.stderr
