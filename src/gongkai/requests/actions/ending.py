"""逾期不补正、逾期未缴费: the applicant did not act in time; the request counts as abandoned and is told so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Words
from gongkai.agencies.selectors import responsible_for
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.fields import Field, Kind, day_of
from gongkai.requests.numbering import letter_number
from gongkai.requests.selectors.casefile import CaseFile

FIELDS = (
    day_of("终结之日", "day it ends"),
    Field("words", Said("说明", "remark"), Kind.TEXT, required=False),
)


@dataclass(kw_only=True)
class EndWithoutSupplement(Action):
    """Not corrected in time without good reason (《条例》第三十条). That the notice reached the applicant must be on
    record: nobody is late for what he was never told. The letter has a number; it is sent with ``dispatch``."""

    name: ClassVar[str] = "end_without_supplement"
    label: ClassVar[Said] = Said("逾期不补正，不再处理", "End: not corrected in time")
    step: ClassVar[str] = "supplement_overdue"
    after_notice: ClassVar[str] = "supplement_asked"
    fields: ClassVar[tuple[Field, ...]] = FIELDS

    words: str = ""

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        notice = file.newest(cls.after_notice)
        if notice is None or notice.details.get("delivered"):
            return None
        return _("请先用“记录文书送达”记下申请人收到告知书、通知书之日：没有收到的，不算逾期。")

    def execute(self) -> None:
        number = letter_number(responsible_for(self.request.agency, self.day), self.day)
        self.enter(self.step, number=number, note=self.note(self.words))


@dataclass(kw_only=True)
class EndWithoutFee(EndWithoutSupplement):
    """Not paid in time (国办函〔2020〕109号)."""

    name: ClassVar[str] = "end_without_fee"
    label: ClassVar[Said] = Said("逾期未缴费，不再处理", "End: not paid in time")
    step: ClassVar[str] = "fee_overdue"
    after_notice: ClassVar[str] = "fee_notified"
