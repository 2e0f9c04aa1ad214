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

from gongkai.agencies import calendars
from gongkai.agencies.actors import APPLICANT, Actor
from gongkai.agencies.refusals import Conflict, NotAllowed, NotLawfulNow, Refused, Words
from gongkai.law.errors import LawError
from gongkai.law.events import Event as LawEvent
from gongkai.law.procedure import steps
from gongkai.law.words import Said
from gongkai.requests import deriving, log
from gongkai.requests.actions import refusing
from gongkai.requests.actions.checking import found
from gongkai.requests.actions.fields import DAY, Field
from gongkai.requests.models import Event, Note, Request
from gongkai.requests.policies import TABLE, may_see
from gongkai.requests.selectors.casefile import CaseFile

WORKFLOW = Said("《政府信息公开条例》第四十五条", "Regulation on the Disclosure of Government Information, art. 45")
"""Registration, review, handling, reply, archive: on this rest the steps that have no article of their own."""


@dataclass(kw_only=True)
class Action(ABC):
    """A thing done with a request that exists.

    ``day`` is the day on which it happened, not later than today. ``seen`` is the version of the request that the
    person had before his eyes: if another came in between, Conflict. ``key`` is the form's: a form sent twice counts
    once.

    Of the class: ``name`` is its line in ``policies.TABLE``; ``label`` the verb; ``step`` the step of the law's
    procedure that it enters, if any; ``article`` its basis where it has no step; ``fields`` what it takes;
    ``only_today``: an approval is given when it is given, never for a day that has passed.
    """

    name: ClassVar[str]
    label: ClassVar[Said]
    step: ClassVar[str] = ""
    article: ClassVar[Said] = WORKFLOW
    fields: ClassVar[tuple[Field, ...]] = (DAY,)
    only_today: ClassVar[bool] = False

    request: Request
    actor: Actor
    day: date
    seen: int | None = None
    key: UUID | None = None
    _events: list[Event] = field(default_factory=list, init=False, repr=False)
    _now: datetime | None = field(default=None, init=False, repr=False)
    _file: CaseFile | None = field(default=None, init=False, repr=False)

    @classmethod
    def rests_on(cls, day: date) -> Said:
        """The article on that day. Raises LawError where the law of that day had no such step."""
        if not cls.step:
            return cls.article
        basis = steps()[cls.step].on(day).basis
        return Said(basis.words, basis.words_en)

    @classmethod
    def verb(cls, file: CaseFile) -> Said:
        """The verb as it reads for that request; ``label`` unless the file makes it another."""
        return cls.label

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        """Why the request cannot be so handled now, beyond policy and the law's clock; None where it can."""
        return None

    @classmethod
    def trial(cls, file: CaseFile, day: date) -> LawEvent | None:
        """The event with which the law is asked beforehand; None where it has nothing to say."""
        return LawEvent(cls.step, day) if cls.step else None

    def check(self) -> None:  # noqa: B027 (most have nothing more to check)
        """Refuses what is wrong in itself, naming the field. The law is asked afterwards. Raises Refused."""

    def hold(self) -> None:  # noqa: B027 (most need nothing beside the request)
        """Holds, before the request is held, what others hold before it."""

    @abstractmethod
    def execute(self) -> None:
        """Stores what belongs to the action and enters its events with ``enter``."""

    def after(self) -> None:  # noqa: B027 (most have no consequences)
        """What follows once all is stored: notifications. Not part of the transaction."""

    def enter(self, name: str, day: date | None = None, **details: Any) -> None:
        """Enters an event; the first of an action carries the form's key."""
        key = None if self._events else self.key
        self._events.append(log.event(self.request, name, day or self.day, self.actor, self.now, details, key))

    def note(self, words: str) -> int | None:
        """Keeps what was written at this step; gives its id for the event's details, None where it is empty."""
        if not words.strip():
            return None
        note = Note(request=self.request, of=self.name, words=words, moment=self.now, staff=self.actor.staff)
        note.save()
        return int(note.pk)

    @property
    def did(self) -> bool:
        """Whether this run has done it; not where the same form had been sent before."""
        return bool(self._events)

    @property
    def now(self) -> datetime:
        """The moment of recording, as given to ``run``."""
        assert self._now is not None
        return self._now

    @property
    def today(self) -> date:
        """The day of recording."""
        return timezone.localdate(self.now)

    @property
    def file(self) -> CaseFile:
        """The request with its log as it was before this action."""
        assert self._file is not None
        return self._file

    def run(self, now: datetime) -> Request:
        """Does it; gives the request as it is now. Raises NotAllowed, Conflict, NotLawfulNow, Refused: then nothing
        was changed, and what matters is in the platform's log."""
        self._now = now
        self._events.clear()
        try:
            with transaction.atomic():
                return self._run()
        except (NotAllowed, Conflict) as refused:
            refusing.log(refused, f"request.{self.name}", self.actor, f"request:{self.request.pk}", now)
            raise

    def _run(self) -> Request:
        calendars.look_again()
        self.hold()
        self.request = Request.objects.select_for_update(of=("self",)).select_related("agency").get(pk=self.request.pk)
        done = Event.objects.filter(key=self.key).first() if self.key is not None else None
        if done is not None:
            return found(self.request if done.request_id == self.request.pk else None, "")
        self._file = CaseFile(self.request)
        before = self.file.events
        self._permit()
        self.check()
        try:
            self.execute()
            log.enter(self.request, self._events)
            derived = deriving.derive(self.request.channel, [*before, *self._events], self.file.calendar)
        except LawError as error:
            raise NotLawfulNow(error) from error
        changed = deriving.apply(self.request, derived)
        self.request.version += 1
        self.request.save(update_fields=[*changed, *self.touched(), "version"])
        transaction.on_commit(self.after)
        return self.request

    def _permit(self) -> None:
        """Asks, in this order: is he of this agency, has anybody been quicker, may he, is it possible now, is the day
        right. Raises NotAllowed, Conflict, Refused."""
        if self.seen is not None and self.seen != self.request.version and may_see(self.actor, self.request):
            raise Conflict(_("这件申请刚刚由他人办理过，您的操作没有生效。请看最新情况后再办；您填写的内容还在。"))
        TABLE[self.name].demand(self.actor, self.request)
        if self.day > self.today:
            raise Refused(_("日期不能晚于今天。"), "day")
        if self.day < self.today and (self.only_today or self.actor.kind == APPLICANT):
            raise Refused(_("这一步以办理当天为准，不能填以前的日期。"), "day")
        words = self.wanting(self.file, self.actor, self.day)
        if words is not None:
            raise Refused(words)

    def touched(self) -> list[str]:
        """Columns of the request that ``execute`` changed beside the derived ones."""
        return []
