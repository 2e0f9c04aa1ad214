"""分派: a request is given to an officer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Appointment, Role, Staff
from gongkai.agencies.refusals import Refused
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.fields import Field, Kind


@dataclass(kw_only=True)
class Assign(Action):
    """``to``, an officer of the agency, handles the request from now on."""

    name: ClassVar[str] = "assign"
    label: ClassVar[Said] = Said("分派经办人", "Assign to an officer")
    fields: ClassVar[tuple[Field, ...]] = (Field("to", Said("经办人", "officer"), Kind.STAFF),)

    to: Staff

    def check(self) -> None:
        held = Appointment.objects.filter(staff=self.to, role=Role.OFFICER, agency_id=self.request.agency_id)
        if not self.to.is_active or not any(one.holds_on(self.today) for one in held):
            raise Refused(_("请选择本机关现任的经办人。"), "to")
        if self.to.pk == self.request.handler_id:
            raise Refused(_("这件申请已经由此人经办。"), "to")

    def execute(self) -> None:
        self.request.handler = self.to
        self.enter("assigned", to=self.to.pk)

    def touched(self) -> list[str]:
        return ["handler"]
