"""The command line keeps its promises: exit codes, the first line, every readable file read, errors on one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from gongkai.annual import checking, reading
from gongkai.annual.finding import Finding, Severity, Where
from gongkai.annual.reading.document import Unreadable
from gongkai.annual.report import Cell, Report
from gongkai.cli import app, files
from gongkai.demo import write_samples

SRC = Path(__file__).resolve().parent.parent / "src"


def fake_read(source: str | bytes, name: str = "") -> Report:
    """A reader of files that hold ``agency year received``; ``broken`` and ``fails`` stand for files that are so."""
    text = source.decode() if isinstance(source, bytes) else Path(source).read_text(encoding="utf-8")
    if text.startswith("broken"):
        raise Unreadable("文件不完整；请重新下载", "the file is cut off; download it again")
    if text.startswith("fails"):
        raise ZeroDivisionError
    agency, year, received = text.split()
    tables = {"requests": {"received:total": Cell(int(received), Where(line=3))}}
    return Report(agency, int(year), "2021", tables=tables, source=name, format="text")


@dataclass(frozen=True)
class FakeChecked:
    """Every report that received 13 requests is wrong."""

    reports: tuple[Report, ...]
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> str:
        return "invalid" if self.findings else "valid"

    def headline(self, lang: str = "zh") -> str:
        return (
            (f"有 {len(self.findings)} 处错误" if lang == "zh" else f"{len(self.findings)} errors")
            if self.findings
            else "OK"
        )


def fake_check(reports, merged=None, **told) -> FakeChecked:
    wrong = [report for report in reports if report.value("requests/received:total") == 13]
    if merged is not None and merged.value("requests/received:total") != sum(
        report.value("requests/received:total") for report in reports
    ):
        wrong.append(merged)
    findings = tuple(
        Finding(
            "T3-1",
            Severity.ERROR,
            "一、本年新收不等",
            "received does not fit",
            ("requests/received:total",),
            Decimal(12),
            13,
            "表三",
            Where(line=3),
            report.source,
            report.agency,
            report.year,
        )
        for report in wrong
    )
    return FakeChecked((*reports, *([merged] if merged else [])), findings)


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Runs ``gongkai`` in a folder with a right, a wrong, a broken and a failing file, read and checked by fakes."""
    monkeypatch.setattr(reading, "read", fake_read, raising=False)
    monkeypatch.setattr(checking, "check", fake_check, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GONGKAI_LANG", raising=False)
    for name, text in {
        "right.txt": "云岭省澄江区数据局 2023 12",
        "wrong.txt": "云岭省澄江区民政局 2023 13",
        "broken.txt": "broken",
        "fails.txt": "fails",
    }.items():
        Path(name).write_text(text, encoding="utf-8")

    def invoke(*words: str, stdin: bytes | None = None):
        return CliRunner().invoke(app, list(words), input=stdin)

    return invoke


class TestExitCodes:
    @pytest.mark.parametrize(
        ("files", "code"),
        [
            (["right.txt"], 0),
            (["wrong.txt"], 1),
            (["right.txt", "wrong.txt"], 1),
            (["broken.txt"], 2),
            (["right.txt", "broken.txt"], 2),
            (["wrong.txt", "broken.txt"], 2),
            (["missing.txt"], 2),
            (["right.txt", "none*.pdf"], 2),
        ],
    )
    @pytest.mark.parametrize("format", ["text", "json", "html", "xlsx"])
    def test_check(self, run, files, code, format):
        assert run("check", *files, "--format", format).exit_code == code

    @pytest.mark.parametrize(
        ("files", "code"), [(["wrong.txt"], 0), (["broken.txt"], 2), (["right.txt", "broken.txt"], 2)]
    )
    @pytest.mark.parametrize("format", ["table", "json", "html", "xlsx", "csv"])
    def test_read_judges_nothing_but_whether_it_could_read(self, run, files, code, format):
        assert run("read", *files, "--format", format).exit_code == code

    @pytest.mark.parametrize(
        "words",
        [
            [],
            ["check"],
            ["chek", "right.txt"],
            ["check", "right.txt", "--nothing"],
            ["check", "right.txt", "--format"],
            ["check", "right.txt", "--format", "table"],
            ["check", "right.txt", "--lang", "fr"],
            ["check", "right.txt", "--seconds", "soon"],
            ["check", "right.txt", "--out", "."],
            ["check", "right.txt", "--out", "nowhere/page.html"],
            ["check", "right.txt", "--out", "figures.csv"],
            ["samples", "right.txt"],
            ["samples", "right.txt/new"],
        ],
    )
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_wrong_usage_is_2_and_says_why_on_standard_error(self, run, words, lang, monkeypatch):
        monkeypatch.setenv("GONGKAI_LANG", lang)
        done = run(*words)
        assert done.exit_code == 2
        assert done.stdout == ""
        assert done.stderr.strip()
        assert not words or len(done.stderr.splitlines()) == 1

    def test_each_command_says_what_its_own_exit_codes_mean(self, run):
        last = {verb: run(verb, "--help").stdout.splitlines()[-2:] for verb in ("check", "merge", "clock", "fee")}
        assert last["check"][0] == "退出码：0 没有错误，1 有错误，2 读不出或用法不对"
        assert "1 没有汇总" in last["merge"][0]
        assert "1 依法不能这样办" in last["clock"][0]
        assert "1 not lawful" in last["clock"][1]
        assert "，1 " not in last["fee"][0]  # which has no such ending
        assert run("--help").stdout.splitlines()[-2] == "退出码：0 做成，1 有错或依法不能，2 读不出或用法不对"

    def test_what_may_be_left_out_stands_in_brackets(self, run):
        assert " samples [FOLDER] [选项 OPTIONS]" in run("samples", "--help").stdout
        assert "check FILE… [选项 OPTIONS]" in run("check", "--help").stdout

    @pytest.mark.parametrize("words", [("--lang", "en", "check", "x.txt"), ("corpus", "--lang", "en", "query", "x")])
    def test_a_language_named_too_early_is_told_where_it_goes(self, run, words):
        done = run(*words)
        assert (done.exit_code, done.stdout) == (2, "")
        assert done.stderr.startswith("--lang goes after the command")
        assert run("check", "x.txt", "--lagn", "en").stderr.startswith("没有 --lagn 这个选项")

    def test_a_wrong_language_of_the_environment_names_the_variable(self, run, monkeypatch):
        assert run("check", "x.txt", "--lang", "fr").stderr == "选项 --lang 的值不对，应为：zh|en\n"
        monkeypatch.setenv("GONGKAI_LANG", "fr")
        done = run("check", "x.txt")
        assert (done.exit_code, done.stderr) == (2, "环境变量 GONGKAI_LANG 的值不对，应为：zh|en\n")

    def test_help_is_in_both_languages(self, run):
        for command in ([], ["read"], ["check"], ["samples"], ["demo"]):
            done = run(*command, "--help")
            assert done.exit_code == 0
            assert "选项 Options" in done.stdout
            assert "Show this help" in done.stdout


class TestSeveralFiles:
    def test_the_others_are_read_and_checked(self, run):
        done = run("check", "broken.txt", "wrong.txt", "missing.txt", "fails.txt", "right.txt", "--format", "json")
        checked = json.loads(done.stdout)
        assert [report["source"] for report in checked["reports"]] == ["wrong.txt", "right.txt"]
        assert checked["verdict"] == "unreadable"
        assert "T3-1" in [finding["code"] for finding in checked["findings"]]

    def test_each_unreadable_file_has_one_line_with_its_name(self, run):
        lines = run("read", "broken.txt", "missing.txt", "fails.txt", "right.txt").stderr.splitlines()
        assert len(lines) == 3
        for name in ("broken.txt", "missing.txt", "fails.txt"):
            assert sum(line.startswith(f"{name}：") for line in lines) == 1
        assert any("请重新下载" in line for line in lines)

    def test_an_unreadable_file_is_a_finding_in_json(self, run):
        findings = json.loads(run("check", "broken.txt", "--format", "json").stdout)["findings"]
        assert [(finding["code"], finding["source"]) for finding in findings] == [("unreadable", "broken.txt")]

    def test_a_file_named_twice_is_read_once(self, run):
        assert (
            len(json.loads(run("read", "right.txt", "./right.txt", "r*.txt", "w*", "-f", "json").stdout)["reports"])
            == 2
        )

    def test_a_merged_report_is_checked_against_its_parts(self, run):
        Path("whole.txt").write_text("云岭省澄江区人民政府 2023 24", encoding="utf-8")
        Path("more.txt").write_text("云岭省澄江区卫生局 2023 12", encoding="utf-8")
        assert run("check", "right.txt", "more.txt", "--merged", "whole.txt").exit_code == 0
        assert run("check", "right.txt", "--merged", "whole.txt").exit_code == 1
        assert run("check", "right.txt", "--merged", "broken.txt").exit_code == 2


class TestOutput:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_first_line_is_the_verdict(self, run, lang):
        done = run("check", "wrong.txt", "right.txt", "--lang", lang)
        assert done.stdout.splitlines()[0] == {"zh": "有 1 处错误", "en": "1 errors"}[lang]

    def test_first_line_says_what_could_not_be_read(self, run):
        first = run("check", "wrong.txt", "broken.txt").stdout.splitlines()[0]
        assert "有 1 个文件读不出" in first
        assert "有 1 处错误" in first

    def test_read_prints_one_object_for_one_file(self, run):
        report = json.loads(run("read", "right.txt", "--format", "json").stdout)
        assert report["agency"] == "云岭省澄江区数据局"
        assert report["requests"] == {"received:total": 12}
        assert {"year", "form", "publication", "disputes", "indicators", "narrative", "findings"} <= report.keys()

    def test_read_prints_a_list_for_several(self, run):
        assert len(json.loads(run("read", "right.txt", "wrong.txt", "--format", "json").stdout)["reports"]) == 2

    def test_check_prints_verdict_reports_and_findings(self, run):
        checked = json.loads(run("check", "wrong.txt", "--format", "json").stdout)
        assert checked["verdict"] == "invalid"
        assert len(checked["reports"]) == 1
        (finding,) = checked["findings"]
        assert finding.keys() >= {"code", "severity", "message", "cells", "expected", "actual", "basis", "where"}
        assert (finding["expected"], finding["actual"], finding["where"]) == (12, 13, {"line": 3})

    @pytest.mark.parametrize("name", ["page.html", "figures.json", "book.xlsx"])
    def test_out_takes_the_format_of_its_extension(self, run, name):
        done = run("check", "wrong.txt", "--out", name)
        assert done.exit_code == 1
        assert done.stdout == "有 1 处错误\n"
        data = Path(name).read_bytes()
        assert data.startswith({"page.html": b"<!doctype html>", "figures.json": b"{", "book.xlsx": b"PK"}[name])

    def test_out_leaves_nothing_half_written(self, run, monkeypatch):
        Path("page.html").write_text("old", encoding="utf-8")
        monkeypatch.setattr("os.replace", _no_space)
        done = run("check", "wrong.txt", "--out", "page.html")
        assert done.exit_code == 2
        assert "page.html" in done.stderr
        assert Path("page.html").read_text(encoding="utf-8") == "old"
        assert not list(Path().glob(".page*"))

    def test_quiet_says_nothing_but_the_result(self, run):
        done = run("check", "right.txt", "--out", "page.html", "--quiet")
        assert (done.stdout, done.stderr) == ("", "")

    def test_csv_can_be_opened_by_a_spreadsheet(self, run):
        data = run("read", "right.txt", "wrong.txt", "--format", "csv").stdout_bytes
        assert data.startswith(b"\xef\xbb\xbf")
        assert "right.txt,云岭省澄江区数据局,2023,2021,requests,received:total" in data.decode("utf-8-sig")

    def test_workbook_goes_to_a_pipe(self, run, tmp_path):
        (tmp_path / "book.xlsx").write_bytes(run("check", "wrong.txt", "--format", "xlsx").stdout_bytes)
        assert load_workbook(tmp_path / "book.xlsx").sheetnames[0] == "结论"

    def test_standard_input(self, run):
        done = run("read", "-", "--format", "json", stdin="云岭省澄江区数据局 2022 7".encode())
        assert json.loads(done.stdout)["year"] == 2022
        assert run("check", "-", stdin=b"broken").stderr.startswith("标准输入：")


def _no_space(*paths: object) -> None:
    raise OSError(28, "No space left on device")


class TestFindingFiles:
    def test_quoted_globs_are_expanded_at_any_depth(self, run, tmp_path):
        (tmp_path / "区" / "局").mkdir(parents=True)
        (tmp_path / "区" / "局" / "deep.txt").write_text("x")
        (tmp_path / "区" / "shallow.txt").write_text("x")
        assert files.find(["区/**/*.txt"]).files == ("区/shallow.txt", "区/局/deep.txt")
        assert files.find(["区/*.txt"]).files == ("区/shallow.txt",)

    def test_a_name_with_brackets_is_a_name_first(self, run, tmp_path):
        (tmp_path / "年报[1].txt").write_text("x")
        assert files.find(["年报[1].txt"]).files == ("年报[1].txt",)

    def test_a_folder_means_the_reports_in_it(self, run, tmp_path):
        folder = tmp_path / "in"
        folder.mkdir()
        for name in ("b.PDF", "a.docx", ".hidden.pdf", "~$a.docx", "notes.json"):
            (folder / name).write_text("x")
        found = files.find(["in"])
        assert found.files == ("in/a.docx", "in/b.PDF")
        assert found.skipped == 1

    def test_what_fits_nothing_is_told(self, run, tmp_path):
        (tmp_path / "empty").mkdir()
        assert files.find(["*.pdf", "empty", "nothing"]).missing == ("*.pdf", "empty", "nothing")

    @pytest.mark.parametrize("name", ["page.html", "book.xlsx"])
    def test_a_result_is_not_taken_for_a_report(self, run, name):
        run("check", "right.txt", "--out", name)
        assert (
            files.find(["*"]).files == files.find(["."]).files == ("broken.txt", "fails.txt", "right.txt", "wrong.txt")
        )
        done = run("check", "right.txt", name)
        assert done.exit_code == 2
        assert done.stderr.startswith(f"{name}：这是本软件写出的")

    def test_a_list_of_figures_is_not_taken_for_a_report(self, run):
        run("read", "right.txt", "--out", "figures.csv")
        assert files.find(["*.csv"]).files == ()

    def test_a_pipe_of_the_system_is_not_waited_for(self, run):
        os.mkfifo("pipe")
        done = run("read", "pipe")
        assert done.exit_code == 2
        assert done.stderr.startswith("pipe：")


@pytest.fixture(scope="module")
def samples(tmp_path_factory) -> list[Path]:
    """Made-up reports of two years in many formats, read for good."""
    return sorted(write_samples(tmp_path_factory.mktemp("samples")))


class TestWhole:
    """Without fakes, through the front door."""

    def test_a_district_is_read_and_checked(self, samples, tmp_path):
        done = gongkai("check", str(samples[0].parent), "--out", str(tmp_path / "checked.json"))
        assert done.returncode == 1
        checked = json.loads((tmp_path / "checked.json").read_text(encoding="utf-8"))
        assert len(checked["reports"]) == len(samples)
        assert done.stdout.decode().splitlines() == [checked["headline"]]

    def test_a_reader_that_leaves_changes_no_exit_code(self, samples):
        command = f'("{sys.executable}" -m gongkai check "{samples[0].parent}"; echo $? >&2) | head -1'
        done = subprocess.run(
            ["sh", "-c", command], env=os.environ | {"PYTHONPATH": str(SRC)}, capture_output=True, check=False
        )
        assert done.stderr.split() == [b"1"]
        assert len(done.stdout.splitlines()) == 1

    def test_what_is_no_report_is_refused_and_the_rest_read(self, samples, tmp_path):
        for name, data in {
            "empty.pdf": b"",
            "cut.pdf": b"%PDF-1.7\n1 0 obj <<",
            "zip.docx": b"PK\x03\x04garbage",
            "shopping.txt": "牛奶 2 盒".encode(),
            "noise.bin": bytes(range(256)) * 20,
        }.items():
            (tmp_path / name).write_bytes(data)
        bad = sorted(map(str, tmp_path.iterdir()))
        done = gongkai("read", *bad, str(samples[0]), "--format", "json")
        assert done.returncode == 2
        assert len(done.stderr.decode().splitlines()) == len(bad)
        assert len(json.loads(done.stdout)["reports"]) == 1


def gongkai(*words: str, **options) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, without the environment's wishes."""
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("GONGKAI", "PYTHON", "LC_", "LANG"))
    }
    environment |= {"PYTHONPATH": str(SRC), **options.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "gongkai", *words], env=environment, capture_output=True, check=False, **options
    )


class TestProcess:
    def test_it_is_a_module_to_run(self):
        assert gongkai("--version").stdout.startswith(b"gongkai ")

    @pytest.mark.parametrize("env", [{"LANG": "C"}, {"LC_ALL": "POSIX"}, {"PYTHONIOENCODING": "ascii"}, {}])
    def test_chinese_is_written_whatever_the_locale(self, env):
        done = gongkai("check", "nothing.pdf", env=env)
        assert done.returncode == 2
        assert "没有这个文件" in done.stderr.decode()

    def test_an_encoding_with_chinese_is_kept(self):
        done = gongkai("check", "nothing.pdf", env={"PYTHONIOENCODING": "gb18030"})
        assert "没有这个文件" in done.stderr.decode("gb18030")

    def test_a_reader_that_leaves_is_no_error(self, tmp_path):
        command = f'"{sys.executable}" -m gongkai --help | true'
        done = subprocess.run(
            ["sh", "-c", command], env=os.environ | {"PYTHONPATH": str(SRC)}, capture_output=True, check=False
        )
        assert done.stderr == b""

    def test_the_language_of_the_environment_holds(self):
        done = gongkai("check", "nothing.pdf", env={"GONGKAI_LANG": "en"})
        assert b"no such file" in done.stderr

    def test_help_loads_no_reader(self):
        loaded = "[name for name in ('rich', 'lxml', 'openpyxl', 'numpy') if name in sys.modules]"
        code = f"import sys; from gongkai.cli import app; print({loaded})"
        done = subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": str(SRC)}, capture_output=True, check=True
        )
        assert done.stdout.strip() == b"[]"
