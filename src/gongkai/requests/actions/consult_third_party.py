"""征求第三方意见: in writing, where disclosure may harm somebody's rights (《条例》第三十二条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.law.events import Event as LawEvent
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import need, one_of, reached
from gongkai.requests.actions.fields import DELIVERED, Field, Kind, day_of
from gongkai.requests.models import Consultation
from gongkai.requests.selectors.casefile import CaseFile

PERSON, ORGANISATION = "person", "organisation"
KINDS = ((PERSON, _("自然人")), (ORGANISATION, _("单位")))
"""What a third party may be: a person's name is masked wherever it is listed."""
NOBODY_YET = "new"
"""Stands for whoever will be asked when the law is asked beforehand: no consultation has this id."""


@dataclass(kw_only=True)
class ConsultThirdParty(Action):
    """The letter about ``about`` goes to ``third_party`` on ``day`` and reaches him on ``delivered``.
    ``third_party_is`` says whether it is a person or an organisation."""

    name: ClassVar[str] = "consult_third_party"
    label: ClassVar[Said] = Said("征求第三方意见", "Consult a third party")
    step: ClassVar[str] = "third_party_asked"
    fields: ClassVar[tuple[Field, ...]] = (
        day_of("发出征求意见书之日", "day the letter is sent"),
        Field("third_party", Said("第三方姓名或名称", "third party"), Kind.LINE),
        Field("third_party_is", Said("第三方是", "third party is"), Kind.CHOICE, choices=lambda: KINDS),
        Field("contact", Said("联系方式和地址", "contact and address"), Kind.TEXT, required=False),
        Field("about", Said("拟公开的内容", "what is to be disclosed"), Kind.TEXT),
        DELIVERED,
    )

    third_party: str
    about: str
    third_party_is: str = PERSON
    contact: str = ""
    delivered: date | None = None

    @classmethod
    def trial(cls, file: CaseFile, day: date) -> LawEvent | None:
        return LawEvent(cls.step, day, who=NOBODY_YET)

    def check(self) -> None:
        need(self.third_party, "third_party", _("请写明第三方的姓名或名称。"))
        one_of(self.third_party_is, (PERSON, ORGANISATION), "third_party_is")
        need(self.about, "about", _("请写明拟公开的内容。"))
        reached(self.delivered, self.day, self.today)

    def execute(self) -> None:
        asked = Consultation.objects.create(
            request=self.request,
            kind=Consultation.Kind.THIRD_PARTY,
            name=self.third_party,
            is_person=self.third_party_is == PERSON,
            contact=self.contact,
            about=self.about,
            sent=self.day,
            delivered=self.delivered,
        )
        self.enter("third_party_asked", who=str(asked.pk), delivered=self.delivered)
