"""拆分: one submission with several wishes becomes several requests (一事一申请), each with the same day of receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Refused, Words
from gongkai.law.events import DETAILS
from gongkai.law.procedure import steps
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import need
from gongkai.requests.actions.fields import Field, Kind
from gongkai.requests.actions.siblings import Happened, hold_submission, open_sibling
from gongkai.requests.actions.submit import Wish
from gongkai.requests.models import FormerText
from gongkai.requests.selectors.casefile import CaseFile

TAKEN_ALONG = ("submitted", "arrived", "confirmed", "received", "supplement_asked", "supplement_received")
"""Events that every part shares: how it came, and the correction that was asked for the whole."""
FEWEST = 2


@dataclass(kw_only=True)
class Split(Action):
    """``wishes``: the first stays with this request, each further one becomes a request of its own."""

    name: ClassVar[str] = "split"
    label: ClassVar[Said] = Said("拆分为多件", "Split into several")
    only_today: ClassVar[bool] = True
    fields: ClassVar[tuple[Field, ...]] = (Field("wishes", Said("各项申请内容", "the wishes"), Kind.WISHES),)

    wishes: tuple[Wish, ...]

    def hold(self) -> None:
        hold_submission(self.request)

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        law = steps()
        further = [e for e, _day in file.held if e.name in law and e.name not in (*TAKEN_ALONG, "corrected")]
        return _("已经开始征求意见、延期、收费或者拟稿的申请不能再拆分。") if further else None

    def check(self) -> None:
        if len(self.wishes) < FEWEST:
            raise Refused(_("拆分至少要写明两项申请内容。"), "wishes")
        for wish in self.wishes:
            need(wish.title, "wishes", _("请写明每一项的信息名称。"))
            need(wish.wanted, "wishes", _("请写明每一项所需信息的内容描述。"))

    def execute(self) -> None:
        first, *others = self.wishes
        FormerText.keep(self.request, FormerText.Because.SPLIT, self.day)
        self.request.title, self.request.wanted = first.title, first.wanted
        self.request.document_number = first.document_number
        shared = [*self._shared(), ("split", self.day, {"from": self.request.pk})]
        made = [
            open_sibling(
                self.request, self.request.agency, self.request.channel, wish, shared, self.actor, self.now, self.day
            )
            for wish in others
        ]
        self.enter("split", into=[one.pk for one in made])

    def _shared(self) -> list[Happened]:
        """How it came, with what the law must know of it."""
        return [
            (event.name, day, {key: event.details.get(key) for key in (*DETAILS.get(event.name, {}), "written_down")})
            for event, day in self.file.held
            if event.name in TAKEN_ALONG
        ]

    def touched(self) -> list[str]:
        return ["title", "wanted", "document_number"]
