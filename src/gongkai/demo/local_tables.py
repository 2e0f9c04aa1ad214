"""Reports with a province's own statistical table, as there were before 2019: part H of the catalogue of layouts."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from gongkai.annual.finding import Number
from gongkai.annual.report import Cell, Indicator, Narrative, Report
from gongkai.demo.making import make

_ROWS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("主动公开文件数", "条", "published", ("website", "gazette")),
    ("政府网站公开数", "条", "website", ()),
    ("政府公报公开数", "条", "gazette", ()),
    ("受理政府信息公开申请总数", "条", "received", ("in_person", "online", "by_mail")),
    ("当面申请数", "条", "in_person", ()),
    ("网上申请数", "条", "online", ()),
    ("信函、传真申请数", "条", "by_mail", ()),
    ("对申请的答复总数", "条", "answered", ("granted", "partial", "refused", "otherwise")),
    ("同意公开答复数", "条", "granted", ()),
    ("同意部分公开答复数", "条", "partial", ()),
    ("不予公开答复数", "条", "refused", ()),
    ("其他类型答复数", "条", "otherwise", ()),
    ("政府信息公开收费减免金额", "元", "waived", ()),
    ("行政复议数", "件", "reconsideration", ()),
    ("行政诉讼数", "件", "litigation", ()),
)
"""Label, unit, name and the names of the parts that make the figure."""


def make_local(rng: Random, *, year: int | None = None) -> Report:
    """A report of 2014 to 2018 with a province's table: the figure of the year and that of all years."""
    base = make(rng, form="2014", year=year or rng.randint(2014, 2018))
    figures, before = _figures(rng), _figures(rng)
    parts = {part for _, _, _, names in _ROWS for part in names}
    rows, counted = [], 0
    for label, unit, name, _ in _ROWS:
        counted = counted + 1 if name in parts else 0
        shown = f"{'其中：' if counted == 1 else ''}{counted}、{label}" if counted else label
        rows.append(Indicator(shown, unit, Cell(figures[name]), cumulative=Cell(figures[name] + before[name])))
    return replace(base, tables={}, indicators=tuple(rows), narrative=_without_figures(base.narrative))


def _figures(rng: Random) -> dict[str, Number]:
    figures: dict[str, Number] = {}
    for _, _, name, parts in reversed(_ROWS):
        drawn = 0 if rng.random() < 0.5 else int(10 ** rng.uniform(0, 3.3))
        figures[name] = sum((figures[part] for part in parts), start=0) if parts else drawn
    return figures


def _without_figures(narrative: Narrative) -> Narrative:
    """The text without the paragraphs that repeat figures of the national table."""
    repeated = {figure.sentence for figure in narrative.figures if figure.what}
    kept = tuple(entry for entry in narrative.paragraphs if not any(sentence in entry[1] for sentence in repeated))
    return replace(narrative, paragraphs=kept, figures=())
