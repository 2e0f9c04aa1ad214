"""For every rule a report (or several) that breaks it and one that does not: the proof that each rule works.

Rules of the forms are broken in made-up reports that keep all the others; each common rule has a case of its own here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from gongkai.annual.checking import Checked, check
from gongkai.annual.finding import Number, Where
from gongkai.annual.form import forms
from gongkai.annual.report import Figure, Heading, Narrative, Report
from gongkai.demo import faults
from gongkai.demo.agencies import AGENCIES, CITY, DISTRICT_AGENCIES, Agency
from gongkai.demo.making import make, values, with_values

EDUCATION = next(agency for agency in AGENCIES if agency.name.endswith("教育局"))
GOVERNMENT = DISTRICT_AGENCIES[0]

TEXT = (
    "本年把各科室的公开事项重新排了一遍，能在窗口说清的在窗口说清，能在网上查到的在网上查到，"
    "群众来电先记下再分办，办完一件销一件；公开栏目每月对照目录清点，缺的补上，旧的撤下；"
    "解读材料由起草的科室写初稿，办公室改成大白话，再请两位不懂行的同事读一遍，读不懂就重写。"
)
OTHER_TEXT = (
    "围绕招生、收费、食堂三件家长最关心的事，开了七场面对面的说明会，会后把问答整理上网；"
    "学校的预算和采购第一次按统一样式公开，便于比较；对往年的文件做了一次清理，失效的标明失效，"
    "仍然有效的补上文号和解读；信息员每季度换岗学习，遇到拿不准的先问保密审查员再答复。"
)


def report(year: int = 2023, agency: Agency = EDUCATION, seed: int = 1, **given: Any) -> Report:
    """A made-up report that keeps every rule."""
    return make(Random(seed), agency=agency, year=year, **given)


def said(*figures: Figure, sections: Sequence[tuple[int, str]] = ()) -> Narrative:
    """A text with these figures, and with these paragraphs under all six headings."""
    headings = tuple(Heading(part.heading, part.number, Where()) for part in forms()["2021"].sections)
    return Narrative(tuple((number, text, Where(line=number)) for number, text in sections), headings, tuple(figures))


def stated(what: str | None, value: Number, phrase: str = "", sentence: str = "", **given: Any) -> Figure:
    """A figure of the text."""
    return Figure(what, phrase or what or "", value, given.pop("unit", "件"), sentence, Where(line=3), **given)


def figures(*stated_figures: Figure, seed: int = 1, **cells: Number | None) -> Report:
    """A made-up report whose text states only these figures; ``cells`` of table three (``received__total``) are set."""
    made = report(seed=seed)
    tables = values(made)
    for name, value in cells.items():
        row, _, column = name.partition("__")
        tables["requests"][f"{row.replace('_X_', '.')}:{column}"] = value
    return replace(with_values(made, tables), narrative=said(*stated_figures))


def text(*sections: tuple[int, str], year: int = 2023, agency: Agency = EDUCATION) -> Report:
    """A made-up report with this text and no figures in it."""
    return replace(report(year, agency), narrative=said(sections=sections), source=f"{agency.name}{year}")


def parts(whole: Number, *of: tuple[str, Number], percents: Sequence[Number | None] = (), **given: Any) -> Report:
    """A report whose text has one figure with these parts, and behind each part its percentage."""
    sentence = f"全年主动公开政府信息{whole}条，其中" + "，".join(f"{name}{value}条" for name, value in of) + "。"
    found = [stated("published", whole, "主动公开政府信息", sentence, unit="条")]
    for at, (name, value) in enumerate(of):
        found.append(stated(None, value, name, sentence, unit="条", whole=0, **given))
        if percents and (percent := percents[at]) is not None:
            found.append(stated(None, percent, name, sentence, unit="%", whole=0, percent=True))
    return replace(report(), narrative=said(*found))


def without_heading(number: int, *, content: bool) -> Report:
    made = report()
    told = made.narrative
    kept = tuple(heading for heading in told.headings if heading.section != number)
    paragraphs = tuple(paragraph for paragraph in told.paragraphs if content or paragraph[0] != number)
    return replace(made, narrative=replace(told, headings=kept, paragraphs=paragraphs))


def with_row_missing() -> Report:
    made = report()
    cells = {name: cell for name, cell in made.tables["requests"].items() if not name.startswith("declined.petition:")}
    return replace(made, tables={**made.tables, "requests": cells})


def mixed() -> Report:
    """A report of 2023 whose table three has the single row 其他处理 of the form of 2019."""
    made, old = report(), make(Random(4), agency=EDUCATION, year=2020)
    return replace(made, tables={**made.tables, "requests": old.tables["requests"]}, forms={}, narrative=said())


def area() -> tuple[Report, list[Report]]:
    """A district's report that is the sum of those of three of its departments, and these."""
    members = [report(agency=agency, seed=at) for at, agency in enumerate(DISTRICT_AGENCIES[2:5])]
    members = [replace(member, narrative=said()) for member in members]
    tables = values(members[0])
    for member in members[1:]:
        for table, cells in values(member).items():
            for name, value in cells.items():
                tables[table][name] = (tables[table][name] or 0) + (value or 0)
    return with_values(replace(report(agency=GOVERNMENT), narrative=said()), tables), members


def miscounted(merged: Report) -> Report:
    return faults.misprint(
        merged, "publication/licences.decisions", (merged.value("publication/licences.decisions") or 0) + 1
    )


def copies(change: int) -> list[Report]:
    first = replace(report(), source="报告.pdf")
    value = (first.value("publication/penalties.decisions") or 0) + change
    return [first, replace(faults.misprint(first, "publication/penalties.decisions", value), source="报告.docx")]


@dataclass(frozen=True)
class Case:
    """Reports that break a rule, reports that do not, and what else ``check`` is told."""

    broken: Callable[[], Report | Sequence[Report]]
    kept: Callable[[], Report | Sequence[Report]] = report
    told: Callable[[], dict[str, Any]] = dict
    told_kept: Callable[[], dict[str, Any]] | None = None
    also: frozenset[str] = field(default_factory=frozenset)
    """Codes that must come with it."""

    def run(self, *, broken: bool) -> Checked:
        made = self.broken() if broken else self.kept()
        told = self.told() if broken or self.told_kept is None else self.told_kept()
        return check([made] if isinstance(made, Report) else list(made), **told)


FEE = "requests/other.fee_overdue:total"

COMMON: dict[str, Case] = {
    "F-1": Case(lambda: faults.without_table(report(), "publication")),
    "F-1b": Case(with_row_missing),
    "F-2": Case(lambda: without_heading(5, content=False)),
    "F-2b": Case(lambda: without_heading(3, content=True)),
    "F-3": Case(lambda: report(2023, form="2019")),
    "F-4": Case(mixed),
    "F-5": Case(lambda: replace(report(), agency=None)),
    "F-5b": Case(lambda: replace(report(), year=None)),
    "F-6": Case(lambda: replace(report(), title=f"{EDUCATION.name}2022年政府信息公开工作年度报告")),
    "F-7": Case(lambda: copies(1), lambda: copies(0)),
    "X-1": Case(
        lambda: figures(stated("requests_received", 8), received__total=7, carried_in__total=0),
        lambda: figures(stated("requests_received", 9), received__total=7, carried_in__total=2),
    ),
    "X-2": Case(lambda: parts(10, ("动态类", 5), ("其他信息", 6)), lambda: parts(11, ("动态类", 5), ("其他信息", 6))),
    "X-2b": Case(lambda: parts(0, ("动态类", 10)), lambda: parts(10, ("动态类", 10))),
    "X-2c": Case(lambda: parts(3, ("动态类", 1), percents=[35]), lambda: parts(3, ("动态类", 1), percents=[33])),
    "X-2d": Case(
        lambda: replace(report(), narrative=said(*shares_only(60, 30))),
        lambda: replace(report(), narrative=said(*shares_only(60, 40))),
    ),
    "X-3": Case(
        lambda: figures(stated("fee_notices", 0), stated("fees_yuan", 30, unit="元")),
        lambda: figures(stated("fee_notices", 1), stated("fees_yuan", 30, unit="元")),
    ),
    "X-3b": Case(
        lambda: figures(stated("fees_notified_yuan", 20, unit="元"), stated("fees_yuan", 30, unit="元")),
        lambda: figures(stated("fees_notified_yuan", 1, unit="万元"), stated("fees_yuan", 30, unit="元")),
    ),
    "X-4": Case(
        lambda: figures(stated("fee_notices", 0), other_X_fee_overdue__total=2),
        lambda: figures(stated("fee_notices", 2), other_X_fee_overdue__total=2),
    ),
    "X-5": Case(
        lambda: figures(stated("supplements_asked", 0), other_X_supplement_overdue__total=2),
        lambda: figures(stated("supplements_asked", 5), other_X_supplement_overdue__total=2),
    ),
    "X-6": Case(
        lambda: area()[1],
        lambda: area()[1],
        told=lambda: {"merged": miscounted(area()[0])},
        told_kept=lambda: {"merged": area()[0]},
    ),
    "X-6b": Case(
        lambda: area()[1],
        lambda: area()[1],
        told=lambda: {"merged": area()[0], "members": [agency.name for agency in DISTRICT_AGENCIES[1:5]]},
        told_kept=lambda: {"merged": area()[0], "members": [agency.name for agency in DISTRICT_AGENCIES[2:5]]},
    ),
    "X-6d": Case(
        list,
        lambda: area()[1],
        told=lambda: {"merged": area()[0]},
        told_kept=lambda: {"merged": area()[0]},
    ),
    "X-6e": Case(
        lambda: area()[1][1:],
        lambda: area()[1],
        told=lambda: {"merged": area()[0], "unread": 1},
        told_kept=lambda: {"merged": area()[0], "unread": 0},
    ),
    "X-6c": Case(
        lambda: [report(agency=agency, seed=at) for at, agency in enumerate(DISTRICT_AGENCIES[:4])],
        lambda: [area()[0], *area()[1]],
    ),
    "X-7": Case(
        lambda: text((1, "本报告统计期限自2022年1月1日至2022年12月31日。")),
        lambda: text((1, "本报告统计期限自2023年1月1日至2023年12月31日。")),
    ),
    "X-7b": Case(
        lambda: text((1, "2022年，我局认真贯彻条例，全年收到申请三件。")),
        lambda: text((1, "2022年，我局收到申请三件，2023年收到四件。")),
    ),
    "X-7c": Case(
        lambda: text((1, "本报告由鹭鸣县教育局编制。")),
        lambda: text((1, f"本报告由{CITY}棠湾区人民政府办公室编制。")),
    ),
    "X-7d": Case(
        lambda: text((1, f"本报告由{CITY}棠湾区市场监督管理局编制。")),
        lambda: text((1, f"本报告由{CITY}棠湾区教育局办公室编制。")),
    ),
    "X-8": Case(
        lambda: [text((1, TEXT)), text((1, TEXT.replace("七", "九")), year=2022)],
        lambda: [text((1, TEXT)), text((1, OTHER_TEXT), year=2022)],
    ),
    "X-8b": Case(
        lambda: [text((5, TEXT)), text((5, TEXT), agency=DISTRICT_AGENCIES[2])],
        lambda: [text((5, TEXT)), text((5, OTHER_TEXT), agency=DISTRICT_AGENCIES[2])],
    ),
    "X-9": Case(
        report,
        told=lambda: {"published": {EDUCATION.name: "2024-02-01"}},
        told_kept=lambda: {"published": {EDUCATION.name: "2024-01-31"}},
    ),
    "X-9b": Case(
        lambda: replace(report(), published="2024-03-02"),
        lambda: replace(report(agency=GOVERNMENT), published="2024-03-02"),
    ),
}


def shares_only(*percents: int) -> list[Figure]:
    """A whole with percentages alone, the last of them the rest."""
    sentence = "全年收到申请 50 件，其中网上提出的占一部分，其他申请占一部分。"
    shares = [
        stated(None, percent, name, sentence, unit="%", whole=0, percent=True)
        for name, percent in zip(("网上提出", "其他申请"), percents, strict=True)
    ]
    return [stated(None, 50, "收到申请", sentence), *shares]


def form_case(form: str, code: str, seed: int) -> tuple[list[Report], list[Report]]:
    """Reports that break that rule of that form and reports that keep it; with the year before where it looks back.

    Some figures cannot break a rule (no case pending last year): then others are drawn.
    """
    rule = forms()[form].rule(code)
    agency = EDUCATION if not rule.agencies else next(a for a in AGENCIES if set(a.kinds) & set(rule.agencies))
    year = forms()[form].first_year + 1
    for attempt in range(seed * 100, seed * 100 + 100):
        rng = Random(attempt)
        before = make(rng, agency=agency, year=year - 1, form=form)
        kept = make(rng, agency=agency, year=year, form=form, previous=before)
        past = before if rule.looks_back else None
        kinds = agency.kinds if rule.agencies else ()
        with suppress(ValueError):
            spoilt = faults.break_rule(kept, code, rng, previous=past, kinds=kinds)
            earlier = [before] if rule.looks_back else []
            return [*earlier, spoilt], [*earlier, kept]
    raise AssertionError(f"no made-up report can break rule {code} of form {form}")
