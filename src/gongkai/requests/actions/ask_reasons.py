"""要求说明理由: where one applicant's requests are clearly too many or too frequent (《条例》第三十五条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Refused, Words
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import need, reached
from gongkai.requests.actions.fields import DELIVERED, Field, Kind, day_of
from gongkai.requests.models import Inquiry
from gongkai.requests.selectors.casefile import CaseFile


@dataclass(kw_only=True)
class AskReasons(Action):
    """Asked on ``day``, to be given until ``until``; ``counts`` says how many requests there were, and when."""

    name: ClassVar[str] = "ask_reasons"
    label: ClassVar[Said] = Said("要求说明理由", "Ask for reasons")
    step: ClassVar[str] = "reasons_asked"
    fields: ClassVar[tuple[Field, ...]] = (
        day_of("通知之日", "day of the notice"),
        Field("counts", Said("申请的数量、频次", "number and frequency of the requests"), Kind.TEXT),
        Field("until", Said("说明理由的期限至", "reasons until"), Kind.DAY),
        DELIVERED,
    )

    counts: str
    until: date
    delivered: date | None = None

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        return _("已经要求申请人说明理由。") if file.days("reasons_asked") else None

    def check(self) -> None:
        need(self.counts, "counts", _("请写明申请的数量和频次。"))
        if self.until <= self.day:
            raise Refused(_("说明理由的期限应当在通知之日以后。"), "until")
        reached(self.delivered, self.day, self.today)

    def execute(self) -> None:
        inquiry = Inquiry.objects.create(
            request=self.request, counts=self.counts, asked=self.day, until=self.until, delivered=self.delivered
        )
        self.enter("reasons_asked", until=self.until, delivered=self.delivered, inquiry=inquiry.pk)
