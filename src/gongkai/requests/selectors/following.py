"""Finding a request by its number and tracking code. The code of a submission opens all requests that came of it."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.privacy.fields import normalised
from gongkai.requests.models import Request
from gongkai.requests.numbering import code_fits

NOBODYS = "0" * 64
"""What a code is compared with where there is no such number, so that the answer takes as long."""


def find(number: str, code: str) -> Request | None:
    """The request of that number, where the code opens it; however both were typed. Two queries at most."""
    plain = normalised(number)
    found = Request.objects.select_related("agency", "applicant").filter(number=plain).first()
    if found is None:
        code_fits(plain, plain_code(code), NOBODYS)
        return None
    return found if opens(found, code) else None


def opens(request: Request, code: str) -> bool:
    """Whether the code is that of the request's submission: its own, or that of the request from which it was split or
    passed on; those have none of their own. One query."""
    given = family(request).exclude(tracking="").values_list("number", "tracking")
    return any(code_fits(number, plain_code(code), tracking) for number, tracking in given)


def family(request: Request) -> QuerySet[Request]:
    """All requests of the same submission, this one among them, in order."""
    return Request.objects.filter(submission_id=request.submission_id).select_related("agency").order_by("part")


def plain_code(code: str) -> str:
    """A code as it is compared, however it was typed."""
    return normalised(code).replace("-", "")
