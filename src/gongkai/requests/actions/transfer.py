"""转送: the request is passed to the agency in charge, beside the reply that the applicant is owed here.

The Regulation knows no binding transfer: art. 36(5) has the agency answer that it is not responsible, and name the one
that is. So a transfer ends nothing and stops no period here. It spares the applicant a second form: in the other
agency a request is opened with the same words. There it arrives through the platform, an internet channel, and is
received only once that agency and the applicant have confirmed it (art. 31(3)): nobody's period begins without him.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.refusals import Refused, Words
from gongkai.audit.models import Chain
from gongkai.law.outcomes import outcomes
from gongkai.law.words import Said
from gongkai.requests import log, numbering
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import need
from gongkai.requests.actions.fields import Field, Kind
from gongkai.requests.actions.filing import NO_REQUESTS
from gongkai.requests.actions.siblings import hold_submission, open_sibling
from gongkai.requests.actions.submit import Wish
from gongkai.requests.models import Request
from gongkai.requests.selectors.casefile import CaseFile

OTHER_AGENCY = "unavailable.other_agency"
"""The one reply after which passing on still makes sense."""


@dataclass(kw_only=True)
class Transfer(Action):
    """``to``: the agency in charge; ``why`` it is."""

    name: ClassVar[str] = "transfer"
    label: ClassVar[Said] = Said("转送有权机关", "Pass on to the agency in charge")
    only_today: ClassVar[bool] = True
    fields: ClassVar[tuple[Field, ...]] = (
        Field(
            "to",
            Said("负责公开该信息的机关", "agency in charge"),
            Kind.AGENCY,
            help=Said(
                "转送不代替答复：仍应在期限内告知申请人本机关不负责公开（第三十六条第（五）项）。",
                "Passing it on replaces no reply: the applicant is still told in time (art. 36(5)).",
            ),
        ),
        Field("why", Said("理由", "reason"), Kind.TEXT),
    )

    to: Agency
    why: str

    def hold(self) -> None:
        hold_submission(self.request)

    @classmethod
    def rests_on(cls, day: date) -> Said:
        basis = outcomes()[OTHER_AGENCY].on(day).basis
        return Said(basis.words, basis.words_en)

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        if not file.request.is_open and file.request.outcome != OTHER_AGENCY:
            return _("申请已经办结，结果不是“不属于本机关负责公开”，不再转送。")
        return None

    def check(self) -> None:
        need(self.why, "why", _("请写明该机关负责公开的理由。"))
        if self.to.pk == self.request.agency_id:
            raise Refused(_("这件申请就在本机关。"), "to")
        if not self.to.exists_on(self.day):
            raise Refused(_("该机关在这一天不存在或者已经撤销，请选择承继其职能的机关。"), "to")
        if not self.to.takes_requests:
            raise Refused(NO_REQUESTS, "to")
        if self.request.transferred_to.filter(agency=self.to).exists():
            raise Refused(_("已经转送过这个机关。"), "to")

    def execute(self) -> None:
        numbering.hold(self.to, numbering.REQUESTS, self.day)  # before the logs, as whoever registers there does
        self._hold_both_logs()
        request = self.request
        wish = Wish(request.title, request.wanted, request.document_number, request.purpose)
        arrival = [(name, self.day, {"transferred_from": request.pk}) for name in ("submitted", "arrived")]
        online = Request.Channel.ONLINE
        made = open_sibling(request, self.to, online, wish, arrival, self.actor, self.now, self.day)
        self.enter("transferred", agency=self.to.pk, into=made.pk, note=self.note(self.why))

    def _hold_both_logs(self) -> None:
        """Takes both agencies' logs in one order: two transfers that meet must not wait for each other."""
        names = [log.chain_of(self.request.agency_id), log.chain_of(self.to.pk)]
        for name in sorted(names):
            Chain.objects.get_or_create(name=name)
        list(Chain.objects.select_for_update().filter(name__in=names).order_by("name"))
