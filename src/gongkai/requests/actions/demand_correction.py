"""要求更正: somebody shows with evidence that an agency's record of himself is wrong (《条例》第四十一条)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.refusals import Refused
from gongkai.audit.writing import record
from gongkai.requests.actions.checking import need
from gongkai.requests.models import Applicant, Paper, RecordCorrection
from gongkai.requests.numbering import code_digest, correction_number, new_code


@dataclass(frozen=True, slots=True)
class Demanded:
    """What came of it, and the code with which it is followed; empty where the form had been sent before."""

    correction: RecordCorrection
    code: str


@dataclass(kw_only=True)
class DemandCorrection:
    """A demand to the agency on ``day``: which record, what is wrong in it, and by what that is shown."""

    agency: Agency
    applicant: Applicant
    record: str
    wrong: str
    evidence: str
    actor: Actor
    day: date
    key: UUID | None = None
    papers: Iterable[Paper] = ()

    def run(self, now: datetime) -> Demanded:
        """Does it. Raises Refused: then nothing is stored."""
        with transaction.atomic():
            return self._run(now)

    def _run(self, now: datetime) -> Demanded:
        if self.key is not None:
            earlier = RecordCorrection.objects.filter(key=self.key).first()
            if earlier is not None:
                return Demanded(earlier, "")
        self.check(now)
        self.applicant.save()
        code, number = new_code(), correction_number(self.agency, self.day)
        correction = RecordCorrection.objects.create(
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
        for paper in self.papers:
            paper.correction = correction
            paper.save(update_fields=["correction"])
        record(
            "correction.demand",
            now=now,
            staff=self.actor.staff_id,
            subject=f"correction:{correction.pk}",
            address=self.actor.address,
        )
        return Demanded(correction, code)

    def check(self, now: datetime) -> None:
        """Refuses what is wrong in itself."""
        need(self.record, "record", _("请写明是哪一项记录。"))
        need(self.wrong, "wrong", _("请写明哪里不准确、应当是什么。"))
        need(self.evidence, "evidence", _("请写明凭什么证明它不准确。"))
        if self.day > timezone.localdate(now):
            raise Refused(_("日期不能晚于今天。"), "day")
        if not self.agency.exists_on(self.day):
            raise Refused(_("该机关在这一天不存在或者已经撤销，请选择承继其职能的机关。"), "agency")
