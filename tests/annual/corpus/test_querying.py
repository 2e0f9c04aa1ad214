"""Questions to a corpus: sums that say what they lack, one report of each agency and year, SQL that reaches nothing."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from gongkai.annual.corpus import CorpusError, exporting, query, reports, showing
from gongkai.annual.corpus.fitting import fitted
from gongkai.annual.report import Cell, Report
from tests.annual.corpus.cases import kept

RECEIVED, FEES = "requests/received:total", "publication/fees.amount_10k_yuan"


def small(agency: str, year: int, received: int | None, fees: str | None = None, **more: int | None) -> Report:
    """A report with a figure or two; None is a blank."""
    requests = {"received:total": Cell(received), **{f"{name}:total": Cell(value) for name, value in more.items()}}
    publication = {"fees.amount_10k_yuan": Cell(Decimal(fees))} if fees else {}
    tables = {name: held for name, held in (("publication", publication), ("requests", requests)) if held}
    return Report(agency=agency, year=year, form="2021", forms=dict.fromkeys(tables, "2021"), tables=tables)


@pytest.fixture
def corpus(tmp_path):
    made = {
        "1.html": small("云岭省青禾市教育局", 2023, 10, "0.1"),
        "2.html": small("青禾市教育局", 2024, 20, "0.2"),
        "3.html": small("云岭省青禾市数据局", 2024, None, "0.3"),
        "4.html": small("云岭省南溪市数据局", 2024, 40),
        "5.html": small("云岭省南溪市人民政府", 2024, 400),
        "6.html": Report(title="没有机关和年度"),
    }
    return kept(tmp_path / "r.parquet", made)


def test_by_default_reports_are_counted_by_area_kind_and_year(corpus):
    answer = query(corpus)
    assert answer.columns[:4] == ("area", "kind", "year", "reports")
    assert [row[:4] for row in answer.rows] == [
        ("云岭省南溪市", "area", 2024, 1),
        ("云岭省南溪市", "department", 2024, 1),
        ("云岭省青禾市", "department", 2023, 1),
        ("云岭省青禾市", "department", 2024, 2),
        (None, None, None, 1),
    ]


def test_a_sum_says_how_many_reports_lack_the_figure(corpus):
    (row,) = query(corpus, by="year", cells=RECEIVED, where="year=2024", area="青禾市").dicts()
    assert (row[RECEIVED], row[f"{RECEIVED}.lacking"], row["reports"]) == (20, 1, 2)
    out = io.StringIO()
    showing.answer_text(query(corpus, by="year", cells=RECEIVED, where="year=2024", area="青禾市"), out)
    assert "20（缺1份）" in out.getvalue()


def test_amounts_are_added_exactly(corpus):
    (row,) = query(corpus, by="", cells=FEES, area="青禾市").dicts()
    assert row[FEES] == Decimal("0.6")


def test_reports_one_by_one_tell_why_a_figure_is_missing(corpus):
    rows = query(corpus, each=True, cells=[RECEIVED, FEES], where=["year=2024"]).dicts()
    assert {(row["file"], row[f"{RECEIVED}.state"], row[f"{FEES}.state"]) for row in rows} == {
        ("2.html", "read", "read"),
        ("3.html", "blank", "read"),
        ("4.html", "read", "absent"),
        ("5.html", "read", "absent"),
    }


def test_conditions_agency_and_area_limit_what_is_asked(corpus):
    def files(**asked) -> list[str]:
        return sorted(row["file"] for row in query(corpus, each=True, **asked).dicts())

    assert files(where=f"{RECEIVED}>=20") == ["2.html", "4.html", "5.html"]
    assert files(where="year=") == ["6.html"]
    assert files(where=["year!=2024", "agency!="]) == ["1.html"]
    assert files(agency="青禾市教育局") == ["1.html", "2.html"]
    assert files(area="云岭省南溪市") == files(area="南溪市") == ["4.html", "5.html"]
    assert [report.source for report in reports(corpus, where="year=2023")] == ["1.html"]


@pytest.mark.parametrize(
    "asked",
    [
        {"where": "year"},
        {"where": "nothing=1"},
        {"where": "year=abc"},
        {"where": "year=1 OR true"},
        {"where": "blank=x"},
        {"cells": "requests/nothing"},
        {"by": "moon"},
        {"files": "gone"},
        {"duplicates": "any"},
    ],
)
def test_a_question_that_cannot_be_put_is_refused_in_both_languages(corpus, asked):
    with pytest.raises(CorpusError) as refused:
        query(corpus, **asked)
    assert refused.value.message and refused.value.message_en
    assert "\n" not in refused.value.message + refused.value.message_en


def test_a_value_is_never_taken_for_sql(corpus):
    assert not query(corpus, each=True, agency="' OR true --").rows
    assert not query(corpus, each=True, where="agency=x' OR 'a'='a").rows


@pytest.fixture
def doubled(tmp_path):
    made = {
        "旧.pdf": small("青禾市教育局", 2024, 10),
        "全.docx": small("青禾市教育局", 2024, 10, "1.5", carried_in=2),
        "新.html": small("青禾市教育局", 2024, 11),
        "他.html": small("青禾市数据局", 2024, 5),
    }
    return kept(tmp_path / "r.parquet", made)


@pytest.mark.parametrize(
    ("rule", "total", "taken"), [("fullest", 15, "全.docx"), ("newest", 16, "新.html"), ("all", 36, None)]
)
def test_of_several_reports_one_counts_and_all_are_named(doubled, rule, total, taken):
    answer = query(doubled, by="year", cells=RECEIVED, duplicates=rule)
    assert answer.dicts()[0][RECEIVED] == total
    (duplicate,) = answer.duplicates
    assert set(duplicate.files) == {"旧.pdf", "全.docx", "新.html"} and duplicate.taken == taken
    for lang in ("zh", "en"):
        told = " ".join(showing.notes(answer, lang))
        assert all(file in told for file in duplicate.files)


def test_several_reports_can_be_refused(doubled):
    with pytest.raises(CorpusError, match="旧"):
        query(doubled, duplicates="refuse")
    assert query(doubled, agency="数据局", duplicates="refuse").rows


def test_sql_sees_one_report_of_each_agency_and_year(doubled):
    assert query(doubled, sql=f'SELECT sum("{RECEIVED}"), count(*) FROM reports').rows == ((15, 2),)
    assert query(doubled, sql="SELECT count(*) FROM files").rows == ((4,),)


def test_sums_over_governments_and_their_departments_are_pointed_out(corpus):
    assert query(corpus, by="area,year").notes and query(corpus, by="year").notes
    assert not query(corpus).notes and not query(corpus, by="agency").notes


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('{other}')",
        "SELECT * FROM read_csv('{other}')",
        "SELECT * FROM '{other}'",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM read_parquet('{folder}/other.parquet')",
        "SELECT * FROM read_text('/proc/self/environ')",
        "SELECT * FROM read_csv('https://example.com/x.csv')",
        "COPY files TO '{folder}/x.csv'",
        "COPY files TO '{corpus}'",
        "EXPORT DATABASE '{folder}/x'",
        "ATTACH '{folder}/x.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "RESET lock_configuration",
        "DROP VIEW files",
        "CREATE TABLE t AS SELECT 1",
        "DELETE FROM aside",
        "PRAGMA database_list",
        "CALL pragma_version()",
        "SELECT 1; COPY files TO '{folder}/x.csv'",
        "SELECT * FROM query('COPY files TO ''{folder}/x.csv''')",
        "SELECT * FROM secret_of_the_caller",
        "SELECT getenv('HOME')",
        "SELEC 1",
        "",
    ],
)
def test_sql_looks_at_the_corpus_and_at_nothing_else(corpus, tmp_path, sql):
    other = tmp_path / "other.csv"
    other.write_text("a\n1\n")
    duckdb.connect().execute(f"COPY (SELECT 1) TO '{tmp_path / 'other.parquet'}'")
    secret_of_the_caller = replace  # a name that DuckDB could look up in Python
    assert secret_of_the_caller is not None
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(CorpusError):
        query(corpus, sql=sql.format(other=other, folder=tmp_path, corpus=corpus))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(("sql", "words"), [("SELEC 1", "SQL 写法有误"), ("SELECT nothing FROM reports", "列")])
def test_what_is_wrong_with_sql_is_said_in_the_language_of_the_reader(corpus, sql, words):
    with pytest.raises(CorpusError) as refused:
        query(corpus, sql=sql)
    assert words in refused.value.message and "Error:" not in refused.value.message
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in refused.value.message_en)


@pytest.mark.parametrize(
    "asked",
    [
        {"each": True, "by": "year"},
        {"sql": "SELECT 1", "by": "year"},
        {"sql": "SELECT 1", "where": "year=2024"},
        {"sql": "SELECT 1", "each": True},
        {"files": "read", "cells": RECEIVED},
    ],
)
def test_what_would_have_no_effect_is_refused_and_not_passed_over(corpus, asked):
    with pytest.raises(CorpusError) as refused:
        query(corpus, **asked)
    assert "不能同时用" in refused.value.message and "do not go together" in refused.value.message_en
    assert all(f"--{name}" in refused.value.message for name in asked)


def test_what_can_be_added_up_by_is_what_the_documents_say(corpus):
    with pytest.raises(CorpusError) as refused:
        query(corpus, by="moon")
    named = refused.value.message_en.rpartition(": ")[2].split()
    docs = (Path(__file__).parents[3] / "docs" / "commands.md").read_text("utf-8")
    for line in (line for line in docs.splitlines() if line.startswith("| `--by")):
        assert sorted(re.findall(r"`(\w+)`", line)) == sorted([*named, "query"])
    assert docs.count("| `--by") == 2
    for name in named:
        assert query(corpus, by=name).columns[0] == name


def test_short_names_stand_on_one_line_and_totals_say_of_what(corpus):
    out = io.StringIO()
    showing.answer_text(query(corpus), out)
    assert "云岭省青禾市  部门" in out.getvalue()
    assert "办理结果总计" in showing.heading("requests/total:total", "zh")
    assert "Results" in showing.heading("requests/total:total", "en")


def test_times_are_shown_to_the_second(corpus):
    out = io.StringIO()
    showing.answer_text(query(corpus, files="read"), out)
    assert "1970-01-01 00:00:00" in out.getvalue() and "00:00:00." not in out.getvalue()


def test_only_the_longest_names_are_broken():
    assert fitted(["a", "b"], [["短", "长" * 30]], 40) == [2, 36]
    assert fitted(["机关名称", "b"], [["短", "1"]], 40) == [8, 1]
    assert fitted(["a"] * 20, [["长" * 10] * 20], 40) is None


def test_an_answer_is_the_same_in_every_format(corpus, tmp_path):
    answer = query(corpus, each=True, cells=[RECEIVED, FEES])
    rows = answer.dicts()
    listed = list(csv.DictReader(io.StringIO(exporting.answer(answer, "csv").decode("utf-8-sig"))))
    assert [row[FEES] for row in listed] == [showing.figure(row[FEES]) for row in rows]
    told = json.loads(exporting.answer(answer, "json"))
    assert [row[RECEIVED] for row in told["rows"]] == [row[RECEIVED] for row in rows]
    book = load_workbook(io.BytesIO(exporting.answer(answer, "xlsx")))
    sheet = book.worksheets[0]
    at = answer.columns.index(RECEIVED)
    assert [line[at] for line in sheet.iter_rows(min_row=2, values_only=True)] == [row[RECEIVED] for row in rows]
    (tmp_path / "a.parquet").write_bytes(exporting.answer(answer, "parquet"))
    assert duckdb.connect().execute(f"FROM '{tmp_path / 'a.parquet'}'").fetchall() == list(answer.rows)


def test_every_column_of_files_can_be_asked_for_and_written(corpus, tmp_path):
    answer = query(corpus, sql="SELECT * FROM files")
    for format in ("csv", "json", "xlsx"):
        assert exporting.answer(answer, format)
    (tmp_path / "a.parquet").write_bytes(exporting.answer(answer, "parquet"))
    ask = f"SELECT * FROM '{tmp_path / 'a.parquet'}' EXCEPT SELECT * FROM '{corpus}'"
    assert duckdb.connect().execute(ask).fetchall() == []


def test_words_of_files_never_become_formulas(tmp_path):
    made = replace(small("青禾市教育局", 2024, 10), agency="=cmd|' /C calc'!A0")
    answer = query(kept(tmp_path / "r.parquet", {"a.html": made}), each=True, cells=RECEIVED)
    assert b"'=cmd" in exporting.answer(answer, "csv")
    sheet = load_workbook(io.BytesIO(exporting.answer(answer, "xlsx"))).worksheets[0]
    assert sheet["A2"].data_type == "s" and str(sheet["A2"].value).startswith("'=")


def test_what_is_no_corpus_is_refused(tmp_path):
    with pytest.raises(CorpusError, match="没有这个语料库"):
        query(tmp_path / "nowhere.parquet")
    (tmp_path / "x.parquet").write_bytes(b"PAR1")
    duckdb.connect().execute(f"COPY (SELECT 1 AS file) TO '{tmp_path / 'y.parquet'}'")
    for name in ("x.parquet", "y.parquet"):
        with pytest.raises(CorpusError, match="不是本版本的年报语料库"):
            query(tmp_path / name)
