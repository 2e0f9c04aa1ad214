"""Finding a request by its number and tracking code; what else came of the same submission."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.privacy.fields import normalised
from gongkai.requests.models import Request
from gongkai.requests.numbering import code_fits

NOBODYS = "0" * 64
"""What a code is compared with where there is no such number, so that the answer takes as long."""


def find(number: str, code: str) -> Request | None:
    """The request of that number, where the code opens it; however both were typed. One query.

    The code told at submission opens all that came of it; one renewed by an agency opens what that agency has of it.
    """
    plain = normalised(number)
    found = Request.objects.select_related("agency", "applicant", "submission").filter(number=plain).first()
    key, stored = (found.submission.key, found.tracking) if found else (plain, NOBODYS)
    return found if code_fits(key, plain_code(code), stored or NOBODYS) else None


def family(request: Request) -> QuerySet[Request]:
    """All requests of the same submission, this one among them, in order."""
    return Request.objects.filter(submission_id=request.submission_id).select_related("agency").order_by("part")


def plain_code(code: str) -> str:
    """A code as it is compared, however it was typed."""
    return normalised(code).replace("-", "")
