"""Switching large print on and off, and the pages that say in plain words what went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_POST, require_safe

from gongkai.pages.address import leads_here
from gongkai.pages.context import LARGE_PRINT

YEAR = 365 * 24 * 3600
MINUTE = 60


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Where a browser looks for the icon of its own accord."""
    return HttpResponseRedirect(static("pages/icon.svg"))


@require_POST
def large_print(request: HttpRequest) -> HttpResponse:
    """Turns large print on or off and goes back to the page, on this site only."""
    back = request.POST.get("next", "/")
    if not leads_here(request, back):
        back = "/"
    response = HttpResponseRedirect(back)
    on = "1" if request.POST.get("on") == "1" else "0"
    response.set_cookie(LARGE_PRINT, on, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return response


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page has expired, or the browser keeps no cookies."""
    return render(request, "403_csrf.html", status=403)


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """429: says after how many minutes to try again, and which ways stay open."""
    minutes = max(1, -(-seconds // MINUTE))
    response = render(request, "429.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(seconds)
    return response
