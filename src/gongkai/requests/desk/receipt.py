"""登记回执: number, day of receipt, channel, contact, tracking code; told to the applicant, on paper or aloud."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gongkai.agencies.models import Guide, Role
from gongkai.agencies.refusals import NotAllowed
from gongkai.requests.actions.renew_code import RenewCode
from gongkai.requests.desk.acting import moment, today
from gongkai.requests.desk.cases import case_of
from gongkai.requests.models import Request


def receipt(http: HttpRequest, requests: Sequence[Request], code: str, may_renew: bool = True) -> HttpResponse:
    """The page to print. ``code`` is shown this once; empty where it was shown before: then it is told whether this
    person ``may_renew`` it."""
    first = requests[0]
    guide = Guide.objects.filter(agency=first.agency_id).on(today()).first()
    shown = {"requests": requests, "first": first, "code": code, "guide": guide, "today": today()}
    shown["may_renew"] = may_renew
    return render(http, "desk/request/receipt.html", shown)


@require_http_methods(["GET", "POST"])
def request_receipt(http: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of a request once more; by POST with a new tracking code, and the old one no longer opens it."""
    actor, request = case_of(http, pk)
    try:
        code = RenewCode(request=request, actor=actor).run(moment()) if http.method == "POST" else ""
    except NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused
    return receipt(http, [request], code, may_renew=actor.has(Role.OFFICER, request.agency_id))
