"""送达: the day on which the applicant has the reply (国办公开办函〔2016〕235号)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Refused, Words
from gongkai.law.events import Event as LawEvent
from gongkai.law.procedure import deliveries
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import one_of
from gongkai.requests.actions.dispatch import letter_of, ways
from gongkai.requests.actions.fields import Field, Kind, day_of
from gongkai.requests.actions.giving import hand_over
from gongkai.requests.actions.tell_third_party import untold
from gongkai.requests.models import Delivery
from gongkai.requests.selectors.casefile import CaseFile


@dataclass(kw_only=True)
class Deliver(Action):
    """Signed for, or received electronically, on ``day``. What is handed over needs no dispatch: then ``way`` says how
    it was; else it is that of the dispatch. ``relation``: who signed is the applicant himself, his agent …"""

    name: ClassVar[str] = "deliver"
    label: ClassVar[Said] = Said("记录送达", "Record the delivery")
    step: ClassVar[str] = "delivered"
    fields: ClassVar[tuple[Field, ...]] = (
        day_of("签收（送达）之日", "day of delivery"),
        Field(
            "way",
            Said("送达方式（没有发出记录的）", "way, where it was not dispatched"),
            Kind.CHOICE,
            False,
            None,
            ways,
        ),
        Field("relation", Said("签收人与申请人关系", "who signed"), Kind.LINE, required=False, longest=30),
    )

    way: str = ""
    relation: str = ""

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        if file.days("delivered"):
            return _("已经记录送达。")
        return untold(file) if file.request.is_open and not file.days("dispatched") else None

    @classmethod
    def trial(cls, file: CaseFile, day: date) -> LawEvent | None:
        return LawEvent(cls.step, day, by=file.standing.by)

    def check(self) -> None:
        sent = self._sent()
        if sent is not None:
            if self.way not in ("", sent.way):
                raise Refused(_("送达方式与发出时的不同，请核对。"), "way")
            return
        if not self.way:
            raise Refused(_("没有发出记录，请选择送达方式。"), "way")
        one_of(self.way, (way for way, _label in ways()), "way")
        if deliveries()[self.way].on(self.day).event == "dispatched":
            raise Refused(_("邮寄送达请先记录发出（交邮）之日和邮件号码。"), "way")

    def execute(self) -> None:
        delivery = self._sent() or Delivery(request=self.request, letter=letter_of(self.file), way=self.way)
        delivery.delivered, delivery.signed_by_relation = self.day, self.relation
        delivery.save()
        hand_over(self.file)
        self.enter("delivered", by=delivery.way, delivery=delivery.pk)

    def _sent(self) -> Delivery | None:
        """What was sent last and has not arrived yet."""
        return self.request.deliveries.filter(delivered__isnull=True).order_by("-pk").first()
