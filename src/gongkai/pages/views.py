"""Switching large print on and off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from gongkai.pages.context import LARGE_PRINT

YEAR = 365 * 24 * 3600


@require_POST
def large_print(request: HttpRequest) -> HttpResponse:
    """Turns large print on or off and goes back to the page, on this site only."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    response.set_cookie(LARGE_PRINT, request.POST.get("on", "0"), max_age=YEAR, samesite="Lax", httponly=True)
    return response
