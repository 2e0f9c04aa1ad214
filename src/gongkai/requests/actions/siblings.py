"""A further request out of one that exists, of the same submission: after a split, or for another agency."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from gongkai.agencies.actors import Actor
from gongkai.agencies.calendars import calendar_of
from gongkai.agencies.models import Agency
from gongkai.requests import deriving, log
from gongkai.requests.actions.submit import Wish
from gongkai.requests.models import Request, Submission
from gongkai.requests.numbering import request_number

Happened = tuple[str, date, dict[str, Any]]
"""An event to enter: name, day, details."""


def hold_submission(of: Request) -> Submission:
    """Holds the submission until the transaction ends: one at a time adds to it or gives it a new code. Before any of
    its requests is held: in two orders two people would wait for each other. Rows may name it meanwhile."""
    return Submission.objects.select_for_update(no_key=True).get(pk=of.submission_id)


def open_sibling(
    of: Request,
    agency: Agency,
    channel: str,
    wish: Wish,
    happened: Iterable[Happened],
    actor: Actor,
    now: datetime,
    day: date,
) -> Request:
    """Makes it and enters what happened, in a transaction that holds the submission. The tracking code that opens the
    first opens it too."""
    parts = of.submission.requests.aggregate(last=Max("part"))["last"]
    made = Request.objects.create(
        agency=agency,
        number=request_number(agency, day),
        submission=of.submission,
        part=parts + 1,
        channel=channel,
        applicant=of.applicant,
        title=wish.title,
        document_number=wish.document_number,
        wanted=wish.wanted,
        purpose=wish.purpose or of.purpose,
        form=of.form,
        way=of.way,
        needs_help=of.needs_help,
        written_down_by=of.written_down_by,
        tracking=of.tracking,
        handler=of.handler if agency.pk == of.agency_id else None,
        transferred_from=of if agency.pk != of.agency_id else None,
    )
    events = [log.event(made, name, on, actor, now, details) for name, on, details in happened]
    log.enter(made, events)
    changed = deriving.apply(made, deriving.derive(channel, events, calendar_of(agency.region)))
    made.save(update_fields=changed or ["version"])
    return made
