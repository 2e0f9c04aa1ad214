"""确认收到: both sides confirm a request that came online, by fax or by ordinary mail (《条例》第三十一条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Words
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.fields import Field, Kind, day_of
from gongkai.requests.selectors.casefile import CaseFile


@dataclass(kw_only=True)
class Confirm(Action):
    """The agency confirmed the request with the applicant on ``day``; ``how``: by telephone, message …"""

    name: ClassVar[str] = "confirm"
    label: ClassVar[Said] = Said("与申请人确认收到", "Confirm with the applicant")
    step: ClassVar[str] = "confirmed"
    fields: ClassVar[tuple[Field, ...]] = (
        day_of("双方确认之日", "day both sides confirmed"),
        Field(
            "how", Said("怎样确认", "how"), Kind.LINE, required=False, help=Said("例如：电话、短信", "By telephone …")
        ),
    )

    how: str = ""

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        return _("已经收到，不需要再确认。") if file.request.received is not None else None

    def execute(self) -> None:
        self.enter("confirmed", note=self.note(self.how))
