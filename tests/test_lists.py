"""The lists a supervisor gives with the reports: whose reports a merged one holds, and when reports were published."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gongkai.annual.report import Report
from gongkai.cli import app, lists
from gongkai.demo import write_samples

OFFICE, BUREAU = "青禾市棠湾区人民政府办公室", "青禾市棠湾区教育局"


def given() -> list[Report]:
    return [
        Report(OFFICE, 2022, source="in/a.pdf"),
        Report(OFFICE, 2023, source="in/b.pdf"),
        Report(BUREAU, 2023, source="in/c.docx"),
    ]


def test_one_day_is_that_of_the_newest_reports():
    assert lists.by_source("2024-01-30", given()) == {"in/b.pdf": "2024-01-30", "in/c.docx": "2024-01-30"}


def test_days_are_known_by_file_or_by_any_spelling_of_the_agency():
    days = {"棠湾区教育局": "2024-02-01", "a": "2023-01-20", "b.pdf": "2024-01-20", "别处": "2024-03-03"}
    assert lists.by_source(days, given()) == {
        "in/a.pdf": "2023-01-20",
        "in/b.pdf": "2024-01-20",
        "in/c.docx": "2024-02-01",
    }


@pytest.mark.parametrize("day", ["2024-01-30", "2024/1/30", "2024.1.30", "2024年1月30日"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_of_days_is_read_as_people_write_it(tmp_path, day, encoding):
    path = tmp_path / "days.csv"
    path.write_bytes(f"机关，公布日期\n# 区直\n{OFFICE},{day}\n\n{BUREAU}\t{day}\n".encode(encoding))
    assert lists.published(str(path), "zh") == {OFFICE: "2024-01-30", BUREAU: "2024-01-30"}
    assert lists.published(day, "zh") == "2024-01-30"


@pytest.fixture(scope="module")
def samples(tmp_path_factory) -> list[Path]:
    return write_samples(tmp_path_factory.mktemp("samples"))


def checked(*words: object) -> dict[str, str]:
    """The findings of a check by code."""
    done = CliRunner().invoke(app, ["check", *map(str, words), "--format", "json"])
    return {finding["code"]: finding["message"] for finding in json.loads(done.stdout)["findings"]}


def test_a_report_published_late_is_found(samples):
    report = next(path for path in samples if "教育局2022" in path.name)
    assert "X-9" in checked(report, "--published", "2023-06-01")
    assert "X-9" not in checked(report, "--published", "2023-01-20")


def test_a_member_whose_report_is_missing_is_named(samples, tmp_path):
    whole = next(path for path in samples if "人民政府2022" in path.name and "镇" not in path.name)
    part = next(path for path in samples if "教育局2022" in path.name)
    names = tmp_path / "names.txt"
    names.write_text("棠湾区教育局\n棠湾区民政局\n", encoding="utf-8")
    message = checked(part, "--merged", whole, "--members", names)["X-6b"]
    assert "棠湾区民政局" in message
    assert "教育局" not in message


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "words",
    [
        ["--members", "names.txt"],
        ["--merged", "whole.pdf", "--members", "nowhere.txt"],
        ["--merged", "whole.pdf", "--members", "empty.txt"],
        ["--published", "January"],
        ["--published", "2024-02-31"],
        ["--published", "names.txt"],
        ["--published", "binary.xlsx"],
    ],
)
def test_a_list_that_cannot_be_used_is_wrong_usage(tmp_path, monkeypatch, words, lang):
    monkeypatch.chdir(tmp_path)
    Path("names.txt").write_text(f"{OFFICE}\n{BUREAU}\n", encoding="utf-8")
    Path("empty.txt").write_text("\n# 空\n", encoding="utf-8")
    Path("binary.xlsx").write_bytes(bytes(range(256)) * 4)
    done = CliRunner().invoke(app, ["check", "a.pdf", *words, "--lang", lang])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
