"""建议转为主动公开: what many ask for, or the applicant thinks that all should know (《条例》第四十四条)."""

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
from gongkai.requests.actions.fields import Field, Kind
from gongkai.requests.selectors.casefile import CaseFile

ALREADY_PUBLIC = "granted.already_public"


@dataclass(kw_only=True)
class SuggestPublication(Action):
    """By the officer or the applicant, with the reason."""

    name: ClassVar[str] = "suggest_publication"
    label: ClassVar[Said] = Said("建议转为主动公开", "Suggest publication")
    article: ClassVar[Said] = Said(
        "《政府信息公开条例》第四十四条", "Regulation on the Disclosure of Government Information, art. 44"
    )
    fields: ClassVar[tuple[Field, ...]] = (Field("why", Said("理由", "reason"), Kind.TEXT),)

    why: str

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        return _("这些信息已经主动公开。") if file.request.outcome == ALREADY_PUBLIC else None

    def check(self) -> None:
        need(self.why, "why", _("请写明建议的理由。"))

    def execute(self) -> None:
        self.enter("suggested_publication", note=self.note(self.why))
