"""``gongkai corpus`` from the front door: built, asked, checked; exit codes, one line for each error."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gongkai.annual.corpus import query
from gongkai.cli import app
from gongkai.demo import write_samples

SRC = Path(__file__).resolve().parent.parent / "src"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("corpus")
    write_samples(folder)
    done = CliRunner().invoke(app, ["corpus", "build", str(folder), "-o", str(folder / "r.parquet")])
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("12 个文件都有着落")
    return folder / "r.parquet"


def run(*words: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["corpus", *map(str, words)])
    return done.exit_code, done.stdout, done.stderr


def test_a_second_building_reads_nothing_and_an_unreadable_file_ends_with_two(corpus, tmp_path):
    code, out, _ = run("build", corpus.parent, "-o", corpus, "--lang", "en")
    assert code == 0 and "12 of them unchanged" in out
    shutil.copytree(corpus.parent, tmp_path / "f")
    (tmp_path / "f" / "空.pdf").write_bytes(b"")
    code, out, _ = run("build", tmp_path / "f", "-o", tmp_path / "f" / "r.parquet")
    assert code == 2 and "读不出 1 个" in out and "空.pdf：文件是空的" in out
    code, out, _ = run("query", tmp_path / "f" / "r.parquet", "--files", "unreadable")
    assert code == 0 and "空.pdf" in out


def test_what_is_asked_is_shown_and_written(corpus, tmp_path):
    code, out, err = run("query", corpus)
    assert code == 0 and "地区" in out and "本年新收" in out and "可能计了两次" in err
    code, out, err = run("query", corpus, "--by", "year", "--lang", "en")
    assert code == 0 and "twice" in err
    code, out, _ = run("query", corpus, "--each", "--where", "year=2023", "--format", "json")
    assert code == 0 and all(row["year"] == 2023 for row in json.loads(out)["rows"])
    code, _, _ = run("query", corpus, "--sql", "SELECT count(*) FROM reports", "-o", tmp_path / "a.csv")
    assert code == 0 and (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()[1] == "12"
    code, _, _ = run("query", corpus, "-o", tmp_path / "a.parquet")
    assert code == 0 and (tmp_path / "a.parquet").read_bytes().startswith(b"PAR1")


def test_the_check_of_a_corpus_has_the_usual_exit_codes(corpus, tmp_path):
    code, out, _ = run("check", corpus)
    assert code == 1 and out.startswith("12 份年报")
    code, out, _ = run("check", corpus, "--format", "json", "--lang", "en")
    assert code == 1 and json.loads(out)["verdict"] == "invalid"
    assert run("check", tmp_path / "nowhere.parquet")[0] == 2


@pytest.mark.parametrize(
    "words",
    [
        ("query", "{corpus}", "--sql", "DROP VIEW files"),
        ("query", "{corpus}", "--where", "year"),
        ("query", "nowhere.parquet"),
        ("check", "nowhere.parquet"),
        ("build", "nowhere", "-o", "x.parquet"),
        ("build", ".", "-o", "no/such/folder/x.parquet"),
        ("build", "."),
        ("build", ".", "-o", "x.txt"),
        ("build", "{corpus}", "-o", "x.parquet"),
        ("build", ".", "-o", "x.parquet", "--again", "some"),
        ("query", "{corpus}", "--format", "pdf"),
        ("nothing",),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_error_is_one_line_and_ends_with_two(corpus, tmp_path, monkeypatch, words, lang):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GONGKAI_LANG", lang)
    code, out, err = run(*(word.format(corpus=corpus) for word in words))
    assert code == 2 and not out and len(err.splitlines()) == 1
    assert any(word in err for word in ("年", "用", "没有", "查询", "选项", "请")) == (lang == "zh")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_option_is_called_by_its_name(tmp_path):
    code, _, err = run("build", tmp_path)
    assert code == 2 and "--out" in err
    code, _, err = run("query")
    assert code == 2 and "REPORTS" in err


def test_the_help_of_the_group_is_in_both_languages():
    for words in ((), ("build",), ("query",), ("check",)):
        code, out, _ = run(*words, "--help")
        assert code == 0 and "用法 Usage" in out and "Exit codes" in out


def test_interrupted_it_says_so_and_keeps_what_was_read(tmp_path):
    folder = tmp_path / "f"
    folder.mkdir()
    samples = write_samples(folder)
    for at in range(10):
        for path in samples:
            shutil.copy(path, folder / f"{at}-{path.name}")
    out = tmp_path / "r.parquet"
    process = subprocess.Popen(
        [sys.executable, "-m", "gongkai", "corpus", "build", str(folder), "-o", str(out)],
        env={**os.environ, "PYTHONPATH": str(SRC)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A process that is started in the background is deaf to interrupts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    while process.poll() is None and not (tmp_path / "r.parquet.parts" / "lock").exists():
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 130 and "再运行" in err and not out.exists()
    assert run("build", folder, "-o", out)[0] == 0
    assert query(out, sql="SELECT count(*) FROM files").rows == ((132,),)
