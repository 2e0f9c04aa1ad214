"""A comparison as one page: the form with both figures in each cell, or years in columns; the texts side by side."""

from __future__ import annotations

from gongkai.annual.comparing import Comparison
from gongkai.annual.form.layout import sheet_of
from gongkai.annual.showing.cleaning import clean
from gongkai.annual.showing.comparing.view import CompareView
from gongkai.annual.showing.html import helpers
from gongkai.annual.showing.paging import pieces, render


def html(compared: Comparison, lang: str = "zh") -> str:
    """The page, complete and self-contained, in that language."""
    view = CompareView(compared, lang)
    headline = clean(view.headline)
    return render(
        "compared.html",
        headline,
        lang,
        sheets=("compared.css",),
        headline=pieces(headline),
        comparing=view,
        compared=compared,
        sheet_of=sheet_of,
        **{**helpers((), lang), "say": view.say},
    )
