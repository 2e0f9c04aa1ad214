"""延长答复期限: the head of the lead office approves, and the applicant is told (《条例》第三十三条第二款)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Refused, Words
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.fields import Field, Kind, day_of
from gongkai.requests.actions.propose_extension import DAYS
from gongkai.requests.selectors.casefile import CaseFile


@dataclass(kw_only=True)
class Extend(Action):
    """Approved on ``approved`` (else on the day itself) and told on ``day``. What is proposed may be shortened, never
    lengthened; nobody approves what he proposed himself."""

    name: ClassVar[str] = "extend"
    label: ClassVar[Said] = Said("批准延长答复期限", "Approve the extension")
    step: ClassVar[str] = "extended"
    fields: ClassVar[tuple[Field, ...]] = (
        day_of("告知申请人之日", "day the applicant is told"),
        Field("approved", Said("批准日", "day of approval"), Kind.DAY, required=False),
        Field(
            DAYS.name, DAYS.label, DAYS.kind, required=False, help=Said("不填即按提请的天数。", "Empty: as proposed.")
        ),
    )

    days: int | None = None
    approved: date | None = None

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        proposed = file.newest("extension_proposed")
        if proposed is None:
            return _("经办人还没有提请延长。")
        if proposed.staff_id == actor.staff_id:
            return _("不能批准自己提请的延长。")
        return None

    def check(self) -> None:
        proposed = self._proposed()
        since = self.file.days("extension_proposed")[-1]
        if self.day < since:
            raise Refused(_("告知之日不能早于提请之日。"), "day")
        if self.approved is not None and self.approved < since:
            raise Refused(_("批准日不能早于提请之日。"), "approved")
        if self.days is not None and not 1 <= self.days <= proposed:
            raise Refused(_("批准的天数应当是1至提请的%(days)s个工作日。") % {"days": proposed}, "days")

    def execute(self) -> None:
        self.enter("extended", days=self.days or self._proposed(), approved=self.approved or self.day)

    def _proposed(self) -> int:
        proposal = self.file.newest("extension_proposed")
        assert proposal is not None
        return int(proposal.details["days"])
