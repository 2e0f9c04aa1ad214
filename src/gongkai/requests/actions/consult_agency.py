"""征求其他机关意见: one that made the document jointly, or is concerned (《条例》第十一条、第三十四条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.agencies.refusals import Refused
from gongkai.law.events import Event as LawEvent
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import need, reached
from gongkai.requests.actions.consult_third_party import NOBODY_YET
from gongkai.requests.actions.fields import DELIVERED, Field, Kind, day_of
from gongkai.requests.models import Consultation
from gongkai.requests.selectors.casefile import CaseFile


@dataclass(kw_only=True)
class ConsultAgency(Action):
    """The letter goes to ``agency`` (one of the platform) or to the agency of that ``agency_name``. Who made the
    document jointly has the law's period and agrees by silence; another agency has no such period."""

    name: ClassVar[str] = "consult_agency"
    label: ClassVar[Said] = Said("征求其他机关意见", "Consult another agency")
    step: ClassVar[str] = "agency_asked"
    fields: ClassVar[tuple[Field, ...]] = (
        day_of("发函之日", "day the letter is sent"),
        Field("agency", Said("机关", "agency"), Kind.AGENCY, required=False),
        Field(
            "agency_name",
            Said("机关名称（不在本平台的）", "name, where not on this platform"),
            Kind.LINE,
            required=False,
        ),
        Field(
            "joint",
            Said("共同制作该信息的机关", "made the document jointly"),
            Kind.YES_NO,
            required=False,
            help=Said(
                "共同制作机关逾期不提出意见的，视为同意公开。",
                "Silence of an agency that made it jointly is agreement.",
            ),
        ),
        Field("about", Said("拟公开的内容", "what is to be disclosed"), Kind.TEXT),
        DELIVERED,
    )

    about: str
    agency: Agency | None = None
    agency_name: str = ""
    joint: bool = False
    delivered: date | None = None

    @classmethod
    def trial(cls, file: CaseFile, day: date) -> LawEvent | None:
        return LawEvent(cls.step, day, who=NOBODY_YET)

    def check(self) -> None:
        if self.agency is None and not self.agency_name.strip():
            raise Refused(_("请选择机关，或者写明机关名称。"), "agency")
        if self.agency is not None and self.agency.pk == self.request.agency_id:
            raise Refused(_("不能向本机关征求意见。"), "agency")
        need(self.about, "about", _("请写明拟公开的内容。"))
        reached(self.delivered, self.day, self.today)

    def execute(self) -> None:
        asked = Consultation.objects.create(
            request=self.request,
            kind=Consultation.Kind.JOINT if self.joint else Consultation.Kind.AGENCY,
            agency=self.agency,
            name=self.agency.name_on(self.day) if self.agency is not None else self.agency_name,
            is_person=False,
            about=self.about,
            sent=self.day,
            delivered=self.delivered,
        )
        self.enter("agency_asked", who=str(asked.pk), delivered=self.delivered, joint=self.joint)
