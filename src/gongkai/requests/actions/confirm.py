"""确认收到: both sides confirm a request that came online, by fax or by ordinary mail (《条例》第三十一条)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gongkai.requests.actions.base import Action


@dataclass(kw_only=True)
class Confirm(Action):
    """The agency confirmed the request with the applicant on ``day``; ``how``: by telephone, message …"""

    name: ClassVar[str] = "confirm"
    how: str = ""

    def execute(self) -> None:
        self.enter("confirmed", how=self.how)
