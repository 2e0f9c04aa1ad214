"""收到补正: the corrected request arrives, and the period begins anew (《条例》第三十条)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import APPLICANT
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import need
from gongkai.requests.actions.fields import Field, Kind, day_of
from gongkai.requests.models import FormerText


@dataclass(kw_only=True)
class ReceiveSupplement(Action):
    """By the applicant himself, or recorded by the officer. ``words``: what he wrote. Where he describes anew what is
    wanted (``title``, ``wanted``, ``document_number``), the request reads so from now on; what was first asked is kept
    word for word."""

    name: ClassVar[str] = "receive_supplement"
    label: ClassVar[Said] = Said("收到补正", "Receive the correction")
    step: ClassVar[str] = "supplement_received"
    fields: ClassVar[tuple[Field, ...]] = (
        day_of("收到补正之日", "day it is received"),
        Field("words", Said("补正内容", "what was corrected"), Kind.TEXT),
        Field("title", Said("补正后的信息名称", "title after correction"), Kind.LINE, required=False, longest=200),
        Field(
            "document_number",
            Said("补正后的文号", "document number after correction"),
            Kind.LINE,
            required=False,
            longest=100,
        ),
        Field("wanted", Said("补正后的内容描述", "description after correction"), Kind.TEXT, required=False),
    )

    words: str
    title: str = ""
    document_number: str = ""
    wanted: str = ""

    def check(self) -> None:
        need(self.words, "words", _("请写明补正的内容。"))

    def execute(self) -> None:
        changes = {name: getattr(self, name).strip() for name in ("title", "document_number", "wanted")}
        changes = {name: value for name, value in changes.items() if value and value != getattr(self.request, name)}
        if changes:
            FormerText.keep(self.request, FormerText.Because.SUPPLEMENT, self.day)
            for name, value in changes.items():
                setattr(self.request, name, value)
        supplement = self.request.supplements.filter(received__isnull=True).order_by("-pk").first()
        if supplement is not None:
            supplement.received, supplement.words = self.day, self.words
            supplement.by_applicant = self.actor.kind == APPLICANT
            supplement.save(update_fields=["received", "words", "by_applicant"])
        self.enter("supplement_received", supplement=supplement and supplement.pk)

    def touched(self) -> list[str]:
        return ["title", "document_number", "wanted"]
