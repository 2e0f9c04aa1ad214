"""A report as a value: its cells, and the object that `gongkai read --format json` prints."""

from __future__ import annotations

import json
from decimal import Decimal

from gongkai.annual.finding import Finding, Severity, Where
from gongkai.annual.report import Cell, Figure, Indicator, Narrative, Report

REPORT = Report(
    agency="云岭省青禾市数据局",
    year=2024,
    form="2021",
    forms={"requests": "2021"},
    tables={
        "publication": {"fees.amount_10k_yuan": Cell(Decimal("18.871"), Where(page=2))},
        "requests": {
            "received:total": Cell(15, Where(page=3, line=8), text="15"),
            "carried_in:total": Cell(None, Where(page=3, line=9)),
            "total:total": Cell(14, inferred=True),
        },
    },
    indicators=(Indicator("政务微信公开政府信息数", "条", Cell(206), "channels.wechat", Cell(912)),),
    narrative=Narrative(
        figures=(
            Figure("requests_received", "收到申请", 15, "件", "全年收到申请15件。", Where(line=4), section=1),
            Figure(
                None, "其中网上", 80, "%", "其中网上占80%。", Where(line=4), whole=0, percent=True, approximate=True
            ),
        ),
        summary={"requests_received": 15},
    ),
    source="年报.pdf",
)


def test_a_cell_is_asked_for_by_its_full_name() -> None:
    assert REPORT.value("requests/received:total") == 15
    assert REPORT.value("publication/fees.amount_10k_yuan") == Decimal("18.871")


def test_a_blank_cell_is_there_and_a_missing_one_is_not() -> None:
    assert REPORT.cell("requests/carried_in:total") == Cell(None, Where(page=3, line=9))
    assert REPORT.cell("requests/carried_out:total") is None
    assert REPORT.cell("disputes/reconsideration.total") is None
    assert REPORT.value("requests/carried_in:total") is REPORT.value("requests/carried_out:total") is None


def test_its_json_has_the_shape_of_the_vocabulary() -> None:
    shown = json.loads(json.dumps(REPORT.to_json(), ensure_ascii=False))
    assert {key: shown[key] for key in ("agency", "year", "form")} == {
        "agency": "云岭省青禾市数据局",
        "year": 2024,
        "form": "2021",
    }
    assert shown["publication"] == {"fees.amount_10k_yuan": 18.871}
    assert shown["requests"] == {"received:total": 15, "carried_in:total": None, "total:total": 14}
    assert shown["disputes"] == {}
    assert shown["findings"] == []


def test_its_json_says_what_sums_decided_and_where_each_cell_was_read() -> None:
    shown = REPORT.to_json()
    assert shown["inferred"] == ["requests/total:total"]
    assert shown["places"]["requests/received:total"] == {"page": 3, "line": 8}
    assert "requests/total:total" not in shown["places"]


def test_its_json_has_indicators_and_the_figures_of_the_text() -> None:
    shown = REPORT.to_json()
    assert shown["indicators"] == [
        {"label": "政务微信公开政府信息数", "unit": "条", "value": 206, "key": "channels.wechat", "cumulative": 912}
    ]
    whole, part = shown["narrative"]["figures"]
    assert shown["narrative"]["requests_received"] == 15
    assert whole == {
        "what": "requests_received",
        "phrase": "收到申请",
        "value": 15,
        "unit": "件",
        "section": 1,
        "sentence": REPORT.narrative.figures[0].sentence,
        "where": {"line": 4},
    }
    assert (part["part_of"], part["percent"], part["approximate"]) == (0, True, True)


def test_findings_are_added_to_a_new_report() -> None:
    finding = Finding("T3-4", Severity.ERROR, "空白", "blank")
    assert REPORT.with_findings(finding).findings == (finding,)
    assert REPORT.findings == ()
    assert REPORT.with_findings(finding).to_json("en")["findings"][0]["message"] == "blank"
