"""Who works in the district: people in every role of every agency, and the sign-ins to look at it with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.db.models import Q

from gongkai.agencies.actors import Actor
from gongkai.agencies.models import Agency, Appointment, Role, Staff
from gongkai.agencies.models.staff import ADMINISTRATORS
from gongkai.demo.district.agencies import SINCE, House
from gongkai.demo.district.data import read

PASSWORD = "Tangwan-2026"
"""Of everybody in the made-up district; told when it is opened."""
SHOWN = "HRSS"
"""The agency whose people the table of sign-ins shows."""
OFFICERS = 2
HANDLING = (Role.REVIEWER, Role.SIGNATORY, Role.LEAD_HEAD, Role.SECRECY_REVIEWER, Role.PUBLISHER)
SHORT = {Role.LEAD_HEAD: "head", Role.SECRECY_REVIEWER: "secrecy"}
"""What a role is called in a sign-in, where its own name is long."""
OVERALL = {
    "supervisor": Role.SUPERVISOR,
    "sysadmin": Role.SYSTEM_ADMIN,
    "secadmin": Role.SECURITY_ADMIN,
    "auditadmin": Role.AUDIT_ADMIN,
}
"""Those of the supervising office: the supervisor, and the three administrators."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The people of an agency who handle requests, as they act."""

    officers: tuple[Actor, ...]
    reviewer: Actor
    signatory: Actor
    head: Actor


def store_staff(houses: dict[str, House], dice: Random, now: datetime) -> dict[str, Desk]:
    """Stores everybody with his roles; gives the desks by the agency's code. One slow digest for all passwords."""
    password = make_password(PASSWORD)
    posts: list[tuple[Staff, Role, Agency]] = []
    names = _names(dice)

    def hire(username: str, role: Role, agency: Agency, over: Agency | None = None) -> Staff:
        staff = Staff(
            username=username,
            password=password,
            name=next(names),
            agency=agency,
            phone=f"0500-88{dice.randrange(10**6):06}",
            must_change_password=False,
            password_changed_at=now,
        )
        posts.append((staff, role, over or agency))
        return staff

    people: dict[str, dict[Role, list[Staff]]] = {}
    for code, house in houses.items():
        of = people.setdefault(code, {})
        for number in range(1, OFFICERS + 1):
            of.setdefault(Role.OFFICER, []).append(
                hire(username(code, Role.OFFICER, number), Role.OFFICER, house.agency)
            )
        for role in HANDLING:
            of.setdefault(role, []).append(hire(username(code, role), role, house.agency))
    office = next(house.agency for house in houses.values() if house.agency.supervises)
    government = office.get_parent()
    for name, role in OVERALL.items():  # the administrators' roles reach over the whole district
        hire(name, role, office, government if role in ADMINISTRATORS else None)
    Staff.objects.bulk_create([staff for staff, _, _ in posts])
    Appointment.objects.bulk_create(
        Appointment(staff=staff, role=role, agency=agency, since=SINCE, until=_last_day(agency))
        for staff, role, agency in posts
    )
    return {code: _desk(of) for code, of in people.items()}


def _last_day(agency: Agency) -> date | None:
    """Roles end with the agency."""
    return agency.until and agency.until - timedelta(days=1)


def username(code: str, role: Role, number: int = 1) -> str:
    """``officer``, ``officer2``, ``reviewer`` … in the agency that is shown; ``land-officer`` in another."""
    name = SHORT.get(role, str(role.value)) + ("" if number == 1 else str(number))
    return name if code == SHOWN else f"{code.lower()}-{name}"


def _desk(of: dict[Role, list[Staff]]) -> Desk:
    reviewer, signatory, head = (Actor(staff=of[role][0]) for role in (Role.REVIEWER, Role.SIGNATORY, Role.LEAD_HEAD))
    return Desk(tuple(Actor(staff=staff) for staff in of[Role.OFFICER]), reviewer, signatory, head)


def _names(dice: Random) -> Iterator[str]:
    people = read("people.toml")
    names = [surname + given for surname in people["surnames"] for given in people["given"]]
    dice.shuffle(names)
    yield from names


def shown() -> list[Appointment]:
    """The sign-ins to be told: everybody of the agency that is shown, then supervisor and administrators."""
    found = Appointment.objects.filter(Q(agency__code=SHOWN) | Q(staff__username__in=OVERALL))
    return list(found.select_related("staff", "agency").order_by("pk"))
