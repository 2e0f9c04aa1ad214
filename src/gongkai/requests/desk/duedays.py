"""The calendar of due days, by the month."""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from gongkai.law.errors import NotCovered
from gongkai.law.notices import SATURDAY
from gongkai.law.workdays import Calendar
from gongkai.pages.templatetags.standing import SIGNS
from gongkai.requests.actions.feeds import close_feed, open_feed
from gongkai.requests.desk.acting import actor_from, calendar_for, moment, today
from gongkai.requests.models.feed import Feed
from gongkai.requests.selectors.duedays import Fall, colour_of, falls

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Mark:
    """How many of one colour fall due on a day, and the list of them."""

    colour: str
    count: int
    words: str
    address: str

    @property
    def sign(self) -> str:
        return SIGNS[self.colour]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month."""

    day: date
    is_of_month: bool
    is_working: bool
    is_today: bool
    marks: tuple[Mark, ...]


@require_safe
def due_days(request: HttpRequest) -> HttpResponse:
    """The month that ``month`` (2026-12) names; the present one where it names none."""
    actor, day = actor_from(request), today()
    first = _month(request, day)
    weeks = months.Calendar().monthdatescalendar(first.year, first.month)
    working = calendar_for(actor)
    fall = falls(actor, weeks[0][0], weeks[-1][-1], day)
    return render(
        request,
        "desk/calendar.html",
        {
            "first": first,
            "today": day,
            "weekdays": _weekdays(),
            "weeks": [[_day(one, first, day, working, fall.get(one)) for one in week] for week in weeks],
            "before": _address(first - timedelta(1)),
            "after": _address(first + timedelta(31)),
            "total": sum(one.running + one.waiting for due, one in fall.items() if due.month == first.month),
            "feed": Feed.objects.filter(staff=actor.staff).first(),
            "feed_address": request.session.pop(SHOWN_ONCE, ""),
        },
    )


SHOWN_ONCE = "gongkai.feed"


@require_POST
def feed(request: HttpRequest) -> HttpResponse:
    """Opens the person's feed, or a new one in its place, and shows its address once; or closes it."""
    actor, now = actor_from(request), moment()
    if request.POST.get("do") == "close":
        close_feed(actor, now)
        messages.success(request, _("日历订阅已停用，原来的地址不再有效。"))
    else:
        token = open_feed(actor, now)
        request.session[SHOWN_ONCE] = request.build_absolute_uri(reverse("desk:ical", args=[token]))
    return redirect("desk:calendar")


def _month(request: HttpRequest, today: date) -> date:
    given = request.GET.get("month", "")
    if not given:
        return today.replace(day=1)
    year, _hyphen, month = given.partition("-")
    parts = [int(part) for part in (year, month) if part.isascii() and part.isdigit() and len(part) <= 4]
    if len(parts) == 2 and FIRST_YEAR <= parts[0] <= LAST_YEAR and 1 <= parts[1] <= 12:
        return date(parts[0], parts[1], 1)
    messages.warning(request, _("月份应写作2026-12这样，已显示本月。"))
    return today.replace(day=1)


def _address(day: date) -> str:
    return "?" + urlencode({"month": f"{day:%Y-%m}"})


def _weekdays() -> list[tuple[str, bool]]:
    """The days of the week, from Monday; whether it is one of rest as a rule."""
    words = [
        pgettext("weekday", "一"),
        pgettext("weekday", "二"),
        pgettext("weekday", "三"),
        pgettext("weekday", "四"),
        pgettext("weekday", "五"),
        pgettext("weekday", "六"),
        pgettext("weekday", "日"),
    ]
    return [(word, place >= SATURDAY) for place, word in enumerate(words)]


def _day(day: date, first: date, today: date, working: Calendar, fall: Fall | None) -> Day:
    marks: list[Mark] = []
    if fall is not None and fall.running:
        colour = colour_of(day, today, working)
        words = {"late": _("逾期或今天到期"), "soon": _("三个工作日内到期"), "in_time": _("到期")}[colour]
        marks.append(Mark(colour, fall.running, words, _list(day, "overdue" if day < today else "running")))
    if fall is not None and fall.waiting:
        marks.append(Mark("waiting", fall.waiting, _("等待他人"), _list(day, "waiting")))
    return Day(day, day.month == first.month, _works(day, working), day == today, tuple(marks))


def _list(day: date, state: str) -> str:
    query: dict[str, Any] = {"state": state, "due_from": day.isoformat(), "due_to": day.isoformat()}
    return f"{reverse('desk:requests')}?{urlencode(query)}"


def _works(day: date, working: Calendar) -> bool:
    try:
        return working.is_working(day)
    except NotCovered:
        return day.weekday() < SATURDAY
