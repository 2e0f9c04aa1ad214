"""Figures → a Vega-Lite specification: bars, every figure in a table below them under its year, remarks at the foot.

The table below the bars is the legend too: each quantity has its swatch there. What is missing is said in words, in the
table and where its bars would stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len

from gongkai.annual.charts.bars import INK, PAPER, QUIET, panel_of, shown_as, step_of
from gongkai.annual.charts.figures import Figures, State
from gongkai.annual.showing.cleaning import clean
from gongkai.annual.showing.words import say

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
"""Names the language of the specification; nothing is loaded from there."""

FONT = "'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', 'SimHei', sans-serif"

_LEAST_WIDTH = 460
_PAGE_WIDTH, _WIDEST_STEP, _LABEL_COLUMN = 1120, 150, 6.5
"""Of a page what is there for labels and bars; how wide a place becomes there at most; a column of a label."""


def spec_of(figures: Figures, lang: str = "zh", *, bare: bool = False) -> dict[str, Any]:
    """The specification as plain data, complete: the figures stand in it. ``bare``: without title, remarks and ground,
    and wider, for a page that has them beside it."""
    kind = figures.kind
    step = _on_page(figures, lang) if bare else step_of(figures)
    panels = [{"vconcat": panel_of(figures, panel, step, lang), "spacing": 6} for panel in kind.panels]
    unit = kind.unit if lang == "zh" else kind.unit_en
    subtitle = say("between_sentences", lang).join([heading(figures, lang), say("chart_unit", lang, unit=unit)])
    return {
        "$schema": SCHEMA,
        "description": description(figures, lang),
        **({} if bare else {"title": {"text": kind.words(lang), "subtitle": subtitle, "anchor": "start"}}),
        "vconcat": [*panels, *([] if bare else _notes(figures, step, lang))],
        "spacing": 22,
        "config": {**_CONFIG, "background": None} if bare else _CONFIG,
    }


def _on_page(figures: Figures, lang: str) -> int:
    """How wide a year or an agency is where a whole page is there for the chart."""
    labels = max(cell_len(series.words(lang)) for panel in figures.kind.panels for series in panel.series)
    room = _PAGE_WIDTH - labels * _LABEL_COLUMN
    return max(step_of(figures), min(_WIDEST_STEP, int(room / len(figures.places))))


def heading(figures: Figures, lang: str = "zh") -> str:
    """Whose figures of when: 「云岭省青禾市数据局 2021—2024 年」."""
    about, first, last = clean(figures.about) or say("agency_unknown", lang), figures.places[0], figures.places[-1]
    if not figures.by_year:
        return say("chart_of_year", lang, about=about, n=len(figures.places))
    key = "chart_of_agency" if first != last else "chart_of_agency_one_year"
    return say(key, lang, about=about, first=first, last=last)


def description(figures: Figures, lang: str = "zh") -> str:
    """The chart in words: every figure, for those who do not see it."""
    parts = []
    for place in figures.places:
        told = [
            f"{series.words(lang)} {shown_as(figures, place, series.key, lang)}"
            for panel in figures.kind.panels
            for series in panel.series
        ]
        parts.append(f"{clean(place)}: {', '.join(told)}" if lang == "en" else f"{clean(place)}：{'，'.join(told)}")
    if lang == "en":
        return f"{heading(figures, lang)}. {'; '.join(parts)}."
    return f"{heading(figures, lang)}。{'；'.join(parts)}。"


def _notes(figures: Figures, step: int, lang: str) -> list[dict[str, Any]]:
    """The remarks at the foot, broken to the width of the chart."""
    width = max(_LEAST_WIDTH, step * len(figures.places) + 60)
    lines = [line for words in remarks(figures, lang) for line in broken(words, width // 6)]
    if not lines:
        return []
    return [
        {
            "data": {"values": [{"line": at, "words": line} for at, line in enumerate(lines)]},
            "width": width,
            "height": 18 * len(lines) + 8,
            "view": {"stroke": None},
            "mark": {"type": "text", "align": "left", "x": -80, "color": QUIET, "baseline": "top"},
            "encoding": {
                "y": {"field": "line", "type": "ordinal", "axis": None},
                "text": {"field": "words"},
            },
        }
    ]


def remarks(figures: Figures, lang: str = "zh") -> list[str]:
    """The remarks under a chart, the general one last where something is missing."""
    words = [clean(note.words(lang)) for note in figures.notes]
    if any(point.state is not State.READ for point in figures.points.values()):
        words.append(say("chart_missing", lang))
    return words


def broken(words: str, width: int) -> Sequence[str]:
    """Words on lines of at most that many columns; a Chinese character takes two."""
    lines, line = [], ""
    for char in words:
        if line and cell_len(line + char) > width:
            at = line.rfind(" ") + 1 if char.isascii() and char.isalnum() else 0
            lines.append(line[:at] if at else line)
            line = line[at:] if at else ""
        line += char
    return [*lines, line]


_CONFIG = {
    "background": PAPER,
    "font": FONT,
    "padding": 16,
    "view": {"stroke": None},
    "text": {"fontSize": 12, "color": INK},
    "axis": {
        "labelFontSize": 12,
        "labelColor": INK,
        "gridColor": "#E4E1DB",
        "domainColor": QUIET,
        "tickColor": QUIET,
    },
    "title": {"fontSize": 17, "color": INK, "subtitleFontSize": 13, "subtitleColor": QUIET, "offset": 14},
}
