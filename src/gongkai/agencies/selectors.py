"""Agencies and people as others ask for them: by day, by area, by succession."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.agencies.actors import Actor
from gongkai.agencies.models import Agency, Reorganisation, Role, Staff


def existing_on(day: date) -> QuerySet[Agency]:
    """The agencies that exist on that day, in the order of the tree."""
    found: QuerySet[Agency] = Agency.objects.filter(since__lte=day)
    return found.filter(Q(until__isnull=True) | Q(until__gt=day)).order_by("path")


def responsible_for(agency: Agency, day: date) -> Agency:
    """The agency that on that day answers for what was begun with this one: itself while it exists, then the one that
    carries on its affairs (《行政诉讼法》第二十六条第六款、《行政复议法》第十九条), and so on."""
    found = agency
    while found.until is not None and found.until <= day:
        ended = found.reorganised_into.filter(day=found.until, heir__isnull=False).select_related("heir").first()
        if ended is None or ended.heir == found:
            return found
        found = ended.heir
    return found


def successors(agency: Agency, day: date) -> list[Agency]:
    """All agencies existing on that day among which the functions of this one have come to be divided; itself where
    nothing happened to it."""
    reached, waiting = {agency.pk: agency}, [agency]
    while waiting:
        before = waiting.pop()
        if before.exists_on(day):
            continue
        for step in before.reorganised_into.filter(day__lte=day).prefetch_related("after"):
            for after in step.after.all():
                if after.pk not in reached:
                    reached[after.pk] = after
                    waiting.append(after)
    return sorted((found for found in reached.values() if found.exists_on(day)), key=lambda found: found.code)


def history(agency: Agency) -> QuerySet[Reorganisation]:
    """What happened to this agency and what it came from, in order."""
    steps = Reorganisation.objects.filter(Q(before=agency) | Q(after=agency)).distinct()
    return steps.prefetch_related("before", "after").select_related("heir").order_by("day", "pk")


def administered(actor: Actor, *roles: str) -> QuerySet[Agency]:
    """The agencies that this person administers in one of these roles: those in which he holds it and all below."""
    mine = Q(pk__in=[])
    for role, of in actor.roles:
        if role in roles and of in actor.paths:
            mine |= Q(path__startswith=actor.paths[of])
    found: QuerySet[Agency] = Agency.objects.filter(mine).order_by("path")
    return found


def people_of(actor: Actor) -> QuerySet[Staff]:
    """The accounts that this administrator sees: those of the agencies that he administers."""
    agencies = administered(actor, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
    return Staff.objects.filter(agency__in=agencies).select_related("agency").order_by("agency__path", "username")
