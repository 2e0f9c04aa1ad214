"""Setting up an agency, and saying what is known of it: its particulars, its guide, who reviews its decisions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actions.base import Administration, hold_agencies
from gongkai.agencies.actors import SYSTEM
from gongkai.agencies.models import Agency, AgencyName, Guide, RemedyBody
from gongkai.agencies.refusals import Refused

D = TypeVar("D", Guide, RemedyBody)
PARTICULARS = ("mark", "level", "kind", "region", "supervises")


@dataclass(kw_only=True)
class AddAgency(Administration[Agency]):
    """新设机关, under ``parent`` (None for the first of all)."""

    name = "add_agency"

    parent: Agency | None
    title: str
    short_name: str
    code: str
    since: date
    particulars: dict[str, Any] = field(default_factory=dict)

    def concerns(self) -> Agency | None:
        return self.parent

    def hold(self) -> None:
        hold_agencies(self.parent)

    def check(self) -> None:
        if self.parent is None and self.actor.kind != SYSTEM:
            raise Refused(_("请选择上级机关。"), "parent")
        if Agency.objects.filter(code__iexact=self.code).exists():
            raise Refused(_("这个编号代码已经有机关使用。"), "code")
        if self.parent is not None and not self.parent.exists_on(self.since):
            raise Refused(_("上级机关在这一天不存在。"), "since")

    def execute(self) -> Agency:
        values = {"name": self.title, "short_name": self.short_name, "code": self.code, "since": self.since}
        values |= self.particulars
        parent = Agency.objects.get(pk=self.parent.pk) if self.parent is not None else None
        made: Agency = parent.add_child(**values) if parent is not None else Agency.add_root(**values)
        AgencyName.objects.create(agency=made, name=self.title, short_name=self.short_name, since=self.since)
        return made

    def told(self) -> dict[str, Any]:
        return {"name": self.title, "code": self.code}


@dataclass(kw_only=True)
class EditAgency(Administration[Agency]):
    """Particulars that are not names: 机关代字, level, kind, region, whether it supervises. Names go by ``Rename``."""

    name = "edit_agency"

    agency: Agency
    particulars: dict[str, Any]
    _changed: list[str] = field(default_factory=list, init=False, repr=False)

    def concerns(self) -> Agency:
        return self.agency

    def hold(self) -> None:
        hold_agencies(self.agency)

    def execute(self) -> Agency:
        held: Agency = Agency.objects.get(pk=self.agency.pk)
        self._changed = [
            name for name in PARTICULARS if name in self.particulars and getattr(held, name) != self.particulars[name]
        ]
        for name in self._changed:
            setattr(held, name, self.particulars[name])
        held.save(update_fields=self._changed)
        return held

    def told(self) -> dict[str, Any]:
        return {"changed": self._changed}


@dataclass(kw_only=True)
class SaveGuide(Administration[Guide]):
    """What the agency's guide says from a day on; the one before holds until the day before."""

    name = "save_guide"

    agency: Agency
    since: date
    particulars: dict[str, Any]

    def concerns(self) -> Agency:
        return self.agency

    def hold(self) -> None:
        hold_agencies(self.agency)

    def execute(self) -> Guide:
        return from_then_on(Guide(agency=self.agency, since=self.since, **self.particulars))

    def told(self) -> dict[str, Any]:
        return {"since": self.since.isoformat()}


@dataclass(kw_only=True)
class SaveRemedyBody(Administration[RemedyBody]):
    """Who reviews the agency's decisions and which court hears them, from a day on."""

    name = "save_remedy_body"

    agency: Agency
    since: date
    particulars: dict[str, Any]

    def concerns(self) -> Agency:
        return self.agency

    def hold(self) -> None:
        hold_agencies(self.agency)

    def execute(self) -> RemedyBody:
        return from_then_on(RemedyBody(agency=self.agency, since=self.since, **self.particulars))

    def told(self) -> dict[str, Any]:
        return {"since": self.since.isoformat()}


def from_then_on(row: D) -> D:
    """Stores a dated row of an agency: what held before ends the day before, what began that same day is replaced,
    and where a later one is recorded already this one holds until then. History stays true."""
    others = type(row)._default_manager.filter(agency_id=row.agency_id)
    others.filter(since=row.since).delete()
    before = others.filter(since__lt=row.since).order_by("-since").first()
    after = others.filter(since__gt=row.since).order_by("since").first()
    if before is not None and (before.until is None or before.until >= row.since):
        before.until = row.since - timedelta(1)
        before.save(update_fields=["until"])
    row.until = after.since - timedelta(1) if after is not None else None
    row.save()
    return row
