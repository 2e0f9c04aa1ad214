"""The first page: what one can do here, and which agencies take requests."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.requests.selectors.accepting import with_guides


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What people come for, then the agencies."""
    return render(request, "public/home.html", {"agencies": with_guides(timezone.localdate())})


@require_safe
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """How an agency is reached, by its guide."""
    agency = with_guides(timezone.localdate()).filter(code=code).first()
    if agency is None:
        raise Http404
    return render(request, "public/guide.html", {"agency": agency, "guide": next(iter(agency.current_guides), None)})
