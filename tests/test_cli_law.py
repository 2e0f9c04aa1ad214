"""gongkai clock, deadline and fee keep their promises: exit codes, one clear line, both languages, valid JSON."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gongkai.cli import app
from tests.law.walk import after

DOCS = Path(__file__).resolve().parent.parent / "docs"
EXAMPLE = """\
channel: online
events:
  - received: 2026-03-02
  - third_party_asked: 2026-03-10
  - third_party_answered: 2026-03-24
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command; a log given as text is the file log.yaml."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GONGKAI_LANG", raising=False)

    def call(*words: str, log: str | bytes | None = None, stdin: str | None = None):
        if log is not None:
            data = log.encode() if isinstance(log, str) else log
            Path("log.yaml").write_bytes(data)
        return CliRunner().invoke(app, list(words), input=stdin)

    return call


class TestClock:
    def test_the_shape_is_that_of_the_vocabulary(self, run):
        done = run("clock", "log.yaml", "--format", "json", "--today", "2026-04-01", log=EXAMPLE)
        assert done.exit_code == 0
        found = json.loads(done.stdout)
        assert {key: found[key] for key in ("received", "due", "provisional", "used", "left", "state")} == {
            "received": "2026-03-02",
            "due": "2026-04-14",
            "provisional": False,
            "used": 12,
            "left": 8,
            "state": "running",
        }
        assert [set(step) for step in found["steps"]] == [{"event", "day", "effect", "basis"}] * 3

    def test_people_read_the_due_day_first_then_the_steps_with_their_articles(self, run):
        lines = run("clock", "log.yaml", "--today", "2026-04-01", log=EXAMPLE).stdout.splitlines()
        assert lines[0] == "● 办理中  答复期限至 2026年4月14日  还有 8 个工作日"
        assert lines[1] == "  收到 2026年3月2日  已用 12 个工作日  算至 2026年4月1日"
        assert "    依据 《政府信息公开条例》第三十三条第三款" in lines
        english = run("clock", "log.yaml", "--today", "2026-04-14", "--lang", "en").stdout
        assert english.splitlines()[0] == "● running  reply due 2026-04-14  today is the last day"
        assert not re.search("[一-鿿]", english)

    def test_a_provisional_day_says_so_and_why(self, run):
        log = "events:\n  - received: 2026-12-10\n"
        done = run("clock", "log.yaml", "--today", "2026-12-10", log=log)
        assert "2027年1月8日（暂定）" in done.stdout.splitlines()[0]
        assert "2027年的放假安排尚未公布" in done.stdout

    def test_next_years_notice_settles_it(self, run):
        Path("2027.toml").write_text(
            'title = "2027年通知（自造）"\nyear = 2027\nconfirmed = true\nwork = []\n'
            'rest = [{ festival = "元旦", from = 2027-01-01, to = 2027-01-04 }]\n',
            encoding="utf-8",
        )
        log = "events:\n  - received: 2026-12-10\n"
        words = ("clock", "log.yaml", "--today", "2026-12-10", "--notice", "2027.toml", "--format", "json")
        found = json.loads(run(*words, log=log).stdout)
        assert (found["due"], found["provisional"]) == ("2027-01-11", False)

    def test_the_log_may_come_from_standard_input_and_name_its_day(self, run):
        done = run("clock", "-", "--format", "json", stdin="today: 2026-04-01\n" + EXAMPLE)
        assert json.loads(done.stdout)["today"] == "2026-04-01"

    @pytest.mark.parametrize("lang", ["zh", "en"])
    @pytest.mark.parametrize(
        ("events", "said"),
        [
            ("supplement_asked: 2026-03-12", {"zh": "第三十条", "en": "art. 30"}),
            ("extended: 2026-03-31", {"zh": "第三十三条第二款", "en": "art. 33(2)"}),
            ("third_party_answered: 2026-03-12", {"zh": "没有对应的征求", "en": "answers nothing"}),
        ],
    )
    def test_what_is_not_lawful_is_1_one_line_with_the_article_and_no_due_day(self, run, events, said, lang):
        log = f"events:\n  - received: 2026-03-02\n  - {events}\n"
        done = run("clock", "log.yaml", "--today", "2026-04-01", "--lang", lang, log=log)
        assert (done.exit_code, done.stdout) == (1, "")
        assert len(done.stderr.splitlines()) == 1
        assert said[lang] in done.stderr

    def test_programs_get_the_refusal_as_an_object(self, run):
        log = "events:\n  - received: 2026-03-02\n  - supplement_asked: 2026-03-12\n"
        done = run("clock", "log.yaml", "--today", "2026-04-01", "--format", "json", log=log)
        assert done.exit_code == 1
        refused = json.loads(done.stdout)["refused"]
        assert (refused["event"], refused["basis"]) == ("supplement_asked", "《政府信息公开条例》第三十条")

    @pytest.mark.parametrize("lang", ["zh", "en"])
    @pytest.mark.parametrize(
        ("log", "line"),
        [
            ("", None),
            ("# 只有注释\n", None),
            ("events:\n  - received: 2026-02-30\n", 2),
            ("events:\n  - received: 2026-03-02 10:30\n", 2),
            ("events:\n  - received: [\n", 3),
            ("events:\n\t- received: 2026-03-02\n", 2),
            ("- received: 2026-03-02\nevents: x\n", 2),
            ("events:\n  - received: !!int x\n", 2),
            ("channel: online\nevents: \x07\n", 2),
            ("events:\n  - received: 2026-03-02\n  - recieved: 2026-03-03\n", 3),
            ("events:\n  - received: 2026-03-02\n    days: 3\n", 3),
            ("events:\n  - received: 2026-03-02\n    received: 2026-03-03\n", 3),
            ("channel: post\nevents:\n  - received: 2026-03-02\n", 1),
            ("- received: 2026-03-02\n", 1),
            ("events: !!python/object/apply:os.system [id]\n", 1),
            ("events: &a [*a]\n", None),
            ("events: " + "[" * 3000 + "]" * 3000, None),
            (b"\xff\xfe\x00events", None),
            ("events:\n  - received: 2007-03-02\n", None),
            ("events:\n  - received: 2040-03-02\ntoday: 2040-03-02\n", None),
        ],
    )
    def test_what_is_no_log_or_not_covered_is_2_one_line_with_its_place(self, run, log, line, lang):
        done = run("clock", "log.yaml", "--lang", lang, log=log)
        assert (done.exit_code, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1
        if line is not None:
            assert re.search(f"第 {line} 行" if lang == "zh" else rf"line {line}[:,]", done.stderr)
        assert not re.search("expected|found character|literal|constructor", done.stderr)  # the library's own words

    def test_what_is_wrongly_written_is_found_by_line_and_column(self, run):
        log = "channel: online\nevents:\n  - received: 2026-03-02: x\n"
        assert run("clock", "log.yaml", log=log).stderr.startswith("log.yaml：第 3 行第 25 列：写法有误")
        assert run("clock", "log.yaml", "--lang", "en").stderr.startswith("log.yaml: line 3, column 25: not valid")

    def test_a_folder_is_no_log_and_no_notice(self, run):
        Path("d1").mkdir()
        assert run("clock", "d1").stderr == "d1：是文件夹；请写出文件名\n"
        assert run("clock", "d1", "--lang", "en").stderr == "d1: is a folder; name a file\n"
        done = run("deadline", "2026-03-02", "--notice", "d1")
        assert (done.exit_code, done.stderr) == (2, "d1：是文件夹；请写出文件名\n")

    def test_a_file_that_is_none_and_one_too_large_are_2(self, run):
        assert "没有这个文件" in run("clock", "none.yaml").stderr
        done = run("clock", "log.yaml", log="# " + "很长" * 100_000)
        assert done.exit_code == 2
        assert "太大" in done.stderr

    def test_a_notice_that_is_none_is_2_and_names_the_place(self, run):
        Path("bad.toml").write_text('title = "t"\nconfirmed = true\nrest = []\n', encoding="utf-8")
        done = run("clock", "log.yaml", "--notice", "bad.toml", log=EXAMPLE)
        assert done.exit_code == 2
        assert done.stderr == "bad.toml：不是有效的放假通知（没有写 work）；写法见 docs/commands.md\n"
        assert "(work is missing)" in run("clock", "log.yaml", "--notice", "bad.toml", "--lang", "en").stderr
        assert run("clock", "log.yaml", "--notice", "none.toml", log=EXAMPLE).exit_code == 2

    def test_a_day_that_is_none_is_2(self, run):
        done = run("clock", "log.yaml", "--today", "tomorrow", log=EXAMPLE)
        assert done.exit_code == 2
        assert "“tomorrow”不是日期" in done.stderr

    def test_the_examples_of_the_documentation_come_to_what_is_printed_there(self, run):
        text = (DOCS / "commands.md").read_text(encoding="utf-8")
        logs = re.findall(r"^```yaml\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        assert len(logs) == 2
        printed = text.partition("$ gongkai clock 申请.yaml --today 2026-04-13\n")[2].splitlines()[:2]
        for log in logs:
            assert run("clock", "log.yaml", "--today", "2026-04-13", log=log).stdout.splitlines()[:2] == printed


class TestWhatIsAwaited:
    """A last day that has passed is said, with what to do; one that no longer binds anybody is not."""

    SUPPLEMENT = "events:\n  - received: 2026-03-02\n  - supplement_asked: 2026-03-04\n    until: 2026-03-30\n"
    FEE = "events:\n  - received: 2026-03-02\n  - fee_notified: 2026-03-10\n    delivered: 2026-03-12\n"
    ASKED = "events:\n  - received: 2026-03-02\n  - third_party_asked: 2026-03-10\n    delivered: 2026-03-11\n"

    @pytest.mark.parametrize(
        ("log", "last", "step", "head"),
        [
            (SUPPLEMENT, date(2026, 3, 30), "supplement_overdue", "◐ 待补正  补正期限已于 2026年3月30日 届满"),
            (FEE, date(2026, 4, 10), "fee_overdue", "◐ 待缴费  缴费期限已于 2026年4月10日 届满"),
        ],
    )
    def test_once_the_applicants_last_day_is_over_the_officer_is_told_what_to_record(self, run, log, last, step, head):
        on_the_day = run("clock", "log.yaml", "--today", str(last), log=log).stdout
        assert step not in on_the_day
        assert "届满" not in on_the_day
        done = run("clock", "log.yaml", "--today", "2026-06-01")
        assert done.stdout.splitlines()[0] == f"{head}  现在没有到期日"
        assert step in done.stdout.partition("注意：")[2]
        english = run("clock", "log.yaml", "--today", "2026-06-01", "--lang", "en").stdout
        assert f"the time for it ended on {last}" in english.splitlines()[0]
        found = json.loads(run("clock", "log.yaml", "--today", "2026-06-01", "--format", "json").stdout)
        assert [step in remark for remark in found["remarks"]] == [True]
        closed = log + f"  - {step}: 2026-06-01\n"
        found = json.loads(run("clock", "log.yaml", "--today", "2026-06-01", "--format", "json", log=closed).stdout)
        assert (found["state"], found["remarks"]) == ("closed", [])

    def test_a_fee_notice_without_its_day_of_receipt_is_only_said_to_be_checked(self, run):
        log = "events:\n  - received: 2026-03-02\n  - fee_notified: 2026-03-10\n"
        said = run("clock", "log.yaml", "--today", "2026-06-01", log=log).stdout
        assert "按发出当日收到计算，缴费期限已于2026年4月8日届满" in said

    @pytest.mark.parametrize(
        ("asked", "last", "said"),
        [
            ("third_party_asked: 2026-03-10\n    delivered: 2026-03-11", date(2026, 4, 1), "决定是否公开"),
            (
                "agency_asked: 2026-03-10\n    delivered: 2026-03-11\n    joint: true\n    who: 甲局",
                date(2026, 4, 1),
                "（甲局）”（2026年3月10日）：期限已于2026年4月1日届满，没有收到答复，视为同意公开",
            ),
            ("reasons_asked: 2026-03-10\n    until: 2026-03-20", date(2026, 3, 20), "依法处理"),
            ("third_party_asked: 2026-03-10", date(2026, 3, 31), "按发出当日送到计算"),
        ],
    )
    def test_who_was_asked_and_is_silent_is_named_and_the_period_runs_on(self, run, asked, last, said):
        log = f"events:\n  - received: 2026-03-02\n  - {asked}\n"
        assert "届满" not in run("clock", "log.yaml", "--today", str(last), log=log).stdout
        later = run("clock", "log.yaml", "--today", str(last + timedelta(1))).stdout
        assert said in later
        assert "期限自届满次日起继续计算" in later
        assert later.splitlines()[0].startswith("● 办理中")
        english = run("clock", "log.yaml", "--today", str(last + timedelta(1)), "--lang", "en").stdout
        assert f"ended on {last.day} {last:%B} {last.year} and no answer is recorded" in english

    def test_a_limit_that_is_met_is_not_spoken_of_any_more(self, run):
        assert "最迟2026年4月1日提出意见" in run("clock", "log.yaml", "--today", "2026-03-20", log=self.ASKED).stdout
        answered = self.ASKED + "  - third_party_answered: 2026-03-24\n"
        for today in ("2026-03-24", "2026-04-13"):
            said = run("clock", "log.yaml", "--today", today, log=answered).stdout
            assert "最迟" not in said
            assert "届满" not in said


class TestDeadline:
    def test_a_limit_of_the_law_by_default(self, run):
        done = run("deadline", "2026-09-15")
        assert done.exit_code == 0
        assert done.stdout.splitlines()[0] == "2026年9月15日 之后第 20 个工作日：2026年10月19日（星期一）"
        assert "2026-09-20（星期日）上班" in done.stdout
        assert "国办发明电〔2025〕7号" in done.stdout

    def test_any_number_of_working_days(self, run):
        found = json.loads(run("deadline", "2026-02-10", "--days", "7", "--format", "json").stdout)
        assert found == {"start": "2026-02-10", "days": 7, "due": "2026-02-26", "provisional": False, "basis": None}

    def test_the_limit_is_that_of_the_day(self, run):
        found = json.loads(run("deadline", "2018-03-05", "--format", "json", "--lang", "en").stdout)
        assert found["days"] == 15
        assert "(2007), art. 24(2)" in found["basis"]

    def test_a_day_that_may_move_is_provisional(self, run):
        assert "暂定" in run("deadline", "2026-12-15").stdout.splitlines()[0]
        assert "provisional" in run("deadline", "2026-12-15", "--lang", "en").stdout.splitlines()[0]

    def test_a_stretch_without_holidays_says_so(self, run):
        assert "没有放假或调休" in run("deadline", "2026-03-02", "--days", "5").stdout

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("2026-13-01",), "不是日期"),
            (("2026-03-02", "--days", "0"), "--days"),
            (("2026-03-02", "--limit", "extension_times"), "没有“extension_times”"),
            (("2026-03-02", "--limit", "reply", "--days", "3"), "只能用一个"),
            (("2007-03-02",), "没有“答复期限”的规定"),
            (("1999-03-02", "--days", "3"), "没有1999年的放假安排"),
            ((), "DAY"),
        ],
    )
    def test_wrong_usage_is_2_and_one_line(self, run, words, said):
        done = run("deadline", *words)
        assert (done.exit_code, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1
        assert said in done.stderr


class TestFee:
    def test_by_request_with_those_before(self, run):
        done = run("fee", "--items", "3", "--before", "29", "--on", "2026-03-02")
        assert done.exit_code == 0
        assert done.stdout.splitlines()[:3] == [
            "信息处理费 500 元（按件计收：同一申请人一个自然月内累计）",
            "  第 30 件：100 元",
            "  第 31—32 件：每件 200 元，计 400 元",
        ]

    def test_one_request_is_one_in_english(self, run):
        lines = run("fee", "--items", "3", "--before", "29", "--on", "2026-03-02", "--lang", "en").stdout.splitlines()
        assert lines[1:3] == ["  request 30: 100 yuan", "  requests 31–32: 200 yuan each, 400 yuan"]

    def test_by_page(self, run):
        found = json.loads(run("fee", "--pages", "68", "--on", "2026-03-02", "--format", "json").stdout)
        assert (found["standard"], found["yuan"]) == ("pages", 380)
        assert sum(part["yuan"] for part in found["parts"]) == 380
        assert "标准已读" in found["to_be_confirmed"]  # as the text says
        english = run("fee", "--pages", "68", "--on", "2026-03-02", "--format", "json", "--lang", "en").stdout
        assert json.loads(english)["basis"] == "Measures on information processing fees (国办函〔2020〕109号), art. 5"

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ((), "--items"),
            (("--items", "3", "--pages", "3"), "只能用一个"),
            (("--pages", "3", "--before", "3"), "--before"),
            (("--items", "-1"), "--items"),
            (("--items", "3", "--on", "2020-06-01"), "2020年6月1日还没有这项信息处理费，收费依当时的规定"),
            (("--items", "3", "--on", "someday"), "不是日期"),
        ],
    )
    def test_wrong_usage_is_2_and_one_line(self, run, words, said):
        done = run("fee", *words)
        assert (done.exit_code, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1
        assert said in done.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("words", [("clock", "log.yaml"), ("deadline", "2026-09-15"), ("fee", "--items", "12")])
@pytest.mark.parametrize("name", ["due.txt", "due.json"])
def test_a_file_that_was_written_is_named_unless_quiet(run, words, name, lang):
    said = run(*words, "-o", name, "--lang", lang, log=f"today: 2026-04-01\n{EXAMPLE}")
    assert (said.exit_code, said.stdout) == (0, "")
    assert said.stderr == (f"已写入 {name}\n" if lang == "zh" else f"written to {name}\n")
    first = Path(name).read_bytes()
    said = run(*words, "-o", name, "--lang", lang, "-q")
    assert (said.exit_code, said.stdout, said.stderr) == (0, "", "")
    assert Path(name).read_bytes() == first


def test_results_may_go_to_a_file(run):
    assert run("deadline", "2026-09-15", "--out", "due.json").exit_code == 0
    assert json.loads(Path("due.json").read_text(encoding="utf-8"))["due"] == str(after(date(2026, 9, 15), 20))
