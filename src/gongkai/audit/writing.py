"""Writing the log of the platform: one line where something matters, from anywhere above."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongkai.audit.models import Entry, append

PLATFORM = "platform"
"""The chain of the platform's own log; a request's events have their agency's chain."""
LONGEST_SUBJECT = 100
"""So many characters the column of an entry's subject holds."""


def record(
    action: str,
    *,
    now: datetime,
    staff: int | None = None,
    subject: str = "",
    result: str = "done",
    address: str | None = None,
    **details: Any,
) -> Entry:
    """One entry. ``action`` as in words of audit/actions.py, ``result`` done, refused or failed; no personal data in
    ``details``, for the log outlives the erasure of a person's."""
    entry = Entry(
        moment=now,
        staff_id=staff,
        action=action,
        subject=storable(subject),
        result=result,
        address=address,
        details=details,
    )
    return append(PLATFORM, [entry])[0]


def storable(subject: str) -> str:
    """The subject as every database takes it. Part of it may come from an address that somebody made up, and what he
    tried must be told all the same."""
    return subject.replace("\0", "")[:LONGEST_SUBJECT]
