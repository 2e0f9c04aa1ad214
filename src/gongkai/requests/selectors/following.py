"""Finding a request by its number and tracking code. The code of a submission opens all requests that came of it."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.requests.models import Request
from gongkai.requests.numbering import code_fits

NOBODY = "0" * 64
"""Compared with where there is no such number, so that the answer takes as long."""


def find(number: str, code: str) -> Request | None:
    """The request of that number, if the code is that of its submission: its own, or that of the request from which it
    was split or passed on. Two queries."""
    found = Request.objects.select_related("agency", "applicant").filter(number=number.strip().upper()).first()
    if found is None:
        code_fits(number, code, NOBODY)
        return None
    given = family(found).exclude(tracking="").values_list("number", "tracking")
    return found if any(code_fits(of, code, tracking) for of, tracking in given) else None


def family(request: Request) -> QuerySet[Request]:
    """All requests of the same submission, this one among them, in order."""
    return Request.objects.filter(submission_id=request.submission_id).order_by("part")
