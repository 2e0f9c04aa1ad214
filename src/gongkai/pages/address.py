"""Where a request came from, for the log and for lock-outs."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

ONE_SUBSCRIBER = 64
"""So many bits of an IPv6 address are a subscriber's; the others he chooses as he likes (RFC 6177)."""


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


def network_of(address: str | None) -> str:
    """Where tries are counted together: the address, or of an IPv6 address its subscriber's network; empty for None."""
    if address is None:
        return ""
    given = ip_address(address)
    if not isinstance(given, IPv4Address):
        if given.ipv4_mapped is None:
            return str(ip_network((given, ONE_SUBSCRIBER), strict=False).network_address)
        given = given.ipv4_mapped
    return str(given)


def leads_here(request: HttpRequest, given: str) -> bool:
    """Whether an address that a form or another address gave leads to a page of this site, written from its root: a
    mere word would be taken for the name of a view."""
    here = {request.get_host()}
    return given.startswith("/") and url_has_allowed_host_and_scheme(given, here, require_https=request.is_secure())
