"""What a line of a list is made of: no more of a person is read, and decrypted, than the line shows."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from gongkai.requests.models import Event, Request

BESIDE = ("agency", "applicant", "handler")
"""What is fetched beside a request."""
LINE = (
    "number",
    "title",
    "channel",
    "version",
    "state",
    "received",
    "due",
    "provisional",
    "waits_until",
    "arrived",
    "outcome",
    "answered",
    "closed",
    "stage",
    "extension_proposed",
    "is_open",
    "agency__short_name",
    "agency__region",
    "applicant__kind",
    "applicant__name",
    "handler__name",
    "handler__username",
)
"""The columns of a line."""


def lines() -> QuerySet[Request]:
    """Requests as lists show them, with the events from which their clock is told."""
    events = Event.objects.only("request", "name", "day", "details").order_by("request", "id")
    return Request.objects.select_related(*BESIDE).only(*LINE).prefetch_related(Prefetch("events", events))
