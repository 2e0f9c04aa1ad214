"""告知补正: all that must be corrected is told at once, within the law's limit (《条例》第三十条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.refusals import Refused
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import need, reached
from gongkai.requests.actions.fields import DELIVERED, Field, Kind, day_of
from gongkai.requests.models import Supplement


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to correct, and why it is unclear."""

    what: str
    why: str


@dataclass(kw_only=True)
class AskSupplement(Action):
    """The applicant is told on ``day`` what to correct until ``until``; the letter reached him on ``delivered``."""

    name: ClassVar[str] = "ask_supplement"
    label: ClassVar[Said] = Said("告知补正", "Ask for a correction")
    step: ClassVar[str] = "supplement_asked"
    fields: ClassVar[tuple[Field, ...]] = (
        day_of("告知之日", "day it is told"),
        Field("points", Said("需要补正的事项", "points to correct"), Kind.POINTS),
        Field("guidance", Said("怎样补正", "guidance"), Kind.TEXT),
        Field("until", Said("补正期限至", "correct until"), Kind.DAY),
        DELIVERED,
    )

    points: tuple[Point, ...]
    guidance: str
    until: date
    delivered: date | None = None

    def check(self) -> None:
        if not self.points:
            raise Refused(_("请至少写明一个需要补正的事项。"), "points")
        for point in self.points:
            need(point.what, "points", _("请写明需要补正什么。"))
            need(point.why, "points", _("请写明为什么不明确：每一个补正事项都应当说明理由。"))
        need(self.guidance, "guidance", _("请写明怎样补正：应当给申请人指导和释明。"))
        if self.until <= self.day:
            raise Refused(_("补正期限应当在告知之日以后，给申请人合理的时间。"), "until")
        reached(self.delivered, self.day, self.today)

    def execute(self) -> None:
        supplement = Supplement.objects.create(
            request=self.request,
            points=[{"what": point.what, "why": point.why} for point in self.points],
            guidance=self.guidance,
            asked=self.day,
            until=self.until,
            delivered=self.delivered,
        )
        self.enter("supplement_asked", until=self.until, delivered=self.delivered, supplement=supplement.pk)
