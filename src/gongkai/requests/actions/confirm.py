"""确认收到: both sides confirm a request that came online, by fax or by ordinary mail (《条例》第三十一条)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.fields import Field, Kind, day_of


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

    def execute(self) -> None:
        self.enter("confirmed", note=self.note(self.how))
