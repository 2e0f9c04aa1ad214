"""收费通知: by item or by page, never by both; the law's tiers give the amount (国办函〔2020〕109号)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Refused, Words
from gongkai.law.fees import Fee, fee_by_items, fee_by_pages
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import need, reached
from gongkai.requests.actions.fields import DELIVERED, Field, Kind, day_of
from gongkai.requests.models import FeeNotice, Request
from gongkai.requests.selectors.casefile import CaseFile
from gongkai.requests.selectors.excess import earlier_in_month


@dataclass(kw_only=True)
class NotifyFee(Action):
    """Either so many ``items`` (this request, or the smallest units into which it falls) or so many ``pages``. For
    items the applicant's earlier requests of the calendar month count beforehand. The notice says ``how`` to pay."""

    name: ClassVar[str] = "notify_fee"
    label: ClassVar[Said] = Said("发出收费通知", "Notify a fee")
    step: ClassVar[str] = "fee_notified"
    fields: ClassVar[tuple[Field, ...]] = (
        day_of("通知之日", "day of the notice"),
        Field("items", Said("按件：件数", "by item: how many"), Kind.NUMBER, required=False),
        Field("pages", Said("按量：页数", "by page: how many"), Kind.NUMBER, required=False),
        Field(
            "how",
            Said("缴纳方式", "how to pay"),
            Kind.TEXT,
            help=Said(
                "写明执收单位、缴款渠道和地点，申请人照此缴纳。",
                "Who collects it, by which way and where: the applicant pays by this.",
            ),
        ),
        DELIVERED,
    )

    how: str
    items: int | None = None
    pages: int | None = None
    delivered: date | None = None

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        return _("一件申请只收费一次，已经通知过。") if file.days("fee_notified") else None

    def check(self) -> None:
        if (self.items is None) == (self.pages is None):
            raise Refused(_("请选择按件或者按量：同一件申请只能用一种，不能并用。"), "items")
        count, name = (self.items, "items") if self.items is not None else (self.pages, "pages")
        if count is None or count < 1:
            raise Refused(_("件数或页数应当是不小于1的整数。"), name)
        need(self.how, "how", _("请写明怎样缴纳。"))
        if self.pages is not None and self.request.form == Request.Form.INSPECTION:
            raise Refused(_("只查阅、抄录的，不按量收费。"), "pages")
        reached(self.delivered, self.day, self.today)

    def execute(self) -> None:
        before = earlier_in_month(self.request) if self.items is not None else 0
        fee = self._fee(before)
        if fee.amount == 0:
            raise Refused(_("在免费额度以内，不收费。"), "items" if self.items is not None else "pages")
        notice = FeeNotice.objects.create(
            request=self.request,
            standard=fee.standard.key,
            before=before,
            count=self.items or self.pages or 0,
            amount=fee.amount,
            how=self.how.strip(),
            notified=self.day,
            delivered=self.delivered,
        )
        self.enter("fee_notified", delivered=self.delivered, fee=notice.pk, amount=fee.amount)

    def _fee(self, before: int) -> Fee:
        if self.items is not None:
            return fee_by_items(self.items, self.day, before=before)
        return fee_by_pages(self.pages or 0, self.day)
