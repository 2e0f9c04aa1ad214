"""发出答复: by a way that is allowed; which day counts follows from the way (国办公开办函〔2016〕235号). What was sent
is sent again only where it came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Refused, Words, in_language
from gongkai.law.events import Event as LawEvent
from gongkai.law.outcomes import outcomes
from gongkai.law.procedure import deliveries, steps
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import need, one_of
from gongkai.requests.actions.fields import Choices, Field, Kind, day_of
from gongkai.requests.actions.giving import hand_over
from gongkai.requests.actions.tell_third_party import untold
from gongkai.requests.models import Delivery
from gongkai.requests.selectors.casefile import CaseFile

MAIL, ELECTRONIC = "mail", "electronic"
CAME_BACK = "came_back"
AGAIN = Said("再次发出（限被退回的）", "Send again (only what came back)")


def ways() -> Choices:
    """The ways of delivery that are allowed."""
    return [(way.name, in_language(Said(way.label, way.label_en))) for way in deliveries().values() if way.allowed]


def letter_of(file: CaseFile) -> str:
    """The letter that is to be sent: that of the reply, or that of the step which ended the matter."""
    closing = next(
        (event for event, _day in reversed(file.held) if event.name in steps() and steps()[event.name].outcome), None
    )
    if closing is not None:
        return steps()[closing.name].letter
    decided = file.newest("decided")
    return outcomes()[decided.details["outcome"]].letter_key if decided is not None else ""


@dataclass(kw_only=True)
class Dispatch(Action):
    """The letter leaves on ``day``. Mail has the number of the post's slip. What is sent electronically has arrived on
    the same day, unless ``entered`` says that it is not known to have entered the applicant's system yet. Where it was
    sent before and has not arrived, ``came_back`` is the day on which it was returned."""

    name: ClassVar[str] = "dispatch"
    label: ClassVar[Said] = Said("发出答复", "Send the reply")
    step: ClassVar[str] = "dispatched"
    fields: ClassVar[tuple[Field, ...]] = (
        day_of("发出（交邮）之日", "day of dispatch"),
        Field("way", Said("送达方式", "way of delivery"), Kind.CHOICE, choices=ways),
        Field(
            "mail_number",
            Said("邮件号码", "number of the mail"),
            Kind.LINE,
            required=False,
            help=Said("邮寄的必须填写。", "Needed where it is mailed."),
            longest=40,
        ),
        Field(
            "entered",
            Said("已进入申请人指定的系统（数据电文）", "has entered the applicant's system (electronic)"),
            Kind.YES_NO,
            required=False,
        ),
        Field(
            CAME_BACK,
            Said("上一次发出的被退回之日", "day on which what was sent before came back"),
            Kind.DAY,
            required=False,
            help=Said(
                "没有被退回、只是还没有签收的，不必再发：等签收后办“记录送达”。",
                "What has not come back and is merely not signed for yet is not sent again: record the delivery later.",
            ),
        ),
    )

    way: str
    mail_number: str = ""
    entered: bool = True
    came_back: date | None = None

    @classmethod
    def verb(cls, file: CaseFile) -> Said:
        return AGAIN if file.days("dispatched") else cls.label

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        if file.days("delivered"):
            return _("已经送达，不必再发。")
        return untold(file) if file.request.is_open else None

    @classmethod
    def trial(cls, file: CaseFile, day: date) -> LawEvent | None:
        return LawEvent(cls.step, day, by=file.standing.by)

    def check(self) -> None:
        one_of(self.way, (way for way, _label in ways()), "way")
        if self.way == MAIL:
            need(self.mail_number, "mail_number", _("邮寄送达请填写邮件号码。"))
        sent = self.file.days("dispatched")
        if not sent:
            return
        if self.came_back is None:
            raise Refused(_("已经发出，正在等待送达。被退回的才再次发出，请填写退回之日。"), CAME_BACK)
        if not sent[-1] <= self.came_back <= self.day:
            raise Refused(_("退回之日应当在上一次发出以后、这一次发出以前。"), CAME_BACK)

    def execute(self) -> None:
        former = self.file.newest("dispatched")
        arrived = self.day if self.way == ELECTRONIC and self.entered else None
        delivery = Delivery.objects.create(
            request=self.request,
            letter=letter_of(self.file),
            way=self.way,
            mail_number=self.mail_number.strip(),
            dispatched=self.day,
            delivered=arrived,
        )
        returned = {"came_back": self.came_back, "returned": former.details["delivery"]} if former is not None else {}
        self.enter("dispatched", by=self.way, delivery=delivery.pk, **returned)
        hand_over(self.file)
        if arrived is not None:
            self.enter("delivered", by=self.way, delivery=delivery.pk)
