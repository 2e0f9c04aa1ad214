"""The figures of charts as a plain list, one line for each, for a researcher's own tools."""

from __future__ import annotations

import csv as _csv
import io
from collections.abc import Sequence

from gongkai.annual.charts.figures import Figures
from gongkai.annual.showing.cleaning import no_formula, one_line
from gongkai.annual.showing.naming import number

COLUMNS = ("chart", "series", "label", "agency", "year", "value", "unit", "state")


def csv(charts: Sequence[Figures], lang: str = "zh") -> str:
    """A line for each quantity and place. ``state`` is that of the figure (``read``, ``blank``, ``unread``,
    ``not_counted``, ``no_report``, ``different``); only ``read`` has a value."""
    out = io.StringIO()
    writer = _csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for figures in charts:
        kind = figures.kind
        for panel in kind.panels:
            for series in panel.series:
                for place in figures.places:
                    agency, year = (figures.about, place) if figures.by_year else (place, figures.about)
                    point = figures.point(place, series)
                    label = " ".join(part for part in (panel.words(lang), series.words(lang)) if part)
                    unit = kind.unit if lang == "zh" else kind.unit_en
                    line = [kind.name, series.key, label, agency, year, number(point.value), unit, str(point.state)]
                    writer.writerow([no_formula(one_line(part)) for part in line])
    return out.getvalue()
