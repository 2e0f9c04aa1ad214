"""Who acts: a member of staff with the roles he holds on a day, an applicant by his tracking code, or the system."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import F, Q

from gongkai.agencies.models import Agency, Role, Staff

APPLICANT, SYSTEM = "applicant", "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who takes a step. ``roles`` holds (role, agency id) pairs; ``areas`` the tree paths that a supervisor oversees,
    ``overseen`` the ids of the agencies in them; ``request`` is the id of the request whose code an applicant gave.
    ``address`` is where he came from, for the log; ``paths`` the tree paths of the agencies in which he himself is
    appointed.
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

    def administers(self, role: str, path: str) -> bool:
        """Whether he holds the administrator's role in the agency of that tree path or in one above it; for what
        belongs to no agency the path is empty and any will do."""
        held = [self.paths[of] for name, of in self.roles if name == role and of in self.paths]
        return any(path.startswith(above) for above in held) if path else bool(held)

    def oversees(self, path: str) -> bool:
        """Whether he is a supervisor of the area in which the agency of that tree path lies."""
        return any(path.startswith(area) for area in self.areas)


def actor_of(staff: Staff, day: date, address: str | None = None) -> Actor:
    """The member of staff with his roles of that day, one query; an inactive person has no roles.

    Who holds a role in an agency holds it too in those that were merged into it or dissolved, whose open requests it
    carries on."""
    if not staff.is_active:
        return Actor(staff=staff, address=address)
    appointments = staff.appointments.select_related("agency").annotate(
        left=F("agency__inherited"), left_on=F("agency__inherited__until")
    )
    held = [a for a in appointments if a.holds_on(day)]
    roles = {(a.role, a.agency_id) for a in held}
    roles |= {(a.role, a.left) for a in held if a.left is not None and a.left_on <= day}
    areas = tuple(sorted({area_of(a.agency) for a in held if a.role == Role.SUPERVISOR}))
    return Actor(
        staff=staff,
        roles=frozenset(roles),
        areas=areas,
        overseen=_agencies_of(areas),
        address=address,
        paths={a.agency_id: str(a.agency.path) for a in held},
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
