"""How a request comes in: by its channel, up to the day of receipt (《条例》第三十一条)."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.demo.district.telling import BY_APPLICANT, Telling
from gongkai.requests.models import Request

AT_ONCE = frozenset({Request.Channel.IN_PERSON, Request.Channel.REGISTERED_MAIL})
"""Received with the submission, or when it is signed for; the others are confirmed with the applicant."""
MAIL_DAYS = 2
SAME_DAY = 0.7
"""How many of those to be confirmed are confirmed on the day they come."""


def arrive(told: Telling, day: date) -> None:
    """The request is submitted and reaches the agency on that day."""
    channel = told.request.channel
    posted = channel in (Request.Channel.REGISTERED_MAIL, Request.Channel.ORDINARY_MAIL)
    told.day = day
    by = BY_APPLICANT if channel == Request.Channel.ONLINE else None
    made_out = {"written_down": True} if told.request.written_down_by_id else {}
    told.do("submitted", by, **made_out)
    if posted:
        told.events[-1].day = day - timedelta(days=MAIL_DAYS)
    if channel != Request.Channel.IN_PERSON:
        told.do("arrived", by)


def confirm(told: Telling, *, at_once: bool = False) -> None:
    """Both sides confirm it, where the channel wants that: on the same day mostly, else on the next working day."""
    if told.request.channel in AT_ONCE:
        return
    by_letter = told.request.channel == Request.Channel.ORDINARY_MAIL
    same_day = at_once or by_letter or told.dice.random() < SAME_DAY
    if not (same_day and told.calendar.is_working(told.day)):
        told.go(1)
    told.do("confirmed", how="电话")


def assign(told: Telling) -> None:
    """The head of the lead office gives it to an officer."""
    assert told.officer.staff is not None
    told.do("assigned", told.desk.head, to=told.officer.staff.pk)
