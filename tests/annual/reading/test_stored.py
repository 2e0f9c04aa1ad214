"""A report in JSON reads back as the report it was; what is no report, or no figure, is refused by name."""

from __future__ import annotations

import json
from random import Random

import pytest

from gongkai.annual.form import forms
from gongkai.annual.reading import read
from gongkai.annual.reading.document import Unreadable
from gongkai.annual.report import Report
from gongkai.demo.making import make
from gongkai.demo.rendering import render


def stored(report: Report) -> bytes:
    return json.dumps(report.to_json(), ensure_ascii=False).encode()


@pytest.mark.parametrize("form", forms())
@pytest.mark.parametrize("seed", range(3))
def test_a_report_reads_back_whole(form, seed):
    file = render(make(Random(seed), form=form), "regular_page", Random(seed))
    report = read(file.data, file.name)
    again = read(stored(report), "年报.json")
    assert again.content == report.content
    assert again.narrative.figures == report.narrative.figures
    assert again.narrative.summary == report.narrative.summary
    assert [name for name, cell in again.cells() if cell.inferred] == [n for n, c in report.cells() if c.inferred]
    assert (again.source, again.format) == ("年报.json", "json")
    assert {k: v for k, v in again.to_json().items() if k not in ("source", "format")} == {
        k: v for k, v in report.to_json().items() if k not in ("source", "format")
    }


def test_text_without_figures_is_read_for_them():
    report = make(Random(1), form="2021")
    shown = report.to_json()
    del shown["narrative"]["figures"]
    again = read(json.dumps(shown).encode(), "年报.json")
    assert [(figure.what, figure.value) for figure in again.narrative.figures if figure.what]
    assert again.content == report.content


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"form": "1999"}, "没有表样 1999"),
        ({"form": None, "forms": {}}, "表样（form）没有写明"),
        ({"requests": {"received:nobody": 1}}, "requests/received:nobody"),
        ({"requests": {"received:total": "33"}}, "requests/received:total"),
        ({"requests": {"received:total": True}}, "requests/received:total"),
        ({"requests": [1]}, "requests"),
        ({"year": "2024"}, "year"),
        ({"agency": 7}, "agency"),
        ({"findings": [{"severity": "grave"}]}, "severity"),
        ({"indicators": [{"value": 3}]}, "没有 label"),
        ({"narrative": {"figures": [{"what": "x"}]}}, "缺 value"),
        ({"reports": []}, "几份年报"),
    ],
)
def test_what_cannot_be_a_report_is_refused_by_name(change, said):
    shown = make(Random(1), form="2021").to_json() | change
    with pytest.raises(Unreadable) as refused:
        read(json.dumps(shown).encode(), "年报.json")
    assert said in refused.value.message
    assert refused.value.message_en.isascii() or "“" in refused.value.message_en


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"agency": ', "第 1 行"),
        (b'{"agency": NaN, "year": 1, "form": "2021"}', "NaN"),
        (b"{}", "没有年报的各项"),
        (b'{"a": ' * 100_000, "层数太多"),
    ],
)
def test_what_is_no_json_is_refused(data, said):
    with pytest.raises(Unreadable) as refused:
        read(data, "年报.json")
    assert said in refused.value.message
