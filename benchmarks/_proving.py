"""After a benchmark that writes: whether all that was acknowledged is there, and every record what it must be."""

from __future__ import annotations


def lost(numbers: list[str]) -> int:
    """How many of these requests are not there, or not with their log."""
    from gongkai.requests.models import Request

    there = set(Request.objects.filter(events__name="submitted").values_list("number", flat=True))
    return len(set(numbers) - there) + (len(numbers) - len(set(numbers)))


def broken() -> int:
    """How many chains do not prove themselves, and how many columns are not what the logs come to."""
    from django.utils import timezone

    from gongkai.audit.verifying import verify
    from gongkai.requests.rebuilding import rebuild

    chains = sum(verdict.broken is not None for verdict in verify())
    return chains + sum(1 for _ in rebuild(timezone.localdate(), write=False))
