"""Charts of annual reports: requests, outcomes, disputes; one agency over years, or agencies side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongkai.annual.charts.figures import Figures, Mixed, Nothing, Point, State, choose, figures_of
from gongkai.annual.charts.kinds import kinds
from gongkai.annual.charts.specifying import spec_of
from gongkai.annual.report import Report

__all__ = ["KINDS", "Figures", "Mixed", "Nothing", "Point", "State", "chart", "spec", "svg"]

KINDS = ("requests", "outcomes", "disputes")
"""The charts: requests received and handled, their outcomes, reconsideration and litigation."""


def chart(reports: Iterable[Report], kind: str, *, agency: str | None = None, year: int | None = None) -> Figures:
    """The figures of that chart (one of ``KINDS``): of one agency over its years, or of several agencies in one year.

    ``agency`` and ``year`` choose among more. A figure that is blank, unread, not asked for by the form of its year, or
    of a year without a report is missing with its reason, never 0. Raises Mixed where several agencies and several
    years are given and none is chosen, Nothing where no report has a year; KeyError if there is no such chart.
    """
    return figures_of(choose(list(reports), agency=agency, year=year), kinds()[kind])


def spec(figures: Figures, lang: str = "zh") -> dict[str, Any]:
    """The chart as a Vega-Lite specification."""
    return spec_of(figures, lang)


def svg(figures: Figures, lang: str = "zh") -> str:
    """The chart as the text of an SVG file, complete in itself."""
    from gongkai.annual.charts.drawing import svg_of

    return svg_of(spec_of(figures, lang), figures.kind.words(lang), figures.kind.name)
