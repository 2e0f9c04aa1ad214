"""``gongkai write`` and ``gongkai form``: files where they were asked for, each failure on its own line."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from docx import Document
from openpyxl import load_workbook
from typer.testing import CliRunner

from gongkai.annual.reading import read
from gongkai.annual.report import Cell
from gongkai.annual.showing.recognising import is_result
from gongkai.annual.writing import FORMATS, write
from gongkai.cli import app
from gongkai.cli.files import find
from gongkai.demo.agencies import AGENCIES
from gongkai.demo.making import make

ONE, OTHER = AGENCIES[0], AGENCIES[1]
WRONG = make(Random(3), agency=OTHER, year=2024, slips=frozenset({"text_not_table"}))
RIGHT = make(Random(1), agency=ONE, year=2024)
NAME = f"{ONE.name}2024年年报"


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Runs ``gongkai`` in a folder with a right report, one at fault and a broken file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GONGKAI_LANG", raising=False)
    Path("right.json").write_bytes(write(RIGHT, "json"))
    Path("wrong.docx").write_bytes(write(WRONG, "docx", with_findings=True))
    Path("broken.pdf").write_bytes(b"%PDF-1.7 cut off")

    def invoke(*words: str, stdin: bytes | None = None):
        return CliRunner().invoke(app, list(words), input=stdin)

    return invoke


@pytest.mark.parametrize("format", FORMATS)
def test_one_report_goes_into_a_file(run, format):
    done = run("write", "right.json", "-o", f"new.{format}")
    assert (done.exit_code, done.stderr) == (0, f"已写入 new.{format}\n")
    assert read(f"new.{format}").content == RIGHT.content


def test_without_a_file_it_goes_to_standard_output(run):
    done = run("write", "-", stdin=Path("right.json").read_bytes())
    assert done.exit_code == 0
    assert read(done.stdout_bytes, "年报.docx").content == RIGHT.content


def test_several_go_into_a_folder_under_their_own_names(run):
    done = run("write", "right.json", "wrong.docx", "broken.pdf", "-o", "new", "--anyway", "-q")
    assert done.exit_code == 2
    assert sorted(os.listdir("new")) == sorted([f"{NAME}.docx", f"{OTHER.name}2024年年报.docx"])
    told = done.stderr.splitlines()
    assert len(told) == 2
    assert told[0].startswith("broken.pdf：")
    assert told[1] == "wrong.docx：有 1 处错误，已印在首页，改正前请勿公布"


def test_several_without_a_folder_are_refused_before_any_is_read(run):
    for words in ([], ["-o", "right.json"], ["-o", "all.docx"], ["-o", "all.docx", "-f", "docx"]):
        done = run("write", "right.json", "wrong.docx", *words)
        assert (done.exit_code, done.stderr) == (2, "几份年报要写入文件夹；请用 --out 写出文件夹\n")
    assert read("right.json").content == RIGHT.content
    assert not Path("all.docx").exists()


@pytest.mark.parametrize("command", [["write", "right.json"], ["form"]])
def test_a_name_of_another_kind_of_file_is_refused(run, command):
    done = run(*command, "-o", "w.txt")
    assert (done.exit_code, Path("w.txt").exists()) == (2, False)
    assert done.stderr == "这个命令不能输出 txt；可用的格式：docx、pdf、html、xlsx、json\n"
    assert run(*command, "-o", "w.txt", "-f", "json").exit_code == 0


def test_a_report_at_fault_is_not_written_unasked(run):
    done = run("write", "wrong.docx", "-o", "new.docx")
    assert done.exit_code == 1
    assert len(done.stderr.splitlines()) == 1
    assert "核对有 1 处错误，未写出" in done.stderr and "--anyway" in done.stderr
    assert not Path("new.docx").exists()


def test_an_error_between_reports_given_together_counts_for_the_one_concerned(run):
    before = make(Random(2), agency=ONE, year=2023)
    Path("before.json").write_bytes(write(before, "json"))
    assert run("check", "before.json").exit_code == run("check", "right.json").exit_code == 0
    assert run("check", "before.json", "right.json").exit_code == 1
    done = run("write", "before.json", "right.json", "-o", "new", "-q")
    assert done.exit_code == 1
    assert os.listdir("new") == [f"{ONE.name}2023年年报.docx"]
    assert done.stderr.startswith("right.json：核对有 3 处错误，未写出") and "上年结转" in done.stderr
    assert run("write", "before.json", "right.json", "-o", "new", "-q", "--anyway").exit_code == 1
    assert "共有3处错误" in "\n".join(line.text for line in Document(f"new/{NAME}.docx").paragraphs)


def test_articles_named_in_an_error_are_not_cut_off(run):
    cells = {**RIGHT.tables["requests"], "unavailable.must_be_created:total": Cell(77)}
    at_fault = replace(RIGHT, tables={**RIGHT.tables, "requests": cells})
    Path("art.docx").write_bytes(write(at_fault, "docx", with_findings=True))
    done = run("write", "art.docx", "-o", "new.docx", "--lang", "en")
    assert "(art. 38)" in done.stderr and "(art;" not in done.stderr


def test_on_demand_it_is_written_and_still_counts_as_wrong(run):
    done = run("write", "wrong.docx", "-o", "new.docx", "--anyway", "--lang", "en")
    assert done.exit_code == 1
    assert "which stands on its face" in done.stderr
    assert read("new.docx").content == WRONG.content


@pytest.mark.parametrize("format", FORMATS)
def test_the_report_that_was_read_is_never_overwritten(run, format):
    source = f"{NAME}.{format}"
    Path(source).write_bytes(write(RIGHT, format))
    before = Path(source).read_bytes()
    for out in (source, "."):
        done = run("write", source, "-o", out, "-f", format)
        assert done.exit_code == 2
        assert "不能覆盖" in done.stderr
        assert done.stderr.count(source) == 1
    assert Path(source).read_bytes() == before


def test_two_reports_of_one_agency_and_year_get_two_names(run):
    Path("again.docx").write_bytes(write(RIGHT, "docx"))
    assert run("write", "right.json", "again.docx", "-o", "new").exit_code == 0
    assert sorted(os.listdir("new")) == sorted([f"{NAME}.docx", f"{NAME}（2）.docx"])


def test_a_folder_that_cannot_be_written_to_is_told_for_each_file(run, monkeypatch):
    def full(*given, **more):
        raise OSError(28, "No space left on device")

    Path("new").mkdir()
    monkeypatch.setattr("tempfile.mkstemp", full)
    done = run("write", "right.json", "-o", "new")
    assert done.exit_code == 2
    assert done.stderr.startswith("不能写入 new/") and "磁盘空间不足" in done.stderr
    assert os.listdir("new") == []


def test_a_folder_in_a_folder_that_is_not_there_is_refused(run):
    done = run("write", "right.json", "wrong.docx", "-o", "no/such")
    assert done.exit_code == 2 and "no/such" in done.stderr


def test_reports_written_are_read_again_and_results_are_not(run):
    assert run("check", "right.json", "-o", "checked.json", "-q").exit_code == 0
    assert run("read", "right.json", "-o", "read.json", "-q").exit_code == 0
    Path("several.json").write_text('{"reports": []}', encoding="utf-8")
    Path("package.json").write_text('{"name": "x"}', encoding="utf-8")
    assert is_result("checked.json") and not is_result("right.json")
    assert find(["."]).files == ("broken.pdf", "read.json", "right.json", "wrong.docx")
    assert run("check", "right.json").exit_code == 0
    assert run("check", "wrong.docx").exit_code == 1


class TestForm:
    @pytest.mark.parametrize("format", FORMATS)
    def test_the_newest_form_is_given_where_nothing_is_asked(self, run, format):
        assert run("form", "-o", f"form.{format}").exit_code == 0
        again = read(f"form.{format}")
        assert again.form == "2021"
        assert all(cell.value is None for _, cell in again.cells())

    @pytest.mark.parametrize(
        ("words", "form", "year"),
        [(["--year", "2019"], "2019", 2019), (["--form", "2014", "--year", "2016"], "2014", 2016)],
    )
    def test_the_form_is_that_of_the_year(self, run, words, form, year):
        assert run("form", *words, "--agency", ONE.name, "-o", "form.docx").exit_code == 0
        again = read("form.docx")
        assert (again.form, again.year, again.agency) == (form, year, ONE.name)

    def test_in_a_folder_it_gets_a_name(self, run):
        Path("new").mkdir()
        assert run("form", "--agency", "甲/乙局", "--year", "2024", "-o", "new").exit_code == 0
        assert os.listdir("new") == ["甲_乙局2024年年报表样（2021年版）.docx"]

    def test_without_a_year_its_name_names_the_form_alone(self, run):
        Path("new").mkdir()
        assert run("form", "-o", "new").exit_code == 0
        assert os.listdir("new") == ["年报表样（2021年版）.docx"]

    @pytest.mark.parametrize("command", [["form"], ["write", "right.json"]])
    def test_a_workbook_says_how_to_fill_it_in_in_the_language_asked_for(self, run, command):
        assert run(*command, "--lang", "en", "-o", "form.xlsx").exit_code == 0
        book = load_workbook("form.xlsx")
        assert book.sheetnames == ["How to fill in", "Text", "Table 2", "Table 3", "Table 4"]
        assert "Agency" in [box.value for box in book["How to fill in"]["A"]]

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["--form", "1999"], "没有 1999 年表样；可用的表样：2014、2019、2021"),
            (["--year", "2010"], "2010 年没有全国统一的年报表样"),
            (["--form", "2019", "--year", "2024"], "2024 年的年报不用 2019 年表样"),
            (["-o", "no/such.docx"], "没有文件夹"),
            (["-f", "odt"], "应为"),
        ],
    )
    def test_what_cannot_be_is_said_in_one_line(self, run, words, said):
        done = run("form", *words)
        assert done.exit_code == 2
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1

    def test_json_of_the_blank_form_may_be_filled_in_by_a_program(self, run):
        run("form", "--year", "2024", "--agency", ONE.name, "-o", "form.json")
        shown = json.loads(Path("form.json").read_text(encoding="utf-8"))
        assert set(shown["requests"].values()) == {None}
        assert len(shown["requests"]) == 175
