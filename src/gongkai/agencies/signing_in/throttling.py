"""What counts as a try when tries are counted."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gongkai.pages.address import client_address, network_of


def counted_from(request: HttpRequest) -> str | None:
    """Where a try came from, as tries are counted: of IPv6 the subscriber's network, from which one picks addresses."""
    return network_of(client_address(request)) or None


def is_counted_elsewhere(request: HttpRequest, credentials: dict[str, Any] | None) -> bool:
    """Whether nobody's name was given here: such a try came through the provider, which counts its own. Counting it by
    address would lock out everybody who shares that address."""
    return not (credentials or {}).get("username")
