"""A paper on its way to a browser: as a file to be saved, never as a page of this site."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from gongkai.requests.models import Paper
from gongkai.requests.papers.storing import open_paper


def served(paper: Paper) -> HttpResponse:
    """The paper with safe headers: saved and not shown, no guessing of types, no scripts, no copy left behind. Raises
    what ``open_paper`` raises."""
    response = HttpResponse(open_paper(paper), content_type=paper.media_type)
    response["Content-Disposition"] = content_disposition_header(True, paper.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
