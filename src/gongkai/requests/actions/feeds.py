"""开通、停用日历订阅: a person's secret address for his calendar. What he had before no longer works."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.agencies.actors import Actor
from gongkai.audit.writing import record
from gongkai.requests.models.feed import Feed, digest_of


@transaction.atomic
def open_feed(actor: Actor, now: datetime) -> str:
    """The token of a new feed, to be shown once. It is logged."""
    token = Feed.new_token()
    Feed.objects.update_or_create(staff=actor.staff, defaults={"digest": digest_of(token), "made_at": now})
    record("feed.opened", now=now, staff=actor.staff_id, address=actor.address)
    return token


@transaction.atomic
def close_feed(actor: Actor, now: datetime) -> None:
    """Revokes the person's feed; logged where there was one."""
    gone, _each = Feed.objects.filter(staff=actor.staff).delete()
    if gone:
        record("feed.closed", now=now, staff=actor.staff_id, address=actor.address)
