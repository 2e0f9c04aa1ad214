"""说明理由: the applicant says why he asks so much or so often (《条例》第三十五条)."""

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
from gongkai.requests.selectors.casefile import CaseFile


@dataclass(kw_only=True)
class ReceiveReasons(Action):
    """By the applicant himself, or recorded by the officer."""

    name: ClassVar[str] = "receive_reasons"
    label: ClassVar[Said] = Said("收到说明的理由", "Receive the reasons")
    step: ClassVar[str] = "reasons_given"
    fields: ClassVar[tuple[Field, ...]] = (
        day_of("说明理由之日", "day they were given"),
        Field("words", Said("理由", "reasons"), Kind.TEXT),
    )

    words: str

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        if not file.days("reasons_asked"):
            return _("没有要求申请人说明理由。")
        return _("申请人已经说明理由。") if file.days("reasons_given") else None

    def check(self) -> None:
        need(self.words, "words", _("请写明理由。"))

    def execute(self) -> None:
        inquiry = self.request.inquiries.order_by("-pk").first()
        if inquiry is not None:
            inquiry.given, inquiry.words = self.day, self.words
            inquiry.save(update_fields=["given", "words"])
        self.enter("reasons_given", inquiry=inquiry and inquiry.pk)
