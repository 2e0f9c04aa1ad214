"""载入放假安排: a notice that came after the release, shown before it holds, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actions.base import Administration
from gongkai.agencies.calendars import calendar_of, forget
from gongkai.agencies.models import HolidayNotice
from gongkai.agencies.refusals import Refused, Words, in_language
from gongkai.law import notices
from gongkai.law.errors import NotCovered
from gongkai.law.notices import BrokenNotice, Notice


class Moved(NamedTuple):
    """A due day that a notice moved: of what, by its number, from when to when. ``problem`` says why it could not be
    reckoned anew, so that somebody looks."""

    number: str
    before: date | None
    after: date | None
    problem: Words = ""


class DayChanged(NamedTuple):
    """A day on which a notice makes a difference."""

    day: date
    is_worked: bool


class Loaded(NamedTuple):
    """A notice that holds now, and the due days that it moved."""

    notice: HolidayNotice
    moved: list[Moved]


AFTER_LOADING: list[Callable[[HolidayNotice, datetime], Iterable[Moved]]] = []
"""What is done again when working days have changed, in the same transaction. Rooms above put themselves in when they
are ready (``AppConfig.ready``) and tell each due day that moved."""


def read(text: str, name: str) -> Notice:
    """The notice of that text. Raises Refused, in words that say where it is wrong."""
    try:
        return notices.load(text, name)
    except BrokenNotice as error:
        raise Refused(in_language(error.said), "text") from error


def days_changed(notice: Notice) -> list[DayChanged]:
    """The days that would be worked, or not, other than they are now."""
    now = calendar_of(notice.region)
    then = now.with_notices(notice)
    try:
        changed = [
            DayChanged(day, then.is_working(day))
            for day in sorted({*notice.rest, *notice.work})
            if now.is_working(day) != then.is_working(day)
        ]
    except NotCovered as error:
        raise Refused(_("放假安排中有的日期超出了本平台的日历范围，请核对年份。"), "text") from error
    return changed


@dataclass(kw_only=True)
class LoadNotice(Administration[Loaded]):
    """Has a notice hold from now on. ``title`` is its name in the list, which none other bears."""

    name = "load_notice"

    title: str
    text: str

    def concerns(self) -> None:
        return None

    def check(self) -> None:
        self._notice = read(self.text, self.title)
        days_changed(self._notice)
        if HolidayNotice.objects.filter(name=self.title).exists():
            raise Refused(_("已经载入过同名的放假安排。"), "title")

    def execute(self) -> Loaded:
        made = HolidayNotice.objects.create(
            name=self.title,
            region=self._notice.region,
            text=self.text,
            loaded_at=self.now,
            loaded_by=self.actor.staff,
        )
        forget()
        self._loaded = Loaded(made, [moved for follow in AFTER_LOADING for moved in follow(made, self.now)])
        return self._loaded

    def run(self, now: datetime) -> Loaded:
        """As every act; and where it fails nobody goes on reckoning with the days of a notice that does not hold."""
        try:
            return super().run(now)
        except Exception:
            forget()
            raise

    def told(self) -> dict[str, Any]:
        return {"name": self.title, "region": self._notice.region, "moved": len(self._loaded.moved)}
