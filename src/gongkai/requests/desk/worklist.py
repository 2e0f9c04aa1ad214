"""The work list: what must be done now, of which request, by when."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gongkai.agencies.wagtail_hooks import own_page
from gongkai.requests.desk.acting import actor_from, calendar_for, page_number, today
from gongkai.requests.desk.rows import rows_of
from gongkai.requests.selectors.groups import LABELS
from gongkai.requests.selectors.seeing import HANDLING, agencies_seen
from gongkai.requests.selectors.worklist import ROWS, WHOSE, Work, work

COLOURS = {
    "mine": "soon",
    "unconfirmed": "soon",
    "overdue": "late",
    "lapsed": "late",
    "today": "late",
    "soon": "soon",
    "week": "in_time",
    "later": "in_time",
    "waiting": "waiting",
}
"""The colour of each group's count."""
ALARMS = ("mine", "unconfirmed", "lapsed")
"""Groups that are shown only where there is something in them."""
WHOSE_WORDS = {
    "all": gettext_lazy("全部"),
    "own": gettext_lazy("我经办的"),
    "nobody": gettext_lazy("未分派的"),
}


@require_safe
def work_list(request: HttpRequest) -> HttpResponse:
    """The first page of the desk. ``group`` and ``whose`` filter it; a value that there is not is said and ignored. Who
    sees no requests, but administers, is led to his own page."""
    actor, day = actor_from(request), today()
    administers = own_page(actor) if not agencies_seen(actor) else None
    if administers:
        return HttpResponseRedirect(administers)
    group = _known(request, "group", LABELS)
    whose = _known(request, "whose", WHOSE) or WHOSE[0]
    page = page_number(request)
    start = (page - 1) * ROWS if group else 0
    found = work(actor, day, calendar_for(actor), group=group, whose=whose, start=start)
    return render(
        request,
        "desk/work_list.html",
        {
            "today": day,
            "chips": _chips(found, group, whose),
            "whose": [(name, WHOSE_WORDS[name], _query(group, name), name == whose) for name in WHOSE],
            "groups": [_shown(name, found, actor, day, whose, page) for name in found.groups],
            "total": found.total,
            "group": group,
            "handles": bool(actor.agencies(*HANDLING)),
            "sees": bool(agencies_seen(actor)),
            "many_agencies": len(agencies_seen(actor)) > 1,
        },
    )


def _known(request: HttpRequest, name: str, known: Any) -> str:
    value = request.GET.get(name, "")
    if value and value not in known:
        messages.warning(request, _("没有“%(value)s”这一筛选条件，已显示全部。") % {"value": value[:20]})
        return ""
    return value


def _query(group: str, whose: str, page: int = 1) -> str:
    given = {"group": group, "whose": whose if whose != WHOSE[0] else "", "page": page if page > 1 else ""}
    return "?" + urlencode({name: value for name, value in given.items() if value})


def _chips(found: Work, group: str, whose: str) -> list[dict[str, Any]]:
    """The counts, each a filter; the one that is on leads back to all."""
    return [
        {
            "words": words,
            "count": found.counts[name],
            "colour": COLOURS[name] if found.counts[name] else "closed",
            "address": _query("" if name == group else name, whose),
            "on": name == group,
        }
        for name, words in LABELS.items()
        if found.counts[name] or name not in ALARMS
    ]


def _shown(name: str, found: Work, actor: Any, day: Any, whose: str, page: int) -> dict[str, Any]:
    rows = rows_of(found.groups[name], actor, day)
    seen = (page - 1) * ROWS + len(rows)
    return {
        "name": name,
        "words": LABELS[name],
        "count": found.counts[name],
        "rows": rows,
        "all": _query(name, whose),
        "more": found.counts[name] - len(rows),
        "before": _query(name, whose, page - 1) if page > 1 else "",
        "after": _query(name, whose, page + 1) if seen < found.counts[name] else "",
    }
