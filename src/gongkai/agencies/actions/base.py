"""What every act of administration shares: permission, check, execution and log entry in one transaction."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Generic, TypeVar

from django.db import models, transaction
from django.utils import timezone

from gongkai.agencies.actors import Actor
from gongkai.agencies.policies import TABLE
from gongkai.agencies.refusals import NotAllowed
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
        """Does it. Raises NotAllowed, Refused: then nothing was changed; what was not allowed is in the log."""
        self._now = now
        try:
            TABLE[self.name].demand(self.actor, self.concerns())
        except NotAllowed:
            self._record(result="refused")
            raise
        with transaction.atomic():
            self.check()
            made = self.execute()
            self._record(**self.told())
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
