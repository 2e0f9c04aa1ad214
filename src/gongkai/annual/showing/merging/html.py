"""A merge as one page: the form as printed, each figure opening the agencies' figures that make it up."""

from __future__ import annotations

from gongkai.annual.merging import Merged
from gongkai.annual.showing.cleaning import clean
from gongkai.annual.showing.html import helpers
from gongkai.annual.showing.merging.view import MergedView
from gongkai.annual.showing.paging import pieces, render


def html(merged: Merged, lang: str = "zh") -> str:
    """The page, complete and self-contained, in that language. It needs no script: figures open as ``<details>``."""
    view = MergedView(merged, lang)
    headline = clean(view.headline)
    return render(
        "merged.html",
        headline,
        lang,
        sheets=("merged.css",),
        headline=pieces(headline),
        merging=view,
        view=view.whole,
        **helpers((view.whole,), lang),
    )
