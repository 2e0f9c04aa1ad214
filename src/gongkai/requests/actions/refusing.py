"""What was refused is told to the platform's log, also where the refusal undoes the transaction it was told in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Refused
from gongkai.audit.writing import record


def log(refused: Refused, action: str, actor: Actor, subject: str, now: datetime) -> None:
    """Tells the platform's log of it, and notes at the refusal what was told."""
    refused.logged = {
        "action": action,
        "now": now,
        "staff": actor.staff_id,
        "subject": subject,
        "result": "refused",
        "address": actor.address,
        "why": type(refused).__name__,
    }
    record(**refused.logged)


@contextmanager
def whole() -> Iterator[None]:
    """One transaction for an action and what belongs to it, such as its files. Where a refusal undoes it all, the log's
    entry of the refusal is undone with it, and therefore told again. Raises what is raised within."""
    try:
        with transaction.atomic():
            yield
    except Refused as refused:
        if refused.logged is not None:
            record(**refused.logged)
        raise
