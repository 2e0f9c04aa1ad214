"""What every act of administration shares: permission, check, execution and log entry in one transaction."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Generic, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.policies import TABLE
from gongkai.agencies.refusals import Conflict, NotAllowed
from gongkai.audit.writing import record

R = TypeVar("R")


@dataclass(kw_only=True)
class Administration(ABC, Generic[R]):
    """An act of administration. ``name`` is its line in ``policies.TABLE``; in the log it stands as ``admin.name``."""

    name: ClassVar[str]

    actor: Actor
    _now: datetime | None = field(default=None, init=False, repr=False)

    @abstractmethod
    def concerns(self) -> models.Model | None:
        """The agency or person that is asked about in the policy; None for the whole platform."""

    def hold(self) -> None:
        """Holds what must not change between the check and the end: what was read before may be out of date."""

    def check(self) -> None:
        """Refuses what is wrong in itself, naming the field. Raises Refused."""

    @abstractmethod
    def execute(self) -> R:
        """Stores it."""

    def told(self) -> dict[str, Any]:
        """What the log says beside who, what and when. No personal data."""
        return {}

    @property
    def now(self) -> datetime:
        """The moment, as given to ``run``."""
        assert self._now is not None
        return self._now

    @property
    def today(self) -> date:
        """The day of that moment."""
        return timezone.localdate(self.now)

    def run(self, now: datetime) -> R:
        """Does it. Raises NotAllowed, Conflict, Refused: then nothing was changed; what was not allowed is in the
        log."""
        self._now = now
        try:
            TABLE[self.name].demand(self.actor, self.concerns())
        except NotAllowed:
            self._record(result="refused")
            raise
        try:
            with transaction.atomic():
                self.hold()
                self.check()
                made = self.execute()
                self._record(**self.told())
        except IntegrityError as error:  # what the check found free was taken in between
            raise Conflict(_("他人刚刚作了同样的登记，您的操作没有生效。请看最新情况后再办。")) from error
        return made

    def _record(self, result: str = "done", **told: Any) -> None:
        record(
            f"admin.{self.name}",
            now=self.now,
            staff=self.actor.staff_id,
            subject=self._subject(),
            result=result,
            address=self.actor.address,
            **told,
        )

    def _subject(self) -> str:
        thing = self.concerns()
        return f"{thing._meta.model_name}:{thing.pk}" if thing is not None and thing.pk else ""


def hold_agencies(*agencies: Agency | None) -> None:
    """Holds the tree of agencies until the transaction ends: it changes in one place at a time. Those given are read
    anew; None stands for no agency. Requests go on being registered meanwhile."""
    list(Agency.objects.select_for_update(no_key=True).filter(depth=1).order_by("pk"))
    for agency in agencies:
        if agency is not None:
            agency.refresh_from_db()
