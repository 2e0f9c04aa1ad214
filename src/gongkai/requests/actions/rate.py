"""评价: how the applicant found the handling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Refused, Words
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.fields import Field, Kind
from gongkai.requests.models import Rating
from gongkai.requests.selectors.casefile import CaseFile

MOST_STARS = 5


@dataclass(kw_only=True)
class Rate(Action):
    """Once, from one star to five, with ``words`` where he likes."""

    name: ClassVar[str] = "rate"
    label: ClassVar[Said] = Said("评价", "Rate")
    fields: ClassVar[tuple[Field, ...]] = (
        Field("stars", Said("评分（1至5）", "stars (1 to 5)"), Kind.NUMBER),
        Field("words", Said("意见", "opinion"), Kind.TEXT, required=False),
    )

    stars: int
    words: str = ""

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        return _("已经评价过。") if file.days("rated") else None

    def check(self) -> None:
        if not 1 <= self.stars <= MOST_STARS:
            raise Refused(_("评分应当是1至5。"), "stars")

    def execute(self) -> None:
        Rating.objects.create(request=self.request, stars=self.stars, words=self.words, moment=self.now)
        self.enter("rated", stars=self.stars)
