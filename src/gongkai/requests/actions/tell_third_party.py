"""告知第三方: what is disclosed against his objection, and why (《条例》第三十二条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Refused, Words
from gongkai.law.procedure import steps
from gongkai.law.words import Said
from gongkai.requests.actions import deciding
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import found, need
from gongkai.requests.actions.fields import Field, Kind, day_of
from gongkai.requests.models import Consultation
from gongkai.requests.selectors.casefile import CaseFile


def _objects(asked: Consultation) -> bool:
    return asked.kind == Consultation.Kind.THIRD_PARTY and asked.answer in deciding.OBJECTING


def untold(file: CaseFile) -> Words | None:
    """Why the reply may not go out yet: it gives what a third party objects to with good reasons, and he was not told
    in writing (《条例》第三十二条). None where it may."""
    if file.newest("decided") is None or file.draft is None:
        return None
    if all(one.told is not None or not _objects(one) for one in file.consultations):
        return None
    waiting = [one for one in deciding.overridden(deciding.outcomes_of(file.draft), file) if one.told is None]
    return _("决定公开第三方不同意公开的信息，应当先把公开的内容和理由书面告知第三方。") if waiting else None


@dataclass(kw_only=True)
class TellThirdParty(Action):
    """The third party who objected is told in writing on ``day`` ``what`` is disclosed and why: once it is drafted, and
    where his reasons were good, before the reply goes out (``untold``)."""

    name: ClassVar[str] = "tell_third_party"
    label: ClassVar[Said] = Said("书面告知第三方", "Tell the third party")
    fields: ClassVar[tuple[Field, ...]] = (
        day_of("书面告知之日", "day of the notice"),
        Field("consultation", Said("第三方", "third party"), Kind.CONSULTATION),
        Field("what", Said("决定公开的内容和理由", "what is disclosed and why"), Kind.TEXT),
    )

    consultation: Consultation
    what: str

    @classmethod
    def rests_on(cls, day: date) -> Said:
        basis = steps()["third_party_asked"].on(day).basis
        return Said(basis.words, basis.words_en)

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        objecting = [one for one in file.consultations if _objects(one)]
        if not objecting:
            return _("没有第三方不同意公开。")
        if all(one.told is not None for one in objecting):
            return _("已经书面告知第三方。")
        if file.draft is None or not deciding.objectors(deciding.outcomes_of(file.draft), file):
            return _("还没有拟定公开第三方不同意公开的信息。")
        return None

    def check(self) -> None:
        own = (one for one in self.file.consultations if one.pk == self.consultation.pk)
        self.consultation = found(next(own, None), "consultation")
        if not _objects(self.consultation):
            raise Refused(_("只有不同意公开的第三方需要这样告知。"), "consultation")
        if self.consultation.told is not None:
            raise Refused(_("已经书面告知这一第三方。"), "consultation")
        need(self.what, "what", _("请写明决定公开的内容和理由。"))

    def execute(self) -> None:
        self.consultation.told, self.consultation.told_what = self.day, self.what
        self.consultation.save(update_fields=["told", "told_what"])
        self.enter("third_party_told", consultation=self.consultation.pk)
