"""机构改革 as acts: rename, merge, split, move, dissolve; each on a day and on a document, and history stays true."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actions.base import Administration, hold_agencies
from gongkai.agencies.models import Agency, AgencyName, Appointment, Reorganisation, Role
from gongkai.agencies.refusals import Refused


@dataclass(kw_only=True)
class Reorganise(Administration[Reorganisation]):
    """What all five share. ``day`` is the first day of the new state, not later than today; ``document`` names what
    it rests on."""

    kind: ClassVar[Reorganisation.Kind]

    agency: Agency
    day: date
    document: str

    def concerns(self) -> Agency:
        return self.agency

    def hold(self) -> None:
        hold_agencies(*self.before(), *self.after())

    def check(self) -> None:
        if not self.document.strip():
            raise Refused(_("请写明依据的文件。"), "document")
        if self.day > self.today:
            raise Refused(_("生效日期不能晚于今天，请在生效当天登记。"), "day")
        for agency in (*self.before(), *self.after()):
            if not self.actor.administers(Role.SYSTEM_ADMIN, str(agency.path)):
                raise Refused(_("%(name)s不在您管理的范围内。") % {"name": agency.name}, "agency")
        for agency in self.before():
            if not agency.exists_on(self.day):
                raise Refused(_("%(name)s在这一天不存在。") % {"name": agency.name}, "day")

    def before(self) -> Sequence[Agency]:
        """The agencies to which it happens."""
        return (self.agency,)

    @abstractmethod
    def after(self) -> Sequence[Agency]:
        """The agencies that there are of them afterwards."""

    def heir(self) -> Agency | None:
        """Who goes on with what those that end have left open."""
        return None

    def execute(self) -> Reorganisation:
        made = Reorganisation.objects.create(
            kind=self.kind, day=self.day, document=self.document.strip(), heir=self.heir()
        )
        made.before.set(self.before())
        made.after.set(self.after())
        heir = self.heir()
        if heir is not None:
            for agency in self.before():
                if agency not in self.after():
                    self.end(agency, heir)
        return made

    def end(self, agency: Agency, heir: Agency) -> None:
        """The agency is no more from that day on; its people's roles end with it, its affairs go to the heir."""
        if not heir.exists_on(self.day):
            raise Refused(_("承继机关在这一天不存在。"), "heir")
        if agency.get_children().filter(until__isnull=True).exists():
            raise Refused(_("%(name)s还有下属机关，请先调整其隶属关系。") % {"name": agency.name}, "agency")
        Agency.objects.filter(pk=agency.pk).update(until=self.day, heir=heir)
        Agency.objects.filter(heir=agency).update(heir=heir)
        running = Appointment.objects.filter(agency=agency)
        running.filter(since__gte=self.day).delete()
        last = self.day - timedelta(1)
        running.filter(until__isnull=True).update(until=last)
        running.filter(until__gt=last).update(until=last)

    def told(self) -> dict[str, Any]:
        return {
            "day": self.day.isoformat(),
            "document": self.document.strip(),
            "before": [agency.pk for agency in self.before()],
            "after": [agency.pk for agency in self.after()],
        }


@dataclass(kw_only=True)
class Rename(Reorganise):
    """更名: the same agency bears another name from that day on."""

    name = "rename"
    kind = Reorganisation.Kind.RENAMED

    title: str
    short_name: str

    def after(self) -> Sequence[Agency]:
        return (self.agency,)

    def check(self) -> None:
        super().check()
        if not self.title.strip():
            raise Refused(_("请写明新的名称。"), "title")
        if self.agency.names.filter(since__gte=self.day).exists():
            raise Refused(_("这一天或者以后已有名称记载，请核对生效日期。"), "day")

    def execute(self) -> Reorganisation:
        held = self.agency
        if not held.names.exists():
            AgencyName.objects.create(agency=held, name=held.name, short_name=held.short_name, since=held.since)
        AgencyName.objects.create(agency=held, name=self.title, short_name=self.short_name, since=self.day)
        Agency.objects.filter(pk=held.pk).update(name=self.title, short_name=self.short_name)
        return super().execute()


@dataclass(kw_only=True)
class Merge(Reorganise):
    """合并: ``agency`` and ``others`` become ``into``, which is one of them or an agency set up for it."""

    name = "merge"
    kind = Reorganisation.Kind.MERGED

    others: Sequence[Agency]
    into: Agency

    def before(self) -> Sequence[Agency]:
        return (self.agency, *self.others)

    def after(self) -> Sequence[Agency]:
        return (self.into,)

    def heir(self) -> Agency:
        return self.into

    def check(self) -> None:
        super().check()
        if not self.others or self.agency in self.others:
            raise Refused(_("合并须有两个以上的机关。"), "others")


@dataclass(kw_only=True)
class Split(Reorganise):
    """分立: of one come several; it may be one of them itself. ``carries_on`` takes over what is open."""

    name = "split"
    kind = Reorganisation.Kind.SPLIT

    parts: Sequence[Agency]
    carries_on: Agency

    def after(self) -> Sequence[Agency]:
        return tuple(self.parts)

    def heir(self) -> Agency:
        return self.carries_on

    def check(self) -> None:
        super().check()
        if len(set(self.parts)) < 2:
            raise Refused(_("分立后须有两个以上的机关。"), "parts")
        if self.carries_on not in self.parts:
            raise Refused(_("未结事项须由分立后的机关之一承办。"), "heir")


@dataclass(kw_only=True)
class Move(Reorganise):
    """改变隶属关系: the same agency under another one."""

    name = "move"
    kind = Reorganisation.Kind.MOVED

    under: Agency

    def hold(self) -> None:
        hold_agencies(self.agency, self.under)

    def after(self) -> Sequence[Agency]:
        return (self.agency,)

    def check(self) -> None:
        super().check()
        if self.under == self.agency or self.under.is_descendant_of(self.agency):
            raise Refused(_("不能隶属于自己或者自己的下属机关。"), "under")
        if not self.actor.administers(Role.SYSTEM_ADMIN, str(self.under.path)):
            raise Refused(_("新的上级机关不在您管理的范围内。"), "under")

    def execute(self) -> Reorganisation:
        Agency.objects.get(pk=self.agency.pk).move(Agency.objects.get(pk=self.under.pk), pos="last-child")
        return super().execute()


@dataclass(kw_only=True)
class Dissolve(Reorganise):
    """撤销: the agency is no more; ``carries_on`` goes on exercising its powers."""

    name = "dissolve"
    kind = Reorganisation.Kind.DISSOLVED

    carries_on: Agency

    def after(self) -> Sequence[Agency]:
        return (self.carries_on,)

    def heir(self) -> Agency:
        return self.carries_on

    def check(self) -> None:
        super().check()
        if self.carries_on == self.agency:
            raise Refused(_("请选择继续行使其职权的另一个机关。"), "heir")
