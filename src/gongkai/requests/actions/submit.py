"""提交、登记申请: what an applicant submits online, or an officer registers for him, becomes a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import APPLICANT
from gongkai.agencies.calendars import calendar_of
from gongkai.agencies.refusals import NotAllowed, NotLawfulNow, Refused
from gongkai.law.errors import LawError
from gongkai.requests import deriving, log
from gongkai.requests.actions.checking import found
from gongkai.requests.actions.filing import Filing
from gongkai.requests.models import Event, Request, Submission
from gongkai.requests.numbering import code_digest, new_code, request_number


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that is wanted."""

    title: str
    wanted: str
    document_number: str = ""
    purpose: str = ""
    form: str = Request.Form.ELECTRONIC
    way: str = Request.Way.ONLINE
    needs_help: bool = False


@dataclass(frozen=True, slots=True)
class Filed:
    """What came of it: the requests, and the code with which the applicant follows them; the code is empty where the
    form had been sent before."""

    requests: tuple[Request, ...]
    code: str


@dataclass(kw_only=True)
class Submit(Filing[Filed]):
    """A submission to an agency on ``day``: who, what (one wish or several), by which channel.

    By an applicant the channel is ``online``; an officer registers any other. ``submitted`` is the day on which the
    applicant sent it, where that is known and was before ``day``.
    """

    called: ClassVar[str] = "request.submit"

    wishes: tuple[Wish, ...]
    channel: str
    submitted: date | None = None
    confirmed: date | None = None
    written_down: bool = False

    def earlier(self) -> Filed | None:
        first = Submission.objects.filter(key=self.key).first() if self.key is not None else None
        if first is None:
            return None
        requests = tuple(first.requests.order_by("part"))
        found(requests if requests[0].agency_id == self.agency.pk else None, "")
        return Filed(requests, "")

    def permit(self) -> None:
        super().permit()
        if self.actor.kind == APPLICANT and self.channel != Request.Channel.ONLINE:
            raise NotAllowed(_("其他渠道的申请由行政机关工作人员登记。"))

    def check(self) -> None:
        if not self.wishes:
            raise Refused(_("请写明所需的政府信息。"), "wanted")
        if self.submitted is not None and self.submitted > self.day:
            raise Refused(_("提交日期不能晚于到达日期。"), "submitted")

    def store(self, now: datetime) -> Filed:
        submission = Submission.objects.create(moment=now, **({"key": self.key} if self.key else {}))
        code = new_code()
        made = [self._one(wish, part, submission, code, now) for part, wish in enumerate(self.wishes, start=1)]
        return Filed(tuple(made), code)

    def _one(self, wish: Wish, part: int, submission: Submission, code: str, now: datetime) -> Request:
        request = Request.objects.create(
            agency=self.agency,
            number=request_number(self.agency, self.day),
            submission=submission,
            part=part,
            channel=self.channel,
            applicant=self.applicant,
            title=wish.title,
            document_number=wish.document_number,
            wanted=wish.wanted,
            purpose=wish.purpose,
            form=wish.form,
            way=wish.way,
            needs_help=wish.needs_help,
            written_down_by=self.actor.staff if self.written_down else None,
            tracking=code_digest(submission.key, code),
            handler=self.actor.staff,
        )
        events = [self._event(request, name, day, now) for name, day in self._happened()]
        log.enter(request, events)
        try:
            derived = deriving.derive(self.channel, events, calendar_of(self.agency.region))
        except LawError as error:
            raise NotLawfulNow(error) from error
        changed = deriving.apply(request, derived)
        request.save(update_fields=changed or ["version"])
        return request

    def _happened(self) -> list[tuple[str, date]]:
        """The events of receipt, in order: submitted, arrived, and confirmed where that is known already."""
        happened: list[tuple[str, date]] = [("submitted", self.submitted or self.day)]
        if self.channel != Request.Channel.IN_PERSON:
            happened.append(("arrived", self.day))
        if self.confirmed is not None:
            happened.append(("confirmed", self.confirmed))
        return happened

    def _event(self, request: Request, name: str, day: date, now: datetime) -> Event:
        details: dict[str, Any] = {"written_down": self.written_down} if name == "submitted" else {}
        return log.event(request, name, day, self.actor, now, details)
