"""提交、登记申请: what an applicant submits online, or an officer registers for him, becomes a request."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import APPLICANT, Actor
from gongkai.agencies.calendars import calendar_of
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.refusals import NotAllowed, NotLawfulNow, Refused
from gongkai.law.errors import LawError
from gongkai.requests import deriving, log
from gongkai.requests.actions import refusing
from gongkai.requests.actions.checking import found
from gongkai.requests.models import Applicant, Event, Request, Submission
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
class Submit:
    """A submission to an agency on ``day``: who, what (one wish or several), by which channel.

    By an applicant the channel is ``online``; an officer registers any other. ``submitted`` is the day on which the
    applicant sent it, where that is known and was before ``day``.
    """

    agency: Agency
    applicant: Applicant
    wishes: tuple[Wish, ...]
    channel: str
    actor: Actor
    day: date
    submitted: date | None = None
    confirmed: date | None = None
    written_down: bool = False
    key: UUID | None = None
    _events: list[Event] = field(default_factory=list, init=False, repr=False)

    def run(self, now: datetime) -> Filed:
        """Does it. Raises NotAllowed, NotLawfulNow, Refused: then nothing is stored; what was not allowed is in the
        platform's log."""
        try:
            with transaction.atomic():
                return self._run(now)
        except NotAllowed as refused:
            refusing.log(refused, "request.submit", self.actor, f"agency:{self.agency.pk}", now)
            raise
        except IntegrityError:
            earlier = self._earlier()  # the same form, sent a second time while the first was being stored
            if earlier is None:
                raise
            return earlier

    def _earlier(self) -> Filed | None:
        """What the same form brought when it was sent before; None where it was not. Raises Refused where the form's
        key is that of a submission to another agency."""
        first = Submission.objects.filter(key=self.key).first() if self.key is not None else None
        if first is None:
            return None
        requests = tuple(first.requests.order_by("part"))
        found(requests if requests[0].agency_id == self.agency.pk else None, "")
        return Filed(requests, "")

    def _run(self, now: datetime) -> Filed:
        earlier = self._earlier()
        if earlier is not None:
            return earlier
        self.check(now)
        submission = Submission.objects.create(moment=now, **({"key": self.key} if self.key else {}))
        self.applicant.save()
        code = new_code()
        made = [self._one(wish, part, submission, code, now) for part, wish in enumerate(self.wishes, start=1)]
        return Filed(tuple(made), code)

    def check(self, now: datetime) -> None:
        """Refuses what is wrong in itself."""
        if self.actor.kind == APPLICANT:
            if self.channel != Request.Channel.ONLINE:
                raise NotAllowed(_("其他渠道的申请由行政机关工作人员登记。"))
        elif self.actor.kind == "staff" and not self.actor.has(Role.OFFICER, self.agency.pk):
            raise NotAllowed(_("需要由本机关的经办人登记。"))
        if not self.wishes:
            raise Refused(_("请写明所需的政府信息。"), "wanted")
        if self.day > timezone.localdate(now):
            raise Refused(_("日期不能晚于今天。"), "day")
        if self.submitted is not None and self.submitted > self.day:
            raise Refused(_("提交日期不能晚于到达日期。"), "submitted")
        if not self.agency.exists_on(self.day):
            raise Refused(_("该机关在这一天不存在或者已经撤销，请选择承继其职能的机关。"), "agency")

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
