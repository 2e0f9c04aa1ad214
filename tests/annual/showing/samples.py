"""Made-up reports with every kind of fault and state, for the tests of what is shown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from gongkai.annual.finding import Finding, Severity, Where
from gongkai.annual.form import forms
from gongkai.annual.report import Cell, Figure, Indicator, Narrative, Report
from gongkai.annual.showing.result import Result, Unread

AGENCY = "云岭省澄江区数据局"


def filled(form: str = "2021", value: int = 0) -> dict[str, dict[str, Cell]]:
    """All cells of that form's tables with that value."""
    return {
        name: {cell: Cell(value, Where(page=2, line=i)) for i, cell in enumerate(table.cells, 1)}
        for name, table in forms()[form].tables.items()
    }


def faulty() -> tuple[Report, tuple[Finding, ...]]:
    """A report of 2023 with wrong sums, a blank, an unread and an inferred cell, and what was found in it."""
    tables = filled()
    requests = tables["requests"]
    for cell, value in {
        "received:natural_person": 18,
        "received:enterprise": 3,
        "received:total": 21,
        "carried_in:natural_person": 2,
        "carried_in:total": 2,
        "granted:natural_person": 9,
        "granted:enterprise": 3,
        "granted:total": 12,
        "partial:natural_person": 4,
        "partial:total": 4,
        "unavailable.not_held:natural_person": 13,
        "unavailable.not_held:total": 13,
        "total:natural_person": 20,
        "total:enterprise": 3,
        "total:total": 23,
    }.items():
        requests[cell] = Cell(value, Where(page=3, line=7))
    requests["carried_out:research"] = Cell(None, Where(page=4, line=2))
    requests["other.remaining:other"] = replace(requests["other.remaining:other"], inferred=True)
    requests["total:enterprise"] = replace(requests["total:enterprise"], inferred=True)
    del requests["declined.repeated:legal_service"]
    tables["publication"]["fees.amount_10k_yuan"] = Cell(Decimal("96171.60"))
    del tables["publication"]["rules.repealed"]
    tables["disputes"]["reconsideration.upheld"] = Cell(4)
    tables["disputes"]["reconsideration.total"] = Cell(5)
    unread = Finding(
        "R-1",
        Severity.WARNING,
        "「2.重复申请 · 法律服务机构」一格的数字有两种读法，不能确定。请对照原文第 3 页。",
        "The figure of this cell can be read in two ways. Compare page 3 of the file.",
        cells=("requests/declined.repeated:legal_service",),
        where=Where(page=3, line=22),
        source="chengjiang_2023.pdf",
    )
    narrative = Narrative(
        figures=(
            Figure(
                "requests_received",
                "收到政府信息公开申请",
                22,
                "件",
                "全年共收到政府信息公开申请22件。",
                Where(page=1, line=9),
                1,
            ),
            Figure(None, "举办培训班", 3, "期", "举办培训班3期。", Where(page=1, line=14), 1),
        )
    )
    report = Report(
        AGENCY,
        2023,
        "2021",
        title=f"{AGENCY}2023年政府信息公开工作年度报告",
        tables=tables,
        narrative=narrative,
        findings=(unread,),
        published="2024-01-20",
        source="chengjiang_2023.pdf",
        format="pdf",
    )
    outcomes = [f"requests/{row.key}:natural_person" for row in forms()["2021"].tables["requests"].outcomes]
    about: dict[str, Any] = {"source": report.source, "agency": AGENCY, "year": 2023}
    return report, (
        unread,
        Finding(
            "T3-2",
            Severity.ERROR,
            "自然人列：（一）至（六）各项之和为 26，（七）总计填 20，相差 6。请逐项核对办理结果。",
            "Natural persons: the results add up to 26, the total says 20. Check each result.",
            cells=("requests/total:natural_person", *outcomes),
            expected=26,
            actual=20,
            basis="国办公开办函〔2021〕30号 年度报告格式 表三（七）总计",
            where=Where(page=4, line=3),
            **about,
        ),
        Finding(
            "T3-4",
            Severity.ERROR,
            "「四、结转下年度继续办理 · 科研机构」未填。没有的请填 0。",
            "Carried over to next year, research institutions: blank. Fill in 0 where there is none.",
            cells=("requests/carried_out:research",),
            basis="国办公开办函〔2021〕30号 年度报告格式 表三",
            where=Where(page=4, line=2),
            **about,
        ),
        Finding(
            "T4-1",
            Severity.ERROR,
            "行政复议总计填 5，各项之和为 4。",
            "Reconsideration: total 5, parts add up to 4.",
            cells=tuple(f"disputes/reconsideration.{x}" for x in ("total", "upheld", "corrected", "other", "pending")),
            expected=4,
            actual=5,
            basis="国办公开办函〔2021〕30号 年度报告格式 表四行政复议",
            where=Where(page=5, line=1),
            **about,
        ),
        Finding(
            "T3-5",
            Severity.ERROR,
            "二、上年结转 2 件，与 2022 年报告的结转下年度 0 件不一致。",
            "Carried over from last year 2, but the report of 2022 carries over 0.",
            cells=("requests/carried_in:total", "2022:requests/carried_out:total"),
            expected=0,
            actual=2,
            basis="国办公开办函〔2021〕30号 年度报告格式 表三第二项、第四项",
            where=Where(page=3, line=8),
            **about,
        ),
        Finding(
            "X-1",
            Severity.WARNING,
            "正文称收到申请 22 件，表三为 21 件。请核实后改正其一。",
            "The text says 22 requests received, table three 21.",
            cells=("requests/received:total",),
            expected=21,
            actual=22,
            basis="年度报告正文与表格应一致",
            where=Where(page=1, line=9),
            **about,
        ),
        Finding(
            "T2-3",
            Severity.INFO,
            "县（区）部门一般无权制定规章。",
            "Departments make no rules.",
            cells=("publication/rules.issued",),
            basis="《立法法》",
            **about,
        ),
    )


def clean() -> Report:
    """A report of 2022 in which nothing is wrong."""
    return Report(AGENCY, 2022, "2021", tables=filled(), source="chengjiang_2022.docx", format="docx")


def old() -> Report:
    """A report of 2016 with a statistical table."""
    rows = (
        Indicator("主动公开政府信息数", "条", Cell(591), "published", Cell(2069)),
        Indicator("局长信箱<办理>数", "件", Cell(None)),
    )
    return Report("云岭省澄江区民政局", 2016, "2014", indicators=rows, source="minzheng_2016.txt")


def result() -> Result:
    """All of these, checked, with a file that could not be read."""
    report, findings = faulty()
    return Result(
        (clean(), report, old()),
        findings,
        (Unread("坏.pdf", "文件不完整，在第 3 页处中断。请重新下载。", "truncated at page 3; download it again"),),
        "unreadable",
        {
            "zh": "有 4 处错误：澄江区数据局 2023 年年度报告；1 个文件读不出",
            "en": "4 errors in Chengjiang 2023; 1 file could not be read",
        },
    )
