"""缴清费用: the fee is paid in full, and the period begins anew (国办函〔2020〕109号)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Words
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import need
from gongkai.requests.actions.fields import Field, Kind, day_of
from gongkai.requests.models import FeeNotice
from gongkai.requests.selectors.casefile import CaseFile


@dataclass(kw_only=True)
class RecordPayment(Action):
    """Paid on ``day``, for which the treasury's ``receipt`` was made out."""

    name: ClassVar[str] = "record_payment"
    label: ClassVar[Said] = Said("记录缴费", "Record the payment")
    step: ClassVar[str] = "fee_paid"
    fields: ClassVar[tuple[Field, ...]] = (
        day_of("缴清之日", "day of payment"),
        Field("receipt", Said("财政票据号", "number of the receipt"), Kind.LINE, longest=60),
    )

    receipt: str

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        if not file.days("fee_notified"):
            return _("没有发出收费通知。")
        return _("费用已经缴清。") if file.days("fee_paid") else None

    def check(self) -> None:
        need(self.receipt, "receipt", _("请填写财政票据号。"))

    def execute(self) -> None:
        FeeNotice.objects.filter(request=self.request).update(paid=self.day, receipt=self.receipt.strip())
        self.enter("fee_paid")
