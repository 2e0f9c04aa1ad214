"""A corpus is checked by the same rules as single reports, and the same is found."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from openpyxl import load_workbook

from gongkai.annual import checking
from gongkai.annual.corpus import CorpusError, check, exporting, showing
from gongkai.annual.finding import Severity
from gongkai.annual.form import forms
from gongkai.annual.reading import read
from gongkai.annual.report import Report
from gongkai.demo import faults, write_samples
from gongkai.demo.agencies import AGENCIES
from gongkai.demo.making import make
from tests.annual.corpus.cases import kept

CODES = {rule.code for form in forms().values() for rule in form.rules}

Broken = dict[tuple[str, str], set[str]]


def by_corpus(path) -> Broken:
    found: Broken = {}
    for hit in check(path).hits:
        found.setdefault((hit.file, hit.rule), set()).update(hit.cells)
    return found


def by_single(reports: dict[str, Report]) -> Broken:
    """What ``gongkai check`` says of all these files given together, for the rules of the forms."""
    found: Broken = {}
    for finding in checking.check([replace(report, source=file) for file, report in reports.items()]).findings:
        if finding.code in CODES:
            found.setdefault((finding.source, finding.code), set()).update(finding.cells)
    return found


def many(seed: int) -> dict[str, Report]:
    """Reports of some years and agencies with faults of every kind, copies and contradictions among them."""
    rng = Random(seed)
    found: dict[str, Report] = {}
    for at in range(12):
        of = replace(rng.choice(AGENCIES), name=f"云岭省第{at % 5}县教育局")
        form = rng.choice([None, None, "2019", "2021", "2014"])
        previous: Report | None = None
        for year in (2022, 2023):
            made = make(rng, agency=of, year=year, form=form, previous=previous)
            previous = made
            for _ in range(rng.choice([0, 0, 1, 3])):
                cell = rng.choice([name for name, _ in made.cells()])
                made = faults.misprint(made, cell, rng.choice([None, 7, -1, Decimal("2.5"), 10**19]))
            found[f"{at:02}-{year}.html"] = made
            if rng.random() < 0.3:
                found[f"{at:02}-{year}.pdf"] = made
    return found


@pytest.mark.parametrize("seed", range(4))
def test_a_corpus_and_single_reports_are_told_the_same(tmp_path, seed):
    made = many(seed)
    path = kept(tmp_path / "r.parquet", made)
    assert by_corpus(path) == by_single(dict(sorted(made.items())))


def test_the_samples_are_told_the_same(tmp_path):
    made = {path.name: read(path) for path in sorted(write_samples(tmp_path))}
    found = by_corpus(kept(tmp_path / "r.parquet", made))
    assert found == by_single(made) and found


def test_copies_do_not_hide_what_was_carried_over_wrongly(tmp_path):
    of = replace(AGENCIES[0], name="云岭省青禾市教育局")
    before = make(Random(1), agency=of, year=2022)
    after = faults.misprint(make(Random(2), agency=of, year=2023, previous=before), "requests/carried_in:total", 777)
    copy = replace(before, tables={"requests": before.tables["requests"]})
    path = kept(tmp_path / "r.parquet", {"a.pdf": copy, "b.html": before, "c.html": after})
    assert "T3-5" in {hit.rule for hit in check(path).hits if hit.file == "c.html"}
    (several,) = check(path).several
    assert several.files == ("a.pdf", "b.html") and not several.cells
    other = faults.misprint(before, "requests/received:total", 4321)
    path = kept(tmp_path / "s.parquet", {"a.pdf": other, "b.html": before, "c.html": after})
    assert "T3-5" not in {hit.rule for hit in check(path).hits}, "which of two is valid nobody knows"
    assert check(path).several[0].cells == ("requests/received:total",)


def test_people_are_told_severities_and_cells_in_words_with_the_codes_beside_them(tmp_path):
    made = {path.name: read(path) for path in sorted(write_samples(tmp_path))}
    checked = check(kept(tmp_path / "r.parquet", made))
    hit = next(hit for hit in checked.hits if any(cell.startswith("20") for cell in hit.cells))
    for lang, severities, of_before in (("zh", {"错误", "提醒"}, "年报告"), ("en", {"error", "warning"}, "report of")):
        rules, hits = load_workbook(io.BytesIO(exporting.checked(checked, "xlsx", lang))).worksheets
        assert {line[2] for line in rules.iter_rows(min_row=2, values_only=True)} <= severities
        lines = list(hits.iter_rows(min_row=2, values_only=True))
        assert {line[5] for line in lines} <= severities
        assert not any("/" in str(line[6]) and ":" in str(line[6]) for line in lines)
        assert any(line[7] == " ".join(hit.cells) and of_before in str(line[6]) for line in lines)
        out = io.StringIO()
        showing.checked_text(checked, out, lang)
        assert not any(cell in out.getvalue() for hit in checked.hits for cell in hit.cells)


def test_verdict_counts_and_formats_agree(tmp_path):
    sound = make(Random(1), agency=AGENCIES[0], year=2023)
    blank = faults.misprint(make(Random(2), agency=AGENCIES[1], year=2023), "requests/total:total", None)
    path = kept(tmp_path / "r.parquet", {"a.html": sound, "b.html": blank})
    checked = check(path)
    assert checked.verdict == "invalid" and checked.reports == 2
    told = json.loads(exporting.checked(checked, "json"))
    assert {hit["file"] for hit in told["hits"]} == {"b.html"}
    for rule in told["rules"]:
        assert rule["reports"] == sum(hit["rule"] == rule["rule"] for hit in told["hits"])
        assert rule["reports"] == len(checked.files(rule["rule"]))
    assert exporting.checked(checked, "csv").decode("utf-8-sig").count("b.html") == len(checked.hits)
    assert exporting.checked(checked, "xlsx").startswith(b"PK")
    for lang in ("zh", "en"):
        out = io.StringIO()
        showing.checked_text(checked, out, lang)
        assert "b.html" in out.getvalue() and "a.html" not in out.getvalue()
        assert out.getvalue().startswith(showing.headline(checked, lang))
    assert check(kept(tmp_path / "s.parquet", {"a.html": sound})).verdict == "valid"
    assert check(kept(tmp_path / "t.parquet", {})).verdict == "unreadable"
    assert all(hit.severity in Severity for hit in checked.hits)
    with pytest.raises(CorpusError):
        check(tmp_path / "nowhere.parquet")
