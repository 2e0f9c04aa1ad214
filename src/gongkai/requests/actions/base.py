"""What every action shares: permission, check, execution and log entry in one transaction, consequences after it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.calendars import calendar_of
from gongkai.agencies.refusals import Conflict, NotAllowed, NotLawfulNow, Refused
from gongkai.audit.writing import record
from gongkai.law.errors import LawError
from gongkai.requests import deriving, log
from gongkai.requests.models import Event, Request
from gongkai.requests.policies import TABLE


@dataclass(kw_only=True)
class Action(ABC):
    """A thing done with a request that exists.

    ``day`` is the day on which it happened, not later than today. ``seen`` is the version of the request that the
    person had before his eyes: if another came in between, Conflict. ``key`` is the form's: a form sent twice counts
    once. ``name`` is the action's line in ``policies.TABLE``.
    """

    name: ClassVar[str]

    request: Request
    actor: Actor
    day: date
    seen: int | None = None
    key: UUID | None = None
    _events: list[Event] = field(default_factory=list, init=False, repr=False)
    _now: datetime | None = field(default=None, init=False, repr=False)

    def check(self) -> None:  # noqa: B027 (most have nothing more to check)
        """Refuses what is wrong in itself, naming the field. The law is asked afterwards. Raises Refused."""

    @abstractmethod
    def execute(self) -> None:
        """Stores what belongs to the action and enters its events with ``enter``."""

    def after(self) -> None:  # noqa: B027 (most have no consequences)
        """What follows once all is stored: notifications. Not part of the transaction."""

    def enter(self, name: str, day: date | None = None, **details: Any) -> None:
        """Enters an event; the first of an action carries the form's key."""
        key = None if self._events else self.key
        self._events.append(log.event(self.request, name, day or self.day, self.actor, self.now, details, key))

    @property
    def now(self) -> datetime:
        """The moment of recording, as given to ``run``."""
        assert self._now is not None
        return self._now

    @property
    def today(self) -> date:
        """The day of recording."""
        return timezone.localdate(self.now)

    def run(self, now: datetime) -> Request:
        """Does it; gives the request as it is now. Raises NotAllowed, Conflict, NotLawfulNow, Refused: then nothing
        was changed, and what matters is in the platform's log."""
        self._now = now
        try:
            with transaction.atomic():
                return self._run()
        except (NotAllowed, Conflict) as refused:
            record(
                f"request.{self.name}",
                now=now,
                staff=self.actor.staff_id,
                subject=f"request:{self.request.pk}",
                result="refused",
                address=self.actor.address,
                why=type(refused).__name__,
            )
            raise

    def _run(self) -> Request:
        self.request = Request.objects.select_for_update(of=("self",)).select_related("agency").get(pk=self.request.pk)
        if self.key is not None and Event.objects.filter(key=self.key).exists():
            return self.request
        TABLE[self.name].demand(self.actor, self.request)
        if self.seen is not None and self.seen != self.request.version:
            raise Conflict(_("这件申请刚刚由他人办理过，您的操作没有生效。请看最新情况后再办；您填写的内容还在。"))
        if self.day > self.today:
            raise Refused(_("日期不能晚于今天。"), "day")
        self.check()
        self.execute()
        before = list(self.request.events.order_by("id"))
        log.enter(self.request, self._events)
        calendar = calendar_of(self.request.agency.region)
        try:
            derived = deriving.derive(self.request.channel, [*before, *self._events], calendar)
        except LawError as error:
            raise NotLawfulNow(error) from error
        changed = deriving.apply(self.request, derived)
        self.request.version += 1
        self.request.save(update_fields=[*changed, *self.touched(), "version"])
        transaction.on_commit(self.after)
        return self.request

    def touched(self) -> list[str]:
        """Columns of the request that ``execute`` changed beside the derived ones."""
        return []
