"""撤回: the applicant takes his request back; the matter ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import APPLICANT
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import need
from gongkai.requests.actions.fields import Field, Kind, day_of


@dataclass(kw_only=True)
class Withdraw(Action):
    """By the applicant himself, or recorded by the officer from his letter: then ``why`` says how he did it."""

    name: ClassVar[str] = "withdraw"
    label: ClassVar[Said] = Said("撤回申请", "Withdraw the request")
    step: ClassVar[str] = "withdrawn"
    fields: ClassVar[tuple[Field, ...]] = (
        day_of("撤回之日", "day of withdrawal"),
        Field("why", Said("说明", "remark"), Kind.TEXT, required=False),
    )

    why: str = ""

    def check(self) -> None:
        if self.actor.kind != APPLICANT:
            need(self.why, "why", _("请写明申请人怎样表示撤回，例如书面撤回函的日期。"))

    def execute(self) -> None:
        self.enter("withdrawn", note=self.note(self.why))
