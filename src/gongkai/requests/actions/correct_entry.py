"""更正记录: a day that was entered wrongly, or a thing that never happened, is mended by a further entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.models import Role
from gongkai.agencies.refusals import NotAllowed, Refused, Words
from gongkai.law.events import Event as LawEvent
from gongkai.law.procedure import steps
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import found, need
from gongkai.requests.actions.fields import Field, Kind
from gongkai.requests.actions.mending import mend
from gongkai.requests.models import Event
from gongkai.requests.selectors.casefile import CaseFile

APPROVALS = frozenset({"drafted", "reviewed", "returned", "signed", "decided", "corrected"})
"""What nobody mends: an approval is sent back, not rewritten."""
OF_LEAD_HEAD = frozenset({"extended", "deferred"})
ALWAYS_HAPPENED = frozenset({"submitted", "arrived", "supplement_received"})
"""Of these only the day can be wrong: without them there would be no request, or another text of it."""


def mendable(file: CaseFile) -> list[tuple[Event, date]]:
    """The entries that may be mended, each with its day."""
    return [(event, day) for event, day in file.held if event.name in steps() and event.name not in APPROVALS]


@dataclass(kw_only=True)
class CorrectEntry(Action):
    """``entry`` was on the day ``right`` in truth, or ``never`` happened; ``why`` is kept. The law is asked again
    with the mended log: what it does not allow is refused."""

    name: ClassVar[str] = "correct_entry"
    label: ClassVar[Said] = Said("更正记录", "Mend an entry")
    step: ClassVar[str] = "corrected"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("entry", Said("要更正的记录", "entry"), Kind.ENTRY),
        Field("right", Said("正确的日期", "right day"), Kind.DAY, required=False),
        Field("never", Said("没有发生，误记", "did not happen"), Kind.YES_NO, required=False),
        Field("why", Said("更正的原因", "reason"), Kind.TEXT),
    )

    entry: Event
    why: str
    right: date | None = None
    never: bool = False

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        return None if mendable(file) else _("没有可以更正的记录。")

    @classmethod
    def trial(cls, file: CaseFile, day: date) -> LawEvent | None:
        return None

    def check(self) -> None:
        own = {event.pk: (event, day) for event, day in mendable(self.file)}
        self.entry, was = found(own.get(self.entry.pk), "entry")
        need(self.why, "why", _("请写明更正的原因。"))
        if self.entry.name in OF_LEAD_HEAD and not self.actor.has(Role.LEAD_HEAD, self.request.agency_id):
            raise NotAllowed(_("批准延长、延迟的记录由政府信息公开工作机构负责人更正。"))
        if self.never == (self.right is not None):
            raise Refused(_("请填写正确的日期，或者选择“没有发生”，二者选一。"), "right")
        if self.never and self.entry.name in ALWAYS_HAPPENED:
            raise Refused(_("这项记录只能更正日期。"), "never")
        if self.right is not None and self.right > self.today:
            raise Refused(_("日期不能晚于今天。"), "right")
        if self.right == was:
            raise Refused(_("与原来的日期相同，不用更正。"), "right")

    def execute(self) -> None:
        mend(self, self.entry, self.right, why=self.note(self.why))
