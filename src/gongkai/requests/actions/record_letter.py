"""记录文书送达: on which day a letter that was sent before reached whom it was for; periods of others run from then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Refused, Words
from gongkai.law.events import DETAILS
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import found
from gongkai.requests.actions.fields import Field, Kind, day_of
from gongkai.requests.actions.mending import mend
from gongkai.requests.models import Event
from gongkai.requests.selectors.casefile import CaseFile


def undelivered(file: CaseFile) -> list[tuple[Event, date]]:
    """The entries with a letter of which it is not known when it arrived, each with its day."""
    return [
        (event, day)
        for event, day in file.held
        if "delivered" in DETAILS.get(event.name, {}) and not event.details.get("delivered")
    ]


@dataclass(kw_only=True)
class RecordLetter(Action):
    """The letter of that ``entry`` (notice to correct, consultation, notice of a fee …) arrived on ``day``. The reply
    itself is delivered with ``deliver``."""

    name: ClassVar[str] = "record_letter"
    label: ClassVar[Said] = Said("记录文书送达", "Record when a letter arrived")
    fields: ClassVar[tuple[Field, ...]] = (
        day_of("对方收到之日", "day it was received"),
        Field("entry", Said("文书", "letter"), Kind.ENTRY),
    )

    entry: Event

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        return None if undelivered(file) else _("没有待记录送达的文书。")

    def check(self) -> None:
        own = {event.pk: (event, day) for event, day in undelivered(self.file)}
        self.entry, sent = found(own.get(self.entry.pk), "entry")
        if self.day < sent:
            raise Refused(_("对方收到之日不能早于发出之日。"), "day")

    def execute(self) -> None:
        sent = next(day for event, day in self.file.held if event.pk == self.entry.pk)
        mend(self, self.entry, sent, delivered=self.day)
