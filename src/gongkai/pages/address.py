"""Where a request came from, for the log and for lock-outs."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The client's address: what our own proxy says where there is one (the last entry of X-Forwarded-For, which no
    client can forge), else the other end of the connection. None where it is no address."""
    given = request.META.get("REMOTE_ADDR", "")
    if settings.GONGKAI_BEHIND_PROXY:
        given = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or given
    try:
        return str(ip_address(given))
    except ValueError:
        return None
