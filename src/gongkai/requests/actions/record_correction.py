"""更正申请: a record of the applicant himself is wrong, as he shows; it is corrected or not (《条例》第四十一条)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.models import Agency, Role
from gongkai.agencies.refusals import Conflict, NotAllowed, Refused
from gongkai.audit.writing import record
from gongkai.law.words import Said
from gongkai.requests.actions.checking import found, need
from gongkai.requests.actions.fields import Field, Kind, day_of
from gongkai.requests.actions.filing import NO_REQUESTS, Filing
from gongkai.requests.models import RecordCorrection
from gongkai.requests.numbering import code_digest, correction_number, new_code

ARTICLE = Said("《政府信息公开条例》第四十一条", "Regulation on the Disclosure of Government Information, art. 41")
State = RecordCorrection.State
DONE = Field("answer", Said("处理情况", "what was done"), Kind.TEXT)
DAY = day_of("办结并告知之日", "day it ends and is told")


@dataclass(frozen=True, slots=True)
class FiledCorrection:
    """What was filed, and the code with which it is followed; empty where the form had been sent before."""

    correction: RecordCorrection
    code: str


@dataclass(kw_only=True)
class FileCorrection(Filing[FiledCorrection]):
    """By the person himself, or registered by an officer of the agency. All three texts are needed: which record, what
    is wrong in it, and what shows that."""

    called: ClassVar[str] = "correction.file"

    record: str
    wrong: str
    evidence: str

    def earlier(self) -> FiledCorrection | None:
        first = RecordCorrection.objects.filter(key=self.key).first() if self.key is not None else None
        if first is None:
            return None
        return FiledCorrection(found(first if first.agency_id == self.agency.pk else None, ""), "")

    def check(self) -> None:
        need(self.record, "record", _("请写明是哪一项与您自身相关的信息。"))
        need(self.wrong, "wrong", _("请写明哪里不准确。"))
        need(self.evidence, "evidence", _("请写明有什么证据证明记录不准确。"))

    def store(self, now: datetime) -> FiledCorrection:
        number, code = correction_number(self.agency, self.day), new_code()
        made = RecordCorrection.objects.create(
            agency=self.agency,
            number=number,
            applicant=self.applicant,
            record=self.record,
            wrong=self.wrong,
            evidence=self.evidence,
            tracking=code_digest(number, code),
            received=self.day,
            handler=self.actor.staff,
            key=self.key,
        )
        logged("file", made, self.actor, now)
        return FiledCorrection(made, code)


@dataclass(kw_only=True)
class EndCorrection:
    """What ends the matter: the agency says on ``day`` what it did (``answer``) and tells the person."""

    name: ClassVar[str]
    label: ClassVar[Said]
    state: ClassVar[str]
    article: ClassVar[Said] = ARTICLE
    fields: ClassVar[tuple[Field, ...]] = (DAY, DONE)

    correction: RecordCorrection
    actor: Actor
    day: date
    answer: str
    _changed: list[str] = field(default_factory=list, init=False, repr=False)

    def run(self, now: datetime) -> RecordCorrection:
        """Does it. Raises NotAllowed, Conflict, Refused: then nothing was changed."""
        try:
            with transaction.atomic():
                return self._run(now)
        except NotAllowed:
            logged(self.name, self.correction, self.actor, now, result="refused")
            raise

    def _run(self, now: datetime) -> RecordCorrection:
        held = RecordCorrection.objects.select_for_update(of=("self",)).select_related("agency")
        self.correction = held.get(pk=self.correction.pk)
        if not self.actor.has(Role.OFFICER, self.correction.agency_id):
            raise NotAllowed(_("需要由本机关的经办人办理。"))
        if self.correction.state != State.OPEN:
            raise Conflict(_("这件更正申请已经办结。"))
        if not self.correction.received <= self.day <= timezone.localdate(now):
            raise Refused(_("办结日应当在收到日以后、今天以前。"), "day")
        self.check()
        self.consequences(now)
        self.correction.state, self.correction.answer, self.correction.ended = self.state, self.answer, self.day
        self.correction.handler = self.actor.staff
        self.correction.save(update_fields=["state", "answer", "ended", "handler", *self._changed])
        logged(self.name, self.correction, self.actor, now)
        return self.correction

    def check(self) -> None:
        """Refuses what is wrong in itself."""
        need(self.answer, "answer", _("请写明处理情况，告知申请人时使用。"))

    def consequences(self, now: datetime) -> None:
        """What else is stored with it, and the further columns that change."""


class CorrectRecord(EndCorrection):
    """The record was wrong, is corrected, and the person told."""

    name = "correct"
    label = Said("予以更正并告知", "Correct and tell")
    state = State.CORRECTED


class RefuseCorrection(EndCorrection):
    """The record is right as far as was found out, and the person told why."""

    name = "refuse"
    label = Said("不予更正并告知", "Refuse and tell")
    state = State.REFUSED


@dataclass(kw_only=True)
class ForwardCorrection(EndCorrection):
    """Another agency may correct it: it is passed on to ``to``, where it is open from that day, and the person told.
    The code with which he follows the one opens the other too."""

    name: ClassVar[str] = "forward"
    label: ClassVar[Said] = Said("转送有权更正的机关并告知", "Forward and tell")
    state: ClassVar[str] = State.FORWARDED
    fields: ClassVar[tuple[Field, ...]] = (DAY, Field("to", Said("有权更正的机关", "agency"), Kind.AGENCY), DONE)

    to: Agency | None = None

    def check(self) -> None:
        super().check()
        if self.to is None or self.to.pk == self.correction.agency_id:
            raise Refused(_("请选择有权更正的其他机关。"), "to")
        if not self.to.takes_requests:
            raise Refused(NO_REQUESTS, "to")
        if not self.to.exists_on(self.day):
            raise Refused(_("该机关在这一天不存在或者已经撤销，请选择承继其职能的机关。"), "to")
        line = RecordCorrection.objects.filter(Q(origin=self.correction.first) | Q(pk=self.correction.first.pk))
        if line.filter(agency=self.to).exists():
            raise Refused(_("已经由这个机关办理过。"), "to")

    def consequences(self, now: datetime) -> None:
        assert self.to is not None
        self.correction.forwarded_to = self.to
        self._changed.append("forwarded_to")
        was = self.correction
        made = RecordCorrection.objects.create(
            agency=self.to,
            number=correction_number(self.to, self.day),
            applicant=was.applicant,
            record=was.record,
            wrong=was.wrong,
            evidence=was.evidence,
            received=self.day,
            origin=was.first,
        )
        logged("file", made, self.actor, now)


class ReferCorrection(EndCorrection):
    """Another agency may correct it: the person is told to turn to it."""

    name = "refer"
    label = Said("告知向有权更正的机关提出", "Tell whom to turn to")
    state = State.REFERRED


CORRECTION_ACTIONS: Mapping[str, type[EndCorrection]] = {
    action.name: action for action in (CorrectRecord, RefuseCorrection, ForwardCorrection, ReferCorrection)
}
"""What may be done with one that is open, by name."""


def logged(name: str, correction: RecordCorrection, actor: Actor, now: datetime, **more: Any) -> None:
    """Writes the step into the platform's log; such matters have no log of their own."""
    record(
        f"correction.{name}",
        now=now,
        staff=actor.staff_id,
        subject=f"correction:{correction.pk}",
        address=actor.address,
        **more,
    )
