"""各机关: how the agencies of an area stand, one line each, for those who oversee them; every count opens its list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from gongkai.agencies.refusals import Words
from gongkai.requests.desk.acting import actor_from, calendar_for, today
from gongkai.requests.selectors.groups import LABELS
from gongkai.requests.selectors.overseeing import ANSWERED, COUNTED, GROUPS, LATE, OPEN, RECEIVED, by_agency, total

WORDS: dict[str, Words] = {
    OPEN: _("在办"),
    RECEIVED: _("本年收到"),
    ANSWERED: _("本年答复"),
    LATE: _("其中逾期"),
}
"""The columns beside the groups of the work list."""
COLOURS = {"overdue": "late", "lapsed": "late", "today": "late", "unconfirmed": "soon", "soon": "soon", LATE: "late"}
"""What is to be seen at once where it is not nought."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, the list that it opens, and its colour: a class of pages/signs.css, or none."""

    count: int
    address: str
    colour: str
    words: Words


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """The table; of others than supervisors it holds what they see anyhow."""
    actor, day = actor_from(request), today()
    found = by_agency(actor, day, calendar_for(actor))
    rows = [(one.agency, _cells(one.counts, day, one.agency.pk)) for one in found]
    context = {
        "today": day,
        "columns": [words_of(name) for name in COUNTED],
        "rows": rows,
        "total": _cells(total(found), day, None) if len(found) > 1 else (),
    }
    return render(request, "desk/agencies.html", context)


def words_of(name: str) -> Words:
    """The heading of a column."""
    return LABELS[name] if name in LABELS else WORDS[name]


def _cells(counts: Mapping[str, int], day: date, agency: int | None) -> list[Cell]:
    return [
        Cell(counts[name], _address(name, day, agency), COLOURS.get(name, "") if counts[name] else "", words_of(name))
        for name in COUNTED
    ]


def _address(name: str, day: date, agency: int | None) -> str:
    query = {"agency": str(agency)} if agency is not None else {}
    began = date(day.year, 1, 1).isoformat()
    if name in GROUPS:
        query |= {"group": name}
    elif name == OPEN:
        query |= {"state": "open"}
    elif name == RECEIVED:
        query |= {"received_from": began}
    else:
        query |= {"answered_from": began} | ({"state": LATE} if name == LATE else {})
    return f"{reverse('desk:requests')}?{urlencode(query)}"
