"""The working days of an agency: the State Council's, with the notices loaded since and those of its region."""

from __future__ import annotations

from django.core.cache import cache
from django.db.models import Q

from gongkai.agencies.models import HolidayNotice
from gongkai.law import notices, workdays
from gongkai.law.workdays import Calendar

_made: dict[tuple[int, str], Calendar] = {}
VERSION = "agencies.calendars.version"


def calendar_of(region: str = "") -> Calendar:
    """The calendar that holds in that region. One query where notices may have been loaded since; kept in memory."""
    version = cache.get_or_set(VERSION, newest, 60) or 0
    if (version, region) not in _made:
        loaded = HolidayNotice.objects.filter(Q(region="") | Q(region=region))
        read = [notices.load(notice.text, notice.name) for notice in loaded]
        base = workdays.calendar()
        _made[version, region] = base.with_notices(*read) if read else base
    return _made[version, region]


def newest() -> int:
    """The number of the newest notice loaded; 0 where there is none."""
    return HolidayNotice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def look_again() -> None:
    """Has the next question ask the database for new notices, which another process may have loaded: a due day that is
    about to be stored is reckoned by no older ones."""
    cache.delete(VERSION)


def forget() -> None:
    """Has the next question look again, and make its calendar anew; called where a notice is loaded."""
    look_again()
    _made.clear()
