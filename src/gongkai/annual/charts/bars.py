"""The bars of a panel and, below them, the table of their figures, which is the legend too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.annual.charts.figures import Figures, State
from gongkai.annual.charts.kinds import Panel
from gongkai.annual.finding import plain
from gongkai.annual.showing.cleaning import clean
from gongkai.annual.showing.naming import number
from gongkai.annual.showing.words import say

COLOURS = ("#1F4E79", "#B3261E", "#4F6B12", "#8A5A00", "#6B4C9A", "#55524D")
"""One for each quantity of a panel, at least 4.5:1 against the paper; hatches tell them apart without colour."""

INK, QUIET, PAPER = "#1F1E1C", "#5F5B55", "#FFFFFF"

WHY_NONE = {
    State.BLANK: "chart_state_blank",
    State.UNREAD: "chart_state_unread",
    State.NOT_COUNTED: "chart_state_not_counted",
    State.NO_ROW: "chart_state_no_row",
    State.NO_REPORT: "chart_state_no_report",
    State.DIFFERENT: "chart_state_different",
}
"""What is said in the place of a figure that is not there."""

_HEIGHT = 220
"""Of the bars of one panel."""
_LINE = 22
"""Of a line of the table."""
_STEP, _DIGIT, _GAP = 64, 8, 6
"""Least width of a year; width of a digit; room between figures side by side."""
_NAME = 6
"""Names of agencies are broken into lines of so many characters."""
_NAME_LINE = 15
"""The height of each."""
_TALL = 16
"""A part of a bar that is so high holds its figure."""
_NO_WHOLE = "—"
"""In the place of a whole of which a part is missing."""


def shown_as(figures: Figures, place: str, key: str, lang: str) -> str:
    """A figure in digits, or in a word why there is none."""
    point = figures.points[place, key]
    return number(point.value) if point.state is State.READ else say(WHY_NONE[point.state], lang)


def step_of(figures: Figures) -> int:
    """How wide a year or an agency is: its figures stand side by side without touching."""
    digits = max((len(number(point.value)) for point in figures.points.values() if point.value is not None), default=1)
    side_by_side = 1 if figures.kind.stacks else max(len(panel.series) for panel in figures.kind.panels)
    return max(_STEP if figures.by_year else _NAME * 14, side_by_side * (digits * _DIGIT + _GAP))


def panel_of(figures: Figures, panel: Panel, step: int, lang: str) -> list[dict[str, Any]]:
    """The bars of a panel and the table below them."""
    rows = [
        {
            "place": clean(place),
            "series": series.words(lang),
            "order": order,
            "value": plain(figures.point(place, series).value),
            "shown": shown_as(figures, place, series.key, lang),
        }
        for place in figures.places
        for order, series in enumerate(panel.series)
    ]
    wholes = _wholes(figures, panel)
    width = {"step": step, "for": "position"}
    head = {"title": {"text": panel.words(lang), "fontSize": 13, "anchor": "start"}} if panel.title else {}
    bars = (_stacked if figures.kind.stacks else _beside)(rows, wholes, figures, panel, lang)
    lines = [series.words(lang) for series in panel.series] + (
        [say("chart_whole", lang)] if figures.kind.stacks else []
    )
    table = {
        "data": {"values": [*rows, *_whole_rows(wholes, figures, lang)]},
        "width": width,
        "height": {"step": _LINE},
        "encoding": {
            "x": _across(figures, _places_axis(figures)),
            "y": {"field": "series", "type": "nominal", "sort": lines, "axis": _LINES_AXIS},
        },
        "layer": [
            {"mark": {"type": "text"}, "encoding": {"text": {"field": "shown"}, "color": _faint(figures, lang)}},
            {
                "data": {"values": [{"series": series.words(lang)} for series in panel.series]},
                "mark": {"type": "square", "size": 130, "opacity": 1},
                "encoding": {"x": {"value": -12}, "color": _colour(panel, lang)},
            },
        ],
    }
    return [{**head, "width": width, "height": _HEIGHT, **bars}, table]


def _across(figures: Figures, axis: dict[str, Any] | None) -> dict[str, Any]:
    """The places from left to right, the same in every layer, whether there are figures or not: a bar must never stand
    under another year."""
    domain = [clean(place) for place in figures.places]
    return {"field": "place", "type": "ordinal", "sort": None, "scale": {"domain": domain}, "axis": axis}


def _faint(figures: Figures, lang: str) -> dict[str, Any]:
    """Words in the place of figures are set in a quieter ink."""
    words = [say(key, lang) for key in WHY_NONE.values()]
    return {"condition": {"test": {"field": "shown", "oneOf": words}, "value": QUIET}, "value": INK}


def _colour(panel: Panel, lang: str) -> dict[str, Any]:
    names = [series.words(lang) for series in panel.series]
    return {
        "field": "series",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": names, "range": list(COLOURS[: len(names)])},
    }


def _wholes(figures: Figures, panel: Panel) -> dict[str, Any]:
    """By place the sum of the parts, where all parts that are counted are known."""
    found = {}
    for place in figures.places:
        points = [figures.point(place, series) for series in panel.series]
        left_out = {State.NOT_COUNTED}
        if any(each.instead_of and figures.point(place, each).state is State.READ for each in panel.series):
            left_out.add(State.NO_ROW)  # what stands in for them is the whole
        counted = [point for point in points if point.state not in left_out]
        if counted and all(point.state is State.READ for point in counted):
            found[place] = sum(point.value or 0 for point in counted)
    return found


def _whole_rows(wholes: Mapping[str, Any], figures: Figures, lang: str) -> list[dict[str, Any]]:
    if not figures.kind.stacks:
        return []
    name = say("chart_whole", lang)
    shown = {place: number(wholes[place]) if place in wholes else _NO_WHOLE for place in figures.places}
    return [{"place": clean(place), "series": name, "shown": words} for place, words in shown.items()]


def _beside(rows: list[dict[str, Any]], wholes: Any, figures: Figures, panel: Panel, lang: str) -> dict[str, Any]:
    """Bars side by side, each with its figure on top, or the word why there is none where it would stand."""
    sort = [series.words(lang) for series in panel.series]
    offset = {"field": "series", "sort": sort}
    missing = [
        {**row, "value": 0} for row in rows if row["value"] is None and figures.points and _told(figures, row["place"])
    ]
    return {
        "encoding": {
            "x": _across(figures, None),
            "y": {"field": "value", "type": "quantitative", "axis": _AXIS, "scale": {"zero": True, "nice": True}},
        },
        "layer": [
            {
                "data": {"values": [row for row in rows if row["value"] is not None]},
                "mark": {"type": "bar", "stroke": PAPER, "strokeWidth": 1},
                "encoding": {"xOffset": offset, "color": _colour(panel, lang)},
            },
            {
                "data": {"values": [row for row in rows if row["value"] is not None]},
                "mark": {"type": "text", "dy": -7},
                "encoding": {"xOffset": offset, "text": {"field": "shown"}},
            },
            *_gaps(figures, lang),
            *([_upright(missing, offset)] if missing else []),
        ],
    }


def _told(figures: Figures, place: str) -> bool:
    """Whether there is a report there, so that what is missing is missing bar by bar."""
    return any(
        clean(name) == place and point.state is not State.NO_REPORT for (name, _), point in figures.points.items()
    )


def _upright(missing: list[dict[str, Any]], offset: dict[str, Any]) -> dict[str, Any]:
    """The word why a bar is missing, set upright in its place."""
    return {
        "data": {"values": missing},
        "mark": {"type": "text", "angle": 270, "align": "left", "dx": 5, "color": QUIET, "fontSize": 10},
        "encoding": {"xOffset": offset, "text": {"field": "shown"}},
    }


def _stacked(
    rows: list[dict[str, Any]], wholes: Mapping[str, Any], figures: Figures, panel: Panel, lang: str
) -> dict[str, Any]:
    """Bars set on one another, the figure in each part that is high enough, the whole on top."""
    given = [row for row in rows if row["value"] is not None]
    heights: dict[str, float] = {}
    parts = []
    for row in given:
        low = heights.get(row["place"], 0)
        heights[row["place"]] = low + row["value"]
        parts.append({**row, "low": low, "high": low + row["value"], "middle": low + row["value"] / 2})
    most = max(heights.values(), default=0)
    inside = [part for part in parts if most and part["value"] / most * _HEIGHT >= _TALL]
    label = {"y": {"field": "middle", "type": "quantitative"}, "text": {"field": "shown"}}
    tops = [{"place": clean(place), "value": plain(whole), "shown": number(whole)} for place, whole in wholes.items()]
    known = {top["place"] for top in tops}
    tops += [
        {"place": place, "value": height, "shown": say("chart_not_whole", lang)}
        for place, height in heights.items()
        if place not in known
    ]
    halo = {"type": "text", "stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round", "color": PAPER}
    return {
        "encoding": {"x": _across(figures, None)},
        "layer": [
            {
                "data": {"values": [part for part in parts if part["value"]]},
                "mark": {"type": "bar", "stroke": PAPER, "strokeWidth": 1.5, "width": {"band": 0.6}},
                "encoding": {
                    "y": {"field": "low", "type": "quantitative", "axis": _AXIS, "scale": {"zero": True}},
                    "y2": {"field": "high"},
                    "color": _colour(panel, lang),
                },
            },
            {"data": {"values": inside}, "mark": halo, "encoding": label},
            {"data": {"values": inside}, "mark": {"type": "text"}, "encoding": label},
            {
                "data": {"values": tops},
                "mark": {"type": "text", "dy": -8, "fontWeight": "bold"},
                "encoding": {"y": {"field": "value", "type": "quantitative"}, "text": {"field": "shown"}},
            },
            *_gaps(figures, lang),
        ],
    }


def _gaps(figures: Figures, lang: str) -> list[dict[str, Any]]:
    """Places without a report: the word stands where their bars would."""
    gone = [
        {"place": clean(place), "value": 0, "shown": say("chart_state_no_report", lang)}
        for place in figures.places
        if all(point.state is State.NO_REPORT for (name, _), point in figures.points.items() if name == place)
    ]
    if not gone:
        return []
    return [
        {
            "data": {"values": gone},
            "mark": {"type": "text", "dy": -9, "color": QUIET},
            "encoding": {"y": {"field": "value", "type": "quantitative"}, "text": {"field": "shown"}},
        }
    ]


def _places_axis(figures: Figures) -> dict[str, Any]:
    """The years, or the agencies' names on several lines, over the table."""
    axis: dict[str, Any] = {"orient": "top", "title": None, "domain": False, "ticks": False, "labelAngle": 0}
    axis |= {"labelFontWeight": "bold", "labelPadding": 6, "labelLimit": 0}
    if not figures.by_year:
        most = max(len(place) for place in figures.places)
        cuts = [f"slice(datum.label, {at}, {at + _NAME})" for at in range(0, most, _NAME)]
        axis["labelExpr"] = f"[{', '.join(cuts)}]"
        axis["labelLineHeight"] = _NAME_LINE
        axis["labelPadding"] = 6 + _NAME_LINE * ((most - 1) // _NAME)
    return axis


_AXIS = {"title": None, "tickMinStep": 1, "grid": True, "format": "d", "tickCount": 5}
_LINES_AXIS = {"title": None, "domain": False, "ticks": False, "labelPadding": 24, "labelLimit": 0}
