"""How often the same may be tried from one network: enough for people and libraries, too little for machines.

What is in the platform's log is counted there, the same for all processes; the rest in the cache.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache

from gongkai.audit.models import Entry
from gongkai.audit.writing import record
from gongkai.pages.address import network_of
from gongkai.privacy.fields import normalised

FILED = "public.filed"
"""The line of the platform's log by which submissions from an address are counted."""
HOUR = timedelta(hours=1)
TRIES = timedelta(minutes=15)
TRACKING = "public.tracking"
"""The line of the platform's log for a number and code that did not fit."""


def filings(address: str | None, now: datetime) -> int:
    """After how many seconds a further request may be filed from this address; 0: now."""
    count = Entry.objects.filter(action=FILED, moment__gt=now - HOUR, details__network=network_of(address)).count()
    return 0 if count < settings.GONGKAI_FILINGS_PER_HOUR else int(HOUR.total_seconds())


def count_filing(address: str | None, subject: str, now: datetime) -> None:
    """Counts what was filed from this address."""
    record(FILED, now=now, subject=subject, address=address, network=network_of(address))


def count_try(address: str | None, number: str, now: datetime) -> None:
    """Counts a number and code that did not fit."""
    network = network_of(address)
    record(TRACKING, now=now, subject=subject_of(number), result="failed", address=address, network=network)


def tries(address: str | None, number: str, now: datetime) -> int:
    """After how many seconds a number and code may be tried again from this address, and for this number from
    anywhere; 0: now."""
    failed = Entry.objects.filter(action=TRACKING, result="failed", moment__gt=now - TRIES)
    if failed.filter(details__network=network_of(address)).count() >= settings.GONGKAI_WRONG_CODES:
        return int(TRIES.total_seconds())
    if failed.filter(subject=subject_of(number)).count() >= settings.GONGKAI_WRONG_CODES_OF_NUMBER:
        return int(TRIES.total_seconds())
    return 0


def subject_of(number: str) -> str:
    """A number that somebody typed, as the log has it: the same however it was typed, for tries are counted by it."""
    return f"number:{normalised(number)[:40]}"


def uploads(address: str | None) -> int:
    """Counts an upload from this address; after how many seconds it may upload again; 0: now."""
    key = f"public.uploads.{network_of(address)}"
    cache.add(key, 0, int(HOUR.total_seconds()))
    try:
        count = cache.incr(key)
    except ValueError:  # it ran out between the two
        return 0
    return 0 if count <= settings.GONGKAI_UPLOADS_PER_HOUR else int(HOUR.total_seconds())
