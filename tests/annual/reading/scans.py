"""A made-up report with known figures, set by typst, to be turned into scans."""

from __future__ import annotations

import random
from collections.abc import Mapping

from gongkai.annual.form import Form, forms
from gongkai.demo.rendering import scan

APPLICANTS = ("natural_person", "enterprise", "research", "public_welfare", "legal_service", "other")


def figures(form: Form, seed: int, largest: int = 400) -> dict[str, dict[str, str]]:
    """Consistent figures for every cell of the form's tables, as printed."""
    chance = random.Random(seed)

    def count() -> int:
        return chance.choice([0, 0, 0, 0, chance.randrange(10), chance.randrange(100), chance.randrange(largest)])

    values: dict[str, dict[str, str]] = {}
    requests = form.tables["requests"]
    sums: dict[str, int] = {}
    for applicant in APPLICANTS:
        column = {row.key: count() if applicant == "natural_person" else count() // 3 for row in requests.outcomes}
        column["total"] = sum(column.values())
        column["carried_out"] = count() // 4
        column["carried_in"] = min(count() // 4, column["total"] + column["carried_out"])
        column["received"] = column["total"] + column["carried_out"] - column["carried_in"]
        sums |= {f"{row}:{applicant}": value for row, value in column.items()}
    for row in requests.rows:
        sums[f"{row.key}:total"] = sum(sums[f"{row.key}:{applicant}"] for applicant in APPLICANTS)
    values["requests"] = {cell: str(sums[cell]) for cell in requests.cells}
    publication = {}
    for cell, (_, column_) in form.tables["publication"].cells.items():
        publication[cell] = (
            f"{chance.randrange(100000)}.{chance.randrange(1, 100):02d}" if column_.decimal else str(count())
        )
    values["publication"] = publication
    disputes: dict[str, int] = {}
    for group in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        parts = {part: count() // 8 for part in ("upheld", "corrected", "other", "pending")}
        disputes |= {f"{group}.{part}": value for part, value in (parts | {"total": sum(parts.values())}).items()}
    values["disputes"] = {cell: str(disputes[cell]) for cell in form.tables["disputes"].cells}
    return values


def _cell(text: str, colspan: int = 1, rowspan: int = 1) -> str:
    return f'table.cell(colspan: {colspan}, rowspan: {rowspan})[#"{text}"],'


def _publication(form: Form, values: Mapping[str, str]) -> str:
    table = form.tables["publication"]
    parts = []
    for block in table.blocks:
        wide = 12 // (len(block.columns) + 1)
        parts.append(_cell(block.heading, 12))
        parts.append(_cell(table.stub, wide))
        parts += [_cell(column.label, wide) for column in block.columns]
        for row in block.rows:
            parts.append(_cell(row.label, wide))
            parts += [_cell(values[table.cell(row, column)], wide) for column in block.columns]
    return f"#table(columns: (1fr,) * 12, {''.join(parts)})"


def _requests(form: Form, values: Mapping[str, str]) -> str:
    table = form.tables["requests"]
    rows = [row for block in table.blocks for row in block.rows]
    results = [row for row in rows if row.under is not None]
    head = _cell(table.stub, 3, 3) + _cell("申请人情况", 7) + _cell("自然人", 1, 2) + _cell("法人或其他组织", 5)
    head += _cell("总计", 1, 2) + "".join(_cell(column.label) for column in table.columns[1:6])
    parts = []
    for row in rows:
        numbers = "".join(_cell(values[table.cell(row, column)]) for column in table.columns) if not row.heading else ""
        if row.heading and row.under is None:
            parts.append(_cell(row.number + row.label, 1, sum(not r.heading for r in results)))
        elif row.heading:
            parts.append(_cell(row.number + row.label, 1, sum(r.under == row.key for r in results)))
        elif row.under is None:
            parts.append(_cell(row.number + row.label, 3) + numbers)
        elif row.number.startswith("（"):
            parts.append(_cell(row.number + row.label, 2) + numbers)
        else:
            parts.append(_cell(row.number + row.label) + numbers)
    columns = "(1.4em, 3.6em, 1fr) + (2.7em,) * 7"
    return f"#table(columns: {columns}, table.header({head.rstrip(',')}), {''.join(parts)})"


def _disputes(form: Form, values: Mapping[str, str]) -> str:
    table = form.tables["disputes"]
    head = _cell("行政复议", 5) + _cell("行政诉讼", 10) + "".join(_cell(c.label, 1, 2) for c in table.columns[:5])
    head += _cell("未经复议直接起诉", 5) + _cell("复议后起诉", 5)
    head += "".join(_cell(column.label) for column in table.columns[5:])
    return f"#table(columns: (1fr,) * 15, {head}{''.join(_cell(values[cell]) for cell in table.cells)})"


def report_pdf(form_name: str = "2021", seed: int = 0, font: str = "Noto Serif CJK SC", size: float = 10.5) -> bytes:
    """A report of the made-up district 澄湾区 as a PDF with text."""
    import typst

    form = forms()[form_name]
    values = figures(form, seed)
    source = f"""
#set page("a4", margin: (x: 2.6cm, y: 2.8cm), footer: context align(center)[— #counter(page).display() —])
#set text(font: "{font}", size: {size}pt, lang: "zh", region: "cn")
#set par(first-line-indent: 2em, justify: true)
#set table(stroke: 0.6pt, align: center + horizon, inset: 4pt)
#align(center, text(size: 18pt)[云岭省青禾市澄湾区数据局2023年政府信息公开工作年度报告])

#"一、总体情况"

2023年，我局主动公开政府信息312条，收到政府信息公开申请{values["requests"]["received:total"]}件，均依法办理。

#"二、主动公开政府信息情况"

{_publication(form, values["publication"])}

#"三、收到和处理政府信息公开申请情况"

{_requests(form, values["requests"])}

#"四、政府信息公开行政复议、行政诉讼情况"

#text(size: 8.5pt)[{_disputes(form, values["disputes"])}]

#"五、存在的主要问题及改进情况"

一是公开内容不够丰富，二是队伍力量不足。下一步，我局将加强培训，提升质量。

#"六、其他需要报告的事项"

2023年未收取信息处理费，无其他需要报告的事项。
"""
    return typst.compile(source.encode(), format="pdf")
