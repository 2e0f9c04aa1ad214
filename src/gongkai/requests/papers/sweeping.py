"""What nobody needs any more goes: files of forms that were never sent, and files whose transaction was cut off."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction

from gongkai.requests.models import Paper
from gongkai.requests.papers.storing import discard

UNSENT = timedelta(hours=25)
"""An hour longer than a form waits to be sent."""
EACH = 3600
"""Seconds from one sweep to the next, where the pages themselves sweep."""


def sweep(now: datetime) -> int:
    """Removes the papers of forms that were never sent, and files that no row names; gives how many."""
    old = Paper.objects.filter(request=None, correction=None, uploaded_at__lt=now - UNSENT)
    with transaction.atomic():
        # Held, and those left that somebody holds: his form is being sent at this moment.
        papers = list(
            old.select_for_update(of=("self",), skip_locked=connection.features.has_select_for_update_skip_locked)
        )
        for paper in papers:
            discard(paper)
    return len(papers) + sum(_stray(path, now) for path in Path(settings.GONGKAI_PAPERS).glob("??/*.new"))


def _stray(path: Path, now: datetime) -> bool:
    """Removes a file that was written and never took its place, where it is old and belongs to no paper."""
    try:
        if path.stat().st_mtime > (now - UNSENT).timestamp() or Paper.objects.filter(key=UUID(path.stem)).exists():
            return False
    except (OSError, ValueError):
        return False
    path.unlink(missing_ok=True)
    return True


def sweep_sometimes(now: datetime) -> None:
    """Sweeps once an hour, whoever comes by."""
    if cache.add("papers.swept", 1, EACH):
        sweep(now)
