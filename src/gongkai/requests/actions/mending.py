"""Mending an entry of the log by further entries, and the rows made from it: the log itself is never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from gongkai.requests.actions.base import Action
from gongkai.requests.models import Consultation, Delivery, Event, FeeNotice, Inquiry, Supplement


@dataclass(frozen=True, slots=True)
class Row:
    """Where the day of an entry stands a second time: the row that its details name under ``key``, and the column.
    ``made``: the entry made the row, so that without the one there is not the other."""

    model: type[models.Model]
    key: str
    column: str
    made: bool = False


ROWS = {
    "supplement_asked": Row(Supplement, "supplement", "asked", made=True),
    "supplement_received": Row(Supplement, "supplement", "received"),
    "reasons_asked": Row(Inquiry, "inquiry", "asked", made=True),
    "reasons_given": Row(Inquiry, "inquiry", "given"),
    "third_party_asked": Row(Consultation, "who", "sent", made=True),
    "third_party_answered": Row(Consultation, "who", "answered"),
    "agency_asked": Row(Consultation, "who", "sent", made=True),
    "agency_answered": Row(Consultation, "who", "answered"),
    "fee_notified": Row(FeeNotice, "fee", "notified", made=True),
    "fee_paid": Row(FeeNotice, "fee", "paid"),
    "dispatched": Row(Delivery, "delivery", "dispatched"),
    "delivered": Row(Delivery, "delivery", "delivered"),
}


def mend(action: Action, entry: Event, now: date | None, **changes: Any) -> None:
    """Puts the day of an entry right (None: it did not happen), or its details.

    The law's log names an entry by its name and day. Where two have both in common, or details change, all of them are
    mended away and entered anew.
    """
    was = next(day for event, day in action.file.held if event.pk == entry.pk)
    twins = [event for event, day in action.file.held if (event.name, day) == (entry.name, was)]
    why = changes.pop("why", None)
    if len(twins) == 1 and not changes:
        action.enter("corrected", action.today, entry=entry.name, was=was, now=now, note=why)
    else:
        for twin in twins:
            action.enter("corrected", action.today, entry=entry.name, was=was, note=why if twin == entry else None)
        for twin in twins:
            if twin != entry:
                action.enter(twin.name, was, **{**twin.details, "mends": twin.pk})
            elif now is not None:
                action.enter(twin.name, now, **{**twin.details, **changes, "mends": twin.pk})
    _row(entry, now, changes)


def _row(entry: Event, now: date | None, changes: dict[str, Any]) -> None:
    """The row follows the log."""
    row = ROWS.get(entry.name)
    if row is None or row.key not in entry.details:
        return
    rows = row.model._default_manager.filter(pk=entry.details[row.key], request_id=entry.request_id)
    if now is None and row.made:
        rows.delete()
    else:
        rows.update(**{row.column: now}, **{key: changes[key] for key in ("delivered",) if key in changes})
    if now is None and row.column == "answered":
        rows.update(answer="", reasons="", reasonable=None)
