"""All requests of one's agencies: filtered, found by words, sorted; several assigned at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.agencies.models import Role
from gongkai.requests.desk.acting import actor_from, calendar_for, page_number, today
from gongkai.requests.desk.filtering import SORT_WORDS, FilterForm
from gongkai.requests.desk.rows import rows_of
from gongkai.requests.selectors.listing import listed, page_of
from gongkai.requests.selectors.people import officers_of
from gongkai.requests.selectors.seeing import HANDLING, agencies_seen

ASSIGNS = (Role.OFFICER, Role.LEAD_HEAD)


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """The list. What is wrong in a filter is said beside it, and that filter is left out."""
    actor, day = actor_from(request), today()
    form = FilterForm(request.GET, actor)
    filters = form.filters
    page = page_of(listed(actor, filters, day, calendar_for(actor)), page_number(request))
    assigns = actor.agencies(*ASSIGNS)
    return render(
        request,
        "desk/requests.html",
        {
            "form": form,
            "today": day,
            "filters": filters,
            "page": page,
            "rows": rows_of(page.rows, actor, day),
            "before": form.query(page=page.before) if page.before else "",
            "after": form.query(page=page.after) if page.after else "",
            "query": form.query(),
            "sorts": _sorts(form, filters.sort),
            "officers": officers_of(assigns, day) if assigns else [],
            "many_agencies": len(agencies_seen(actor)) > 1,
            "can_choose": bool(assigns),
            "handles": bool(actor.agencies(*HANDLING)),
        },
    )


def _sorts(form: FilterForm, present: str) -> list[dict[str, Any]]:
    """The orders, each with its address; the present one leads to itself the other way round."""
    shown = []
    for name, words in SORT_WORDS.items():
        on = present.lstrip("-") == name.lstrip("-")
        other = name
        if on and name != "newest":
            other = present[1:] if present.startswith("-") else f"-{present}"
        sign = "" if not on or name == "newest" else ("↓" if present.startswith("-") else "↑")
        shown.append({"words": words, "address": form.query(sort=other), "on": on, "sign": sign})
    return shown
