"""Whoever asks for a page of the desk that is not for him leaves an entry in the log."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gongkai.agencies.models import Staff
from gongkai.audit.writing import record
from gongkai.pages.address import client_address

REFUSED = (403, 404)
DESK = "/desk/"
UNKNOWN = "default"
"""The name of Wagtail's view for an address that there is not: a slip of the pen, no refusal."""


class LogRefusals:
    """Records what a view of the desk refused to somebody who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in REFUSED and request.path.startswith(DESK) and isinstance(request.user, Staff):
            match = request.resolver_match
            if match is not None and getattr(match.func, "__name__", "") != UNKNOWN:
                record(
                    "access.refused",
                    now=timezone.now(),
                    staff=request.user.pk,
                    subject=request.path,
                    result="refused",
                    address=client_address(request),
                    status=response.status_code,
                )
        return response
