"""What Wagtail brings and nobody here must reach: its own accounts, groups, password mails and reports; and its pages,
pictures and documents, as long as no room of ours makes use of them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import re_path

CLOSED = (
    "users", "groups", "bulk", "password_reset", "collections", "workflows", "reports", "api", "failwhale", "test404",
    "pages", "images", "documents", "tag-autocomplete", "editing-sessions", "dismissibles",
    "choose-page", "choose-external-link", "choose-email-link", "choose-phone-link", "choose-anchor-link",
)  # fmt: skip
"""Under /desk/. Accounts and rights are given by the acts of ``agencies.actions`` and by nothing else."""


def closed(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Not here."""
    raise Http404


urlpatterns = [re_path(rf"^(?:{'|'.join(CLOSED)})/", closed)]
