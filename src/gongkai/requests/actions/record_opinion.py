"""记录意见: what those who were asked said, or that nothing came in time (《条例》第三十二条、第三十四条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Refused, Words
from gongkai.law.events import Event as LawEvent
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import found, need, one_of
from gongkai.requests.actions.fields import Field, Kind, day_of
from gongkai.requests.models import Consultation
from gongkai.requests.selectors.casefile import CaseFile

Answer = Consultation.Answer
OBJECTING = (Answer.OBJECTS, Answer.PARTLY)
STEPS = {
    Consultation.Kind.THIRD_PARTY: "third_party_answered",
    Consultation.Kind.JOINT: "agency_answered",
    Consultation.Kind.AGENCY: "agency_answered",
}


@dataclass(kw_only=True)
class RecordOpinion(Action):
    """The ``answer`` to a consultation, received on ``day``. An objection has its ``reasons``; of a third party's the
    agency says whether they are ``reasonable``, of another agency's it may leave that unjudged (None). Silence may be
    recorded once the law's last day for an answer has passed."""

    name: ClassVar[str] = "record_opinion"
    label: ClassVar[Said] = Said("记录意见", "Record the opinion")
    step: ClassVar[str] = "third_party_answered"
    fields: ClassVar[tuple[Field, ...]] = (
        day_of("收到意见之日", "day it was received"),
        Field("consultation", Said("征求对象", "who was asked"), Kind.CONSULTATION),
        Field("answer", Said("意见", "answer"), Kind.CHOICE, choices=lambda: list(Answer.choices)),
        Field("reasons", Said("理由", "reasons"), Kind.TEXT, required=False),
        Field("reasonable", Said("理由是否合理", "whether the reasons are good"), Kind.JUDGED, required=False),
    )

    consultation: Consultation
    answer: str
    reasons: str = ""
    reasonable: bool | None = None

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        if not file.consultations:
            return _("没有征求意见。")
        open_ones = [one for one in file.consultations if one.answered is None]
        return None if open_ones else _("所征求的意见都已记录。")

    @classmethod
    def trial(cls, file: CaseFile, day: date) -> LawEvent | None:
        asked = next((one for one in file.consultations if one.answered is None), None)
        return LawEvent(STEPS[Consultation.Kind(asked.kind)], day, who=str(asked.pk)) if asked is not None else None

    def check(self) -> None:
        own = (one for one in self.file.consultations if one.pk == self.consultation.pk)
        self.consultation = found(next(own, None), "consultation")
        one_of(self.answer, Answer.values, "answer")
        if self.consultation.answered is not None:
            raise Refused(_("这一征求的意见已经记录。"), "consultation")
        if self.day < self.consultation.sent:
            raise Refused(_("收到意见之日不能早于发函之日。"), "day")
        if self.answer == Answer.SILENT:
            self._time_is_over()
        elif self.answer in OBJECTING:
            need(self.reasons, "reasons", _("请写明对方不同意公开的理由。"))
            if self.reasonable is None and self.consultation.kind == Consultation.Kind.THIRD_PARTY:
                raise Refused(_("请认定理由是否合理。"), "reasonable")

    def execute(self) -> None:
        asked = self.consultation
        asked.answer, asked.reasons = self.answer, self.reasons
        asked.reasonable = self.reasonable if self.answer in OBJECTING else None  # else there is nothing to judge
        if self.answer == Answer.SILENT:
            self.enter("silence_noted", consultation=asked.pk)
        else:
            asked.answered = self.day
            self.enter(STEPS[Consultation.Kind(asked.kind)], who=str(asked.pk), answer=self.answer)
        asked.save(update_fields=["answer", "reasons", "reasonable", "answered"])

    def _time_is_over(self) -> None:
        """Refuses silence before the last day has passed; by law it must be known when the letter arrived."""
        if self.consultation.answer == Answer.SILENT:
            raise Refused(_("已经记录为逾期未提出意见。"), "answer")
        pause = self.file.pause_of(self.consultation)
        if pause is None or pause.expires is None:
            raise Refused(_("法律没有为这一征求规定期限，不能记为逾期。"), "answer")
        if not pause.sure:
            raise Refused(_("期限自对方收到函件之日起算，请先记录收到之日。"), "answer")
        if self.day <= pause.expires:
            raise Refused(_("对方提出意见的期限还没有届满。"), "answer")
