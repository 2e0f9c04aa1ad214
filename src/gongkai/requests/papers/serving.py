"""A paper on its way to a browser: as a file to be saved, never as a page of this site."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from gongkai.requests.models import Paper
from gongkai.requests.papers.storing import open_paper

SHOWN_IN_PLACE = frozenset({"application/pdf", "image/jpeg", "image/png"})
"""What a browser may show by itself, shut off from the site by a policy of its own."""


def served(paper: Paper, *, inline: bool = False) -> HttpResponse:
    """The paper with safe headers: no guessing of types, no scripts, no copy left behind. ``inline`` shows PDF and
    pictures in the browser. Raises what ``open_paper`` raises."""
    shown = inline and paper.media_type in SHOWN_IN_PLACE
    response = HttpResponse(open_paper(paper), content_type=paper.media_type)
    response["Content-Disposition"] = content_disposition_header(not shown, paper.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
