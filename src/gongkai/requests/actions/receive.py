"""登记收到: the day of receipt itself, where the channel does not tell it (国办公开办函〔2015〕207号)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Words
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import need
from gongkai.requests.actions.fields import Field, Kind, day_of
from gongkai.requests.selectors.casefile import CaseFile


@dataclass(kw_only=True)
class Receive(Action):
    """The request was received on ``day``, although the channel's own fact is not recorded: the applicant could not be
    reached, or came himself. ``why`` says how that is known."""

    name: ClassVar[str] = "receive"
    label: ClassVar[Said] = Said("登记收到日", "Record the day of receipt")
    step: ClassVar[str] = "received"
    fields: ClassVar[tuple[Field, ...]] = (
        day_of("收到申请之日", "day of receipt"),
        Field("why", Said("认定依据", "how that is known"), Kind.TEXT),
    )

    why: str = ""

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        return _("收到日已经登记。") if file.request.received is not None else None

    def check(self) -> None:
        need(self.why, "why", _("请写明以这一天为收到日的依据，例如与申请人恢复联系的经过。"))

    def execute(self) -> None:
        self.enter("received", note=self.note(self.why))
