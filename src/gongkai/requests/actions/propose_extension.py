"""提请延长: the officer proposes more time to the head of the lead office (《条例》第三十三条第二款)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import NotLawfulNow, Refused, Words
from gongkai.law.clock import advance
from gongkai.law.errors import LawError
from gongkai.law.events import Event as LawEvent
from gongkai.law.provisions import limits
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import need
from gongkai.requests.actions.fields import Field, Kind
from gongkai.requests.selectors.casefile import CaseFile

DAYS = Field("days", Said("延长几个工作日", "working days more"), Kind.NUMBER)


@dataclass(kw_only=True)
class ProposeExtension(Action):
    """So many working days more are proposed, for a reason that the applicant will be told."""

    name: ClassVar[str] = "propose_extension"
    label: ClassVar[Said] = Said("提请延长答复期限", "Propose an extension")
    fields: ClassVar[tuple[Field, ...]] = (DAYS, Field("why", Said("延期的理由", "reason"), Kind.TEXT))
    only_today: ClassVar[bool] = True

    days: int
    why: str

    @classmethod
    def rests_on(cls, day: date) -> Said:
        basis = limits()["extension"].on(day).basis
        return Said(basis.words, basis.words_en)

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        return (
            _("已经提请，正在等待批准。") if file.newest("extension_proposed") and not file.days("extended") else None
        )

    @classmethod
    def trial(cls, file: CaseFile, day: date) -> LawEvent | None:
        return LawEvent("extended", day)

    def check(self) -> None:
        longest = limits()["extension"].on(self.file.standing.zero or self.day).value
        if not 1 <= self.days <= longest:
            raise Refused(_("延长的天数应当是1至%(longest)s个工作日。") % {"longest": longest}, "days")
        need(self.why, "why", _("请写明延期的理由，告知书要写给申请人。"))
        try:
            advance(self.file.standing, LawEvent("extended", self.day, days=self.days), self.file.calendar)
        except LawError as error:
            raise NotLawfulNow(error) from error

    def execute(self) -> None:
        self.enter("extension_proposed", days=self.days, note=self.note(self.why))
