"""Rights: roles given and ended, and what protects a sign-in put right, by the security administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from axes.utils import reset
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actions.accounts import OfPerson, first_password
from gongkai.agencies.actions.base import Administration
from gongkai.agencies.models import Agency, Appointment, Role, SecondFactor, SignIn, Staff
from gongkai.agencies.models.staff import ADMINISTRATORS
from gongkai.agencies.refusals import Refused
from gongkai.agencies.signing_in.entering import leave_everywhere
from gongkai.agencies.signing_in.passwords import give_password


@dataclass(kw_only=True)
class Appoint(Administration[Appointment]):
    """任命: a role in an agency from a day on, until another (included) or until further notice.

    The three administrators are three people, and an administrator handles no requests."""

    name = "appoint"

    staff: Staff
    role: str
    agency: Agency
    since: date
    until: date | None = None

    def concerns(self) -> Staff:
        return self.staff

    def check(self) -> None:
        if self.role not in Role.values:
            raise Refused(_("请选择角色。"), "role")
        if self.until is not None and self.until < self.since:
            raise Refused(_("结束日期不能早于开始日期。"), "until")
        if self.actor.staff is not None and not self.actor.administers(Role.SECURITY_ADMIN, str(self.agency.path)):
            raise Refused(_("该机关不在您管理的范围内。"), "agency")
        if not self.agency.exists_on(max(self.since, self.today)):
            raise Refused(_("该机关在这一天不存在。"), "agency")
        held = list(self._at_the_same_time())
        if any(other.role == self.role and other.agency_id == self.agency.pk for other in held):
            raise Refused(_("此人在这段时间已经担任这个角色。"), "role")
        others = {other.role for other in held if other.role != self.role}
        if self.role in ADMINISTRATORS and others & ADMINISTRATORS:
            raise Refused(_("系统管理员、安全管理员、审计管理员须由不同的人担任。"), "role")
        if others and (self.role in ADMINISTRATORS) != bool(others & ADMINISTRATORS):
            raise Refused(_("管理员不能同时办理业务，请另行指定人员。"), "role")

    def _at_the_same_time(self) -> Any:
        # The person is held, not what he was appointed to: two may give him his first two roles at once.
        Staff.objects.select_for_update(no_key=True).get(pk=self.staff.pk)
        others = Appointment.objects.filter(staff=self.staff)
        others = others.filter(Q(until__isnull=True) | Q(until__gte=self.since))
        return others.filter(since__lte=self.until) if self.until is not None else others

    def execute(self) -> Appointment:
        return Appointment.objects.create(
            staff=self.staff,
            role=self.role,
            agency=self.agency,
            since=self.since,
            until=self.until,
            made_by=self.actor.staff,
        )

    def told(self) -> dict[str, Any]:
        until = self.until.isoformat() if self.until is not None else None
        return {"role": self.role, "agency": self.agency.pk, "since": self.since.isoformat(), "until": until}


@dataclass(kw_only=True)
class EndAppointment(Administration[Appointment]):
    """免去: the role ends after that day."""

    name = "end_appointment"

    appointment: Appointment
    until: date

    def concerns(self) -> Staff:
        return self.appointment.staff

    def hold(self) -> None:
        held = Appointment.objects.select_for_update(of=("self",)).select_related("staff", "agency")
        self.appointment = held.get(pk=self.appointment.pk)

    def check(self) -> None:
        if self.until < self.appointment.since:
            raise Refused(_("结束日期不能早于开始日期。"), "until")
        if self.appointment.until is not None and self.until > self.appointment.until:
            raise Refused(_("这项任职在此之前已经结束。"), "until")

    def execute(self) -> Appointment:
        self.appointment.until = self.until
        self.appointment.save(update_fields=["until"])
        return self.appointment

    def told(self) -> dict[str, Any]:
        held = self.appointment
        return {"role": held.role, "agency": held.agency_id, "until": self.until.isoformat()}


@dataclass(kw_only=True)
class GivePassword(Administration[str]):
    """A new first password for somebody who forgot his; it is shown once and must be changed."""

    name = "give_password"

    staff: Staff

    def concerns(self) -> Staff:
        return self.staff

    def execute(self) -> str:
        password = first_password()
        give_password(self.staff, password, self.now)
        leave_everywhere(self.staff, SignIn.Ended.PASSWORD_CHANGED, self.now)
        return password


@dataclass(kw_only=True)
class ResetSecondFactor(OfPerson):
    """The person enrols again: his telephone is lost, and so are his recovery codes."""

    name = "reset_second_factor"

    def execute(self) -> Staff:
        SecondFactor.objects.filter(user=self.staff).delete()
        leave_everywhere(self.staff, SignIn.Ended.ENDED_BY_ADMINISTRATOR, self.now)
        return self.staff


@dataclass(kw_only=True)
class Unlock(OfPerson):
    """The tries that failed are forgotten."""

    name = "unlock"

    def execute(self) -> Staff:
        reset(username=self.staff.username)
        return self.staff


@dataclass(kw_only=True)
class EndSessions(OfPerson):
    """The person is signed out wherever he is."""

    name = "end_sessions"

    def execute(self) -> Staff:
        leave_everywhere(self.staff, SignIn.Ended.ENDED_BY_ADMINISTRATOR, self.now)
        return self.staff
