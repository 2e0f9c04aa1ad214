"""Policies as predicates that compose: ``is_officer & of_agency & ~is_closed``. Each says why it refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import APPLICANT, SYSTEM, Actor
from gongkai.agencies.refusals import NotAllowed, Words

Test = Callable[[Actor, Any], bool]


@dataclass(frozen=True, slots=True)
class Predicate:
    """A question about who acts and on what. ``refusal`` gives the words where the answer is no, else None."""

    name: str
    why: Callable[[Actor, Any], Words | None]

    def __call__(self, actor: Actor, thing: Any) -> bool:
        return self.why(actor, thing) is None

    def __and__(self, other: Predicate) -> Predicate:
        def why(actor: Actor, thing: Any) -> Words | None:
            first = self.why(actor, thing)
            return first if first is not None else other.why(actor, thing)

        return Predicate(f"({self.name} & {other.name})", why)

    def __or__(self, other: Predicate) -> Predicate:
        def why(actor: Actor, thing: Any) -> Words | None:
            first = self.why(actor, thing)
            return None if first is None or other.why(actor, thing) is None else first

        return Predicate(f"({self.name} | {other.name})", why)

    def __invert__(self) -> Predicate:
        def why(actor: Actor, thing: Any) -> Words | None:
            return None if self.why(actor, thing) is not None else _("现在不能这样办。")

        return Predicate(f"~{self.name}", why)

    def demand(self, actor: Actor, thing: Any) -> None:
        """Raises NotAllowed with the reason where the answer is no."""
        words = self.why(actor, thing)
        if words is not None:
            raise NotAllowed(words)


def predicate(name: str, test: Test, otherwise: Words) -> Predicate:
    """A predicate from a test, with the words for its refusal."""
    return Predicate(name, lambda actor, thing: None if test(actor, thing) else otherwise)


def holds(role: str, label: Words) -> Predicate:
    """He holds that role in the agency of the thing (``thing.agency_id``), or anywhere where the thing has none."""
    words = _("需要由本机关的%(role)s办理。")
    return Predicate(
        f"is_{role}",
        lambda actor, thing: None if actor.has(role, getattr(thing, "agency_id", None)) else words % {"role": label},
    )


def administers(role: str, label: Words) -> Predicate:
    """He is that administrator of the agency of the thing or of one above it; ``thing`` is an agency, something with
    an ``agency``, or None for what belongs to the platform."""
    words = _("需要由%(role)s办理。")
    return Predicate(
        f"administers_as_{role}",
        lambda actor, thing: None if actor.administers(role, _path_of(thing)) else words % {"role": label},
    )


def _path_of(thing: Any) -> str:
    agency = getattr(thing, "agency", thing)
    return str(getattr(agency, "path", ""))


is_system = predicate("is_system", lambda actor, thing: actor.kind == SYSTEM, _("由系统自动办理。"))
is_applicant = predicate(
    "is_applicant",
    lambda actor, thing: actor.kind == APPLICANT and actor.request == thing.pk,
    _("只有申请人本人凭编号和查询码才能办理。"),
)
of_agency = predicate(
    "of_agency",
    lambda actor, thing: thing.agency_id in actor.agencies(),
    _("这不是本机关的事项。"),
)
oversees = predicate(
    "oversees",
    lambda actor, thing: actor.oversees(thing.agency.path),
    _("这不在您督导的范围内。"),
)
