"""What counts as a try when tries are counted, and when there were too many."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

from gongkai.agencies.models import SignIn, Staff
from gongkai.pages.address import client_address, network_of
from gongkai.privacy.fields import blind

KNOWN_FOR = timedelta(days=90)
"""For so long after he signed in from a network it counts as one of his."""


def counted_from(request: HttpRequest) -> str | None:
    """Where a try came from, as tries are counted: of IPv6 the subscriber's network, from which one picks addresses."""
    return network_of(client_address(request)) or None


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """For which name a try counts: that of an account as it is; any other as a keyed digest, for it may be a password
    in the wrong field."""
    given = str((credentials or {}).get("username") or "")
    if not given or Staff.objects.filter(username=given).exists():
        return given or None
    return blind(given)


def is_counted_elsewhere(request: HttpRequest, credentials: dict[str, Any] | None) -> bool:
    """Whether nobody's name was given here: such a try came through the provider, which counts its own. Counting it by
    address would lock out everybody who shares that address."""
    return not (credentials or {}).get("username")


class Tries(AxesDatabaseHandler):
    """As axes counts: the tries for a name from one network. And for a name from all networks together: guesses spread
    over many come to an end too. That end is for networks from which the person has not signed in of late: strangers
    cannot lock somebody out where he works."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        return super().is_locked(request, credentials) or self.is_guessed_from_everywhere(request, credentials)

    def is_guessed_from_everywhere(self, request: HttpRequest, credentials: dict[str, Any] | None) -> bool:
        """Whether there were too many tries for the name, and this network is none of his. Noted for the page."""
        name = counted_name(request, credentials)
        if name is None:
            return False
        lately = AccessAttempt.objects.filter(username=name, attempt_time__gte=get_cool_off_threshold(request))
        tries = lately.aggregate(tries=Sum("failures_since_start"))["tries"] or 0
        found = tries >= settings.GONGKAI_TRIES_OF_NAME and not _is_his(name, counted_from(request))
        request.guessed_from_everywhere = found  # type: ignore[attr-defined]
        return found


def _is_his(name: str, network: str | None) -> bool:
    """Whether he signed in from that network of late."""
    since = timezone.now() - KNOWN_FOR
    addresses = SignIn.objects.filter(staff__username=name, began_at__gt=since).values_list("address", flat=True)
    return network in {network_of(address) for address in addresses.distinct().order_by("address")}
