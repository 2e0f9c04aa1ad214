"""延迟答复: good reasons, yet too many to answer in time: a reasonable day is set and told (《条例》第三十五条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Words
from gongkai.law.events import Event as LawEvent
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.fields import Field, Kind, day_of
from gongkai.requests.selectors.casefile import CaseFile


@dataclass(kw_only=True)
class Defer(Action):
    """Told on ``day``: the reply will come by ``until``. Only after the reasons were judged to be good."""

    name: ClassVar[str] = "defer"
    label: ClassVar[Said] = Said("确定延迟答复期限", "Set a later day for the reply")
    step: ClassVar[str] = "deferred"
    fields: ClassVar[tuple[Field, ...]] = (
        day_of("告知申请人之日", "day the applicant is told"),
        Field("until", Said("延迟答复至", "reply by"), Kind.DAY),
        Field("why", Said("理由", "reason"), Kind.TEXT, required=False),
    )

    until: date
    why: str = ""

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        judged = file.newest("reasons_judged")
        if judged is not None and not judged.details.get("reasonable"):
            return _("申请人的理由已经认定为不合理。")
        if judged is None and file.days("reasons_given"):
            return _("请先认定申请人的理由是否合理。")
        return None

    @classmethod
    def trial(cls, file: CaseFile, day: date) -> LawEvent | None:
        return LawEvent(cls.step, day, until=day + timedelta(days=1))

    def execute(self) -> None:
        self.enter("deferred", until=self.until, note=self.note(self.why))
