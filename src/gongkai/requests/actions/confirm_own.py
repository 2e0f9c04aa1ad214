"""申请人确认: an applicant says online that the request is his. With the agency's own confirmation both sides have
confirmed (《条例》第三十一条); alone it does not begin the period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Words
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.selectors.casefile import CaseFile


@dataclass(kw_only=True)
class ConfirmOwn(Action):
    """The officer sees it and confirms without having to telephone."""

    name: ClassVar[str] = "confirm_own"
    label: ClassVar[Said] = Said("确认这是我的申请", "Confirm that the request is mine")
    article: ClassVar[Said] = Said(
        "《政府信息公开条例》第三十一条第（三）项",
        "Regulation on the Disclosure of Government Information, art. 31(3)",
    )

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        return _("您已经确认过了。") if file.days("applicant_confirmed") else None

    def execute(self) -> None:
        self.enter("applicant_confirmed")
