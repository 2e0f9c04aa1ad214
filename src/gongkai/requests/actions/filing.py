"""What is common to all that comes in at an agency: who may bring it, on which day, and that a form counts once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Generic, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.agencies import calendars
from gongkai.agencies.actors import APPLICANT, Actor
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.refusals import NotAllowed, Refused
from gongkai.requests.actions import refusing
from gongkai.requests.models import Applicant

NO_REQUESTS = _("公共企事业单位的信息公开依照有关主管部门的规定办理（《条例》第五十五条），不适用这里的程序。")
F = TypeVar("F")
"""What comes of it."""


@dataclass(kw_only=True)
class Filing(ABC, Generic[F]):
    """Something that comes in at ``agency`` on ``day``, from the person himself or registered by an officer for him.

    ``key`` is the form's: sent twice it counts once. Of the class: ``called`` is its line in the platform's log.
    """

    called: ClassVar[str]

    agency: Agency
    applicant: Applicant
    actor: Actor
    day: date
    key: UUID | None = None

    def run(self, now: datetime) -> F:
        """Does it. Raises NotAllowed, NotLawfulNow, Refused: then nothing is stored; what was not allowed is in the
        platform's log."""
        try:
            with transaction.atomic():
                calendars.look_again()
                earlier = self.earlier()
                return earlier if earlier is not None else self._run(now)
        except NotAllowed as refused:
            refusing.log(refused, self.called, self.actor, f"agency:{self.agency.pk}", now)
            raise
        except IntegrityError:
            earlier = self.earlier()  # the same form, sent a second time while the first was being stored
            if earlier is None:
                raise
            return earlier

    def _run(self, now: datetime) -> F:
        today = timezone.localdate(now)
        self.permit()
        if self.day > today:
            raise Refused(_("日期不能晚于今天。"), "day")
        if self.actor.kind == APPLICANT and self.day != today:
            raise Refused(_("这一步以办理当天为准，不能填以前的日期。"), "day")
        if not self.agency.exists_on(self.day):
            raise Refused(_("该机关在这一天不存在或者已经撤销，请选择承继其职能的机关。"), "agency")
        if not self.agency.takes_requests:
            raise Refused(NO_REQUESTS, "agency")
        self.check()
        self.applicant.save()
        return self.store(now)

    def permit(self) -> None:
        """Who may bring it. Raises NotAllowed."""
        if self.actor.kind == "staff" and not self.actor.has(Role.OFFICER, self.agency.pk):
            raise NotAllowed(_("需要由本机关的经办人登记。"))

    @abstractmethod
    def earlier(self) -> F | None:
        """What the same form brought when it was sent before; None where it was not. Raises Refused where the form's
        key is that of something at another agency."""

    @abstractmethod
    def check(self) -> None:
        """Refuses what is wrong in itself."""

    @abstractmethod
    def store(self, now: datetime) -> F:
        """Stores it; the applicant has been stored. Raises NotLawfulNow."""
