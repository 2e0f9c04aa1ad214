"""Who acts: a member of staff with the roles he holds on a day, an applicant by his tracking code, or the system."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from gongkai.agencies.models import Agency, Role, Staff

APPLICANT, SYSTEM = "applicant", "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who takes a step. ``roles`` holds (role, agency id) pairs; ``areas`` the tree paths that a supervisor oversees,
    ``overseen`` the ids of the agencies in them; ``request`` is the id of the request whose code an applicant gave.
    ``address`` is where he came from, for the log.
    """

    kind: str = "staff"
    staff: Staff | None = None
    roles: frozenset[tuple[str, int]] = frozenset()
    areas: tuple[str, ...] = ()
    overseen: frozenset[int] = frozenset()
    request: int | None = None
    address: str | None = None
    paths: dict[int, str] = field(default_factory=dict, compare=False)

    @property
    def staff_id(self) -> int | None:
        """The person's id, None for an applicant and for the system."""
        return self.staff.pk if self.staff is not None else None

    def has(self, role: str, agency: int | None = None) -> bool:
        """Whether he holds the role, in that agency where one is given."""
        return any(held == role and agency in (None, of) for held, of in self.roles)

    def agencies(self, *roles: str) -> frozenset[int]:
        """The agencies in which he holds one of these roles (any role, where none is given)."""
        return frozenset(of for role, of in self.roles if not roles or role in roles)

    def oversees(self, path: str) -> bool:
        """Whether he is a supervisor of the area in which the agency of that tree path lies."""
        return any(path.startswith(area) for area in self.areas)


def actor_of(staff: Staff, day: date, address: str | None = None) -> Actor:
    """The member of staff with his roles of that day. Two queries at most; an inactive person has no roles."""
    if not staff.is_active:
        return Actor(staff=staff, address=address)
    held = [a for a in staff.appointments.select_related("agency") if a.holds_on(day)]
    areas = tuple(sorted({area_of(a.agency) for a in held if a.role == Role.SUPERVISOR}))
    return Actor(
        staff=staff,
        roles=frozenset((a.role, a.agency_id) for a in held),
        areas=areas,
        overseen=_agencies_of(areas),
        address=address,
    )


def _agencies_of(areas: tuple[str, ...]) -> frozenset[int]:
    """The agencies of these areas; no query where there are none."""
    if not areas:
        return frozenset()
    inside = reduce(or_, (Q(path__startswith=area) for area in areas))
    return frozenset(Agency.objects.filter(inside).order_by().values_list("pk", flat=True))


def area_of(agency: Agency) -> str:
    """The tree path of the area an agency supervises: that of its government (its parent), else its own."""
    if agency.kind == "government" or agency.depth == 1:
        return str(agency.path)
    return str(agency.path)[: -agency.steplen]


def applicant(request: int, address: str | None = None) -> Actor:
    """The applicant of that request, who gave its number and code."""
    return Actor(kind=APPLICANT, request=request, address=address)


SYSTEM_ACTOR = Actor(kind=SYSTEM)
