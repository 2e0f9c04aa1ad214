"""``gongkai merge`` and ``gongkai compare`` through the front door."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gongkai.annual.report import Report
from gongkai.cli import app
from gongkai.demo import faults
from tests.annual.merging.cases import GOVERNMENT, LICENCES, NAMES, changed, parts

FORMATS = pytest.mark.parametrize("format", ["text", "json", "html", "xlsx"])


def stored(report: Report, name: str) -> str:
    Path(name).write_text(json.dumps(report.to_json(), ensure_ascii=False), encoding="utf-8")
    return name


@pytest.fixture
def files(tmp_path, monkeypatch) -> list[str]:
    """The reports of a district's agencies for 2023 as files in the present folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GONGKAI_LANG", raising=False)
    return [stored(report, f"{report.agency}.json") for report in parts()]


def run(*words: str):
    return CliRunner().invoke(app, list(words))


def merge(*words: str):
    return run("merge", *words, "--agency", GOVERNMENT)


@FORMATS
def test_reports_are_merged(files, format) -> None:
    assert merge(*files, "--format", format).exit_code == 0


def test_the_merged_json_is_a_report_that_the_check_finds_to_be_the_sum(files) -> None:
    assert merge(*files, "-o", "汇总.json").exit_code == 0
    done = run("check", *files, "--merged", "汇总.json", "--format", "json")
    assert "X-6" not in {finding["code"] for finding in json.loads(done.stdout)["findings"]}


def test_the_merged_report_among_the_others_is_read_and_listed_once(files) -> None:
    assert merge(*files, "-o", "汇总.json").exit_code == 0
    done = run("check", *files, "./汇总.json", "--merged", "汇总.json", "--format", "json")
    assert done.stdout == run("check", *files, "--merged", "汇总.json", "--format", "json").stdout
    assert len(json.loads(done.stdout)["reports"]) == len(files) + 1


@FORMATS
def test_a_merge_that_is_refused_is_1_and_done_when_allowed(files, format) -> None:
    Path("名单.txt").write_text("\n".join([*NAMES, "青禾市棠湾区司法局"]), encoding="utf-8")
    Path("日期.csv").write_text(f"机关,日期\n{NAMES[2]},2024-02-05\n", encoding="utf-8")
    told = ("--members", "名单.txt", "--published", "日期.csv", "--format", format)
    assert merge(*files, *told).exit_code == 1
    assert merge(*files, *told, "--allow", "missing").exit_code == 1
    assert merge(*files, *told, "--allow", "missing,late").exit_code == 0


def test_an_unreadable_file_is_2_unless_allowed(files) -> None:
    Path("坏.pdf").write_bytes(b"%PDF-1.4 broken")
    assert merge(*files, "坏.pdf").exit_code == 2
    assert merge(*files, "坏.pdf", "--allow", "unread").exit_code == 0
    assert merge("坏.pdf").exit_code == 2


def test_one_of_two_differing_reports_is_taken_by_its_file(files) -> None:
    stored(changed(parts()[0]), "定稿.json")
    assert merge(*files, "定稿.json").exit_code == 1
    done = merge(*files, "定稿.json", "--take", "定稿.json", "--format", "json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    total = sum(report.value(LICENCES) or 0 for report in parts()) + 1
    assert told["publication"]["licences.decisions"] == total


@pytest.mark.parametrize(
    "words",
    [
        ["--allow", "everything", "--agency", GOVERNMENT],
        ["--take", "没有.json", "--agency", GOVERNMENT],
        [],
        ["--agency", GOVERNMENT, "--members", "没有.txt"],
        ["--agency", GOVERNMENT, "--format", "csv"],
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_wrong_usage_is_2_and_one_line(files, words, lang) -> None:
    done = run("merge", *files, *words, "--lang", lang)
    assert done.exit_code == 2 and done.stdout == ""
    assert len(done.stderr.splitlines()) == 1


def test_last_years_merged_report_is_held_against_the_new_one(files) -> None:
    before = [stored(report, f"2022{report.agency}.json") for report in parts(2022)]
    assert merge(*before, "-o", "汇总2022.json").exit_code == 0
    done = merge(*files, "--previous", "汇总2022.json", "--format", "json")
    codes = {finding["code"] for finding in json.loads(done.stdout)["merged"]["findings"]}
    assert done.exit_code == 1 and "T3-5" in codes
    assert merge(*files, "--previous", "没有.json").exit_code == 2


# ── Comparing ────────────────────────────────────────────────────────────────────────────────────────────────────


@FORMATS
def test_two_reports_are_compared(files, format) -> None:
    assert run("compare", *files[:2], "--format", format).exit_code == 0


def test_years_are_put_in_order_without_being_told(files) -> None:
    stored(replace(parts()[0], year=2022), "旧.json")
    told = json.loads(run("compare", files[0], "旧.json", "--format", "json").stdout)
    assert [report["year"] for report in told["reports"]] == [2022, 2023]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_several_agencies_and_years_are_not_set_in_one_table(files, lang) -> None:
    before = [stored(replace(report, year=2022), f"旧{report.agency}.json") for report in parts()]
    done = run("compare", *files, *before, "--lang", lang)
    assert done.exit_code == 2 and done.stdout == "" and len(done.stderr.splitlines()) == 1
    assert all(said in done.stderr for said in ("--agency", "--year", NAMES[0], "2022"))
    for choice, (agencies, years) in ({("--agency", NAMES[0]): (1, 2), ("--year", "2022"): (len(NAMES), 1)}).items():
        told = json.loads(run("compare", *files, *before, *choice, "--format", "json").stdout)["reports"]
        assert (len({one["agency"] for one in told}), len({one["year"] for one in told})) == (agencies, years)
    assert run("compare", files[0], before[1]).exit_code == 0
    nameless = stored(replace(parts()[0], agency=None), "无名.json")
    done = run("compare", *files, nameless, "--year", "2023", "--lang", lang)
    assert done.exit_code == 0 and nameless not in done.stderr
    done = run("compare", *files, *before, nameless, "--agency", NAMES[0], "--lang", lang)
    assert done.exit_code == 0 and nameless in done.stderr


def test_the_same_agency_and_year_twice_is_named_and_compared(files) -> None:
    stored(faults.misprint(parts()[0], LICENCES, 4321), "另一份.json")
    done = run("compare", files[0], "另一份.json")
    assert done.exit_code == 0
    assert "都是" in done.stdout and "4321" in done.stdout


def test_too_few_or_unreadable_reports_are_2(files) -> None:
    Path("坏.pdf").write_bytes(b"%PDF-1.4 broken")
    assert run("compare", files[0]).exit_code == 2
    assert run("compare", files[0], "坏.pdf").exit_code == 2
    done = run("compare", files[0], files[1], "坏.pdf")
    assert done.exit_code == 2 and "对照" in done.stdout


def test_a_page_is_written_and_not_read_as_a_report_again(files) -> None:
    done = run("compare", *files[:2], "-o", "对照.html")
    assert done.exit_code == 0 and Path("对照.html").stat().st_size > 0
    assert "对照" in done.stdout
    assert run("read", "对照.html").exit_code == 2
