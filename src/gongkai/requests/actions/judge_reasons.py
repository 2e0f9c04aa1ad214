"""认定理由: whether the applicant's reasons are good; what follows is a refusal or a reasonable delay (第三十五条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Words
from gongkai.law.procedure import steps
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import need
from gongkai.requests.actions.fields import Field, Kind
from gongkai.requests.selectors.casefile import CaseFile


@dataclass(kw_only=True)
class JudgeReasons(Action):
    """The reasons are ``reasonable`` or not, because of ``words``."""

    name: ClassVar[str] = "judge_reasons"
    label: ClassVar[Said] = Said("认定理由是否合理", "Judge the reasons")
    fields: ClassVar[tuple[Field, ...]] = (
        Field("reasonable", Said("理由合理", "reasons are good"), Kind.YES_NO),
        Field("words", Said("认定意见", "why"), Kind.TEXT),
    )

    reasonable: bool
    words: str

    @classmethod
    def rests_on(cls, day: date) -> Said:
        basis = steps()["reasons_given"].on(day).basis
        return Said(basis.words, basis.words_en)

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        if not file.days("reasons_given"):
            return _("申请人还没有说明理由。")
        return _("已经认定。") if file.days("reasons_judged") else None

    def check(self) -> None:
        need(self.words, "words", _("请写明认定的意见。"))

    def execute(self) -> None:
        inquiry = self.request.inquiries.order_by("-pk").first()
        if inquiry is not None:
            inquiry.judged, inquiry.reasonable, inquiry.judgement = self.day, self.reasonable, self.words
            inquiry.save(update_fields=["judged", "reasonable", "judgement"])
        self.enter("reasons_judged", inquiry=inquiry and inquiry.pk, reasonable=self.reasonable)
