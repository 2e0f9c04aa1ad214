"""网上查收: the applicant opens what was sent to him electronically."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Words
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.dispatch import ELECTRONIC
from gongkai.requests.actions.fields import Field
from gongkai.requests.models import Delivery
from gongkai.requests.selectors.casefile import CaseFile


@dataclass(kw_only=True)
class ConfirmReceipt(Action):
    """He has it. Where it was not known to have entered his system, this is the day of delivery."""

    name: ClassVar[str] = "confirm_receipt"
    label: ClassVar[Said] = Said("确认收到答复", "Confirm receipt of the reply")
    fields: ClassVar[tuple[Field, ...]] = ()

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        sent = file.newest("dispatched")
        if sent is None or sent.details.get("by") != ELECTRONIC:
            return _("没有以电子方式发出的答复。")
        return _("已经确认收到。") if file.days("receipt_confirmed") else None

    def execute(self) -> None:
        delivery = Delivery.objects.filter(request=self.request, way=ELECTRONIC).order_by("-pk").first()
        assert delivery is not None
        delivery.opened_at = self.now
        if delivery.delivered is None:
            delivery.delivered = self.day
            self.enter("delivered", by=ELECTRONIC, delivery=delivery.pk)
        delivery.save(update_fields=["opened_at", "delivered"])
        self.enter("receipt_confirmed", delivery=delivery.pk)
