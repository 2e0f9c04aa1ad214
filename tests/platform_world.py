"""A small made-up world for tests of the platform: a government, two agencies, people in every role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import django_otp
from django.test import Client

from gongkai.agencies.actors import Actor, actor_of
from gongkai.agencies.models import Agency, Appointment, Role, SecondFactor, Staff
from gongkai.requests.actions.confirm import Confirm
from gongkai.requests.actions.submit import Filed, Submit, Wish
from gongkai.requests.models import Applicant, Request

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONG_AGO = date(2008, 5, 1)


def at(day: date, hour: int = 10) -> datetime:
    """That hour of that day, as the clock on the wall has it."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


@dataclass
class World:
    """A district government with its office (which supervises), a bureau, and people."""

    government: Agency
    office: Agency
    bureau: Agency

    def person(self, role: Role | str, agency: Agency | None = None, username: str = "") -> Staff:
        """A person with that role in the agency (the bureau where none is given); the same one when asked again."""
        agency = agency or self.bureau
        staff, made = Staff.objects.get_or_create(
            username=username or f"{role}-{agency.code}",
            defaults={"name": f"某{Role(role).label}", "agency": agency, "must_change_password": False},
        )
        if made:
            staff.set_password("Correct-horse-9")
            staff.save()
        Appointment.objects.get_or_create(staff=staff, role=role, agency=agency, defaults={"since": LONG_AGO})
        return staff

    def actor(self, role: Role | str, agency: Agency | None = None, day: date = date(2026, 3, 2)) -> Actor:
        """That person as he acts on that day."""
        return actor_of(self.person(role, agency), day)

    def sign_in(self, client: Client, role: Role | str, agency: Agency | None = None) -> Staff:
        """Signs that person in at the desk, with the second factor given."""
        staff = self.person(role, agency)
        factor, _made = SecondFactor.objects.get_or_create(user=staff, confirmed=True)
        client.force_login(staff, backend="gongkai.agencies.backends.RoleBackend")
        session = client.session
        session[django_otp.DEVICE_ID_SESSION_KEY] = factor.persistent_id
        session.save()
        return staff

    def filed(self, day: date, channel: str = Request.Channel.IN_PERSON, **wish: str) -> Filed:
        """A request to the bureau that came on that day."""
        applicant = Applicant(
            kind=Applicant.Kind.NATURAL_PERSON,
            name="赵某某",
            document=Applicant.Document.IDENTITY_CARD,
            document_number="11010119900307109X",
            phone="13800000000",
            address="青禾市棠湾区听松路1号",
        )
        told: dict[str, Any] = {"title": "某地块征收公告", "wanted": "某地块的征收土地公告及其附图", **wish}
        return Submit(
            agency=self.bureau,
            applicant=applicant,
            wishes=(Wish(**told),),
            channel=channel,
            actor=self.actor(Role.OFFICER, day=day),
            day=day,
        ).run(at(day))

    def received(self, day: date, **wish: str) -> Request:
        """A request that was received on that day, handed in in person."""
        return self.filed(day, **wish).requests[0]

    def confirmed(self, arrived: date, confirmed: date) -> Request:
        """A request that came online and was confirmed later."""
        request = self.filed(arrived, Request.Channel.ONLINE).requests[0]
        officer = self.actor(Role.OFFICER, day=confirmed)
        return Confirm(request=request, actor=officer, day=confirmed).run(at(confirmed))


def make_world() -> World:
    """The agencies of the world, stored."""
    common = {"since": LONG_AGO, "level": "county"}
    government = Agency.add_root(
        name="青禾市棠湾区人民政府", short_name="区政府", code="TW", mark="棠府", kind="government", **common
    )
    office = government.add_child(
        name="青禾市棠湾区人民政府办公室",
        short_name="区政府办公室",
        code="TWB",
        mark="棠府办",
        kind="department",
        supervises=True,
        **common,
    )
    bureau = Agency.objects.get(pk=government.pk).add_child(
        name="青禾市棠湾区人力资源和社会保障局",
        short_name="区人力资源社会保障局",
        code="HRSS",
        mark="棠人社",
        kind="department",
        **common,
    )
    return World(government, office, bureau)
