"""Charts as one page: each drawing, and under it a table of its figures; nothing is loaded from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import partial
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

import gongkai
from gongkai.annual.charts.bars import shown_as
from gongkai.annual.charts.drawing import svg_of
from gongkai.annual.charts.figures import Figures, State
from gongkai.annual.charts.specifying import heading, remarks, spec_of
from gongkai.annual.showing.cleaning import clean
from gongkai.annual.showing.naming import CREATOR
from gongkai.annual.showing.words import say


def html(charts: Sequence[Figures], lang: str = "zh") -> str:
    """The page of those charts, which are of the same reports, in that language."""
    folder = resources.files(__package__)
    style = (folder / "page.css").read_text(encoding="utf-8")
    known = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = known.from_string((folder / "page.html").read_text(encoding="utf-8"))
    return template.render(
        lang=lang,
        say=partial(say, lang=lang),
        creator=CREATOR,
        version=gongkai.__version__,
        title=say("chart_page_title", lang),
        about=heading(charts[0], lang),
        style=Markup(style),
        style_hash=Markup("sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()),
        charts=[_chart(figures, lang) for figures in charts],
    )


def _chart(figures: Figures, lang: str) -> dict[str, Any]:
    kind = figures.kind
    unit = say("chart_unit", lang, unit=kind.unit if lang == "zh" else kind.unit_en)
    return {
        "name": kind.name,
        "title": kind.words(lang),
        "unit": f"（{unit}）" if lang == "zh" else f" ({unit})",
        "svg": Markup(svg_of(spec_of(figures, lang, bare=True), kind.words(lang), kind.name)),
        "places": [clean(place) for place in figures.places],
        "panels": [
            {
                "title": panel.words(lang),
                "rows": [
                    {
                        "label": series.words(lang),
                        "cells": [
                            {
                                "shown": shown_as(figures, place, series.key, lang),
                                "read": figures.point(place, series).state is State.READ,
                            }
                            for place in figures.places
                        ],
                    }
                    for series in panel.series
                ],
            }
            for panel in kind.panels
        ],
        "remarks": remarks(figures, lang),
    }
