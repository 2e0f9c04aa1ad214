"""How often the same may be tried from one network: enough for people and libraries, too little for machines.

It is counted in the platform's log, the same for all processes.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from gongkai.audit.models import Entry
from gongkai.audit.writing import record
from gongkai.pages.address import network_of
from gongkai.privacy.fields import normalised

FILED = "public.filed"
"""The line of the platform's log by which submissions from an address are counted."""
UPLOADED = "public.uploaded"
"""The line by which forms with files from an address are counted."""
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


def uploads(address: str | None, now: datetime) -> int:
    """Counts a form with files from this address; after how many seconds it may send files again; 0: now."""
    network = network_of(address)
    count = Entry.objects.filter(action=UPLOADED, moment__gt=now - HOUR, details__network=network).count()
    if count >= settings.GONGKAI_UPLOADS_PER_HOUR:
        return int(HOUR.total_seconds())
    record(UPLOADED, now=now, address=address, network=network)
    return 0
