"""Several requests given to one officer at once: each for itself, and said for each that could not be."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from gongkai.agencies.models import Staff
from gongkai.agencies.refusals import Refused
from gongkai.pages.address import leads_here
from gongkai.requests.actions.assign import Assign
from gongkai.requests.desk.acting import actor_from, moment, today
from gongkai.requests.selectors.listing import ROWS
from gongkai.requests.selectors.seeing import visible

LONGEST_ID = 18
"""So many digits the id of a row has at most."""


@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Assigns the requests chosen in the list. Each was seen in a version; who came in between is not overridden."""
    actor, day, now = actor_from(request), today(), moment()
    chosen = _chosen(request)
    if not chosen:
        messages.warning(request, _("没有选择申请。请先在左边勾选，再分派。"))
        return redirect(_back(request))
    to = _staff(request)
    if to is None:
        messages.warning(request, _("请选择要分派给的经办人。"))
        return redirect(_back(request))
    found = visible(actor).in_bulk(chosen)
    if len(found) != len(chosen):
        raise Http404
    done = 0
    for pk, seen in chosen.items():
        try:
            Assign(request=found[pk], actor=actor, day=day, seen=seen, to=to).run(now)
        except Refused as refused:
            messages.warning(request, f"{found[pk].number}：{refused}")
        else:
            done += 1
    if done:
        words = ngettext("已将%(count)s件申请分派给%(name)s。", "已将%(count)s件申请分派给%(name)s。", done)
        messages.success(request, words % {"count": done, "name": to})
    return redirect(_back(request))


def _chosen(request: HttpRequest) -> dict[int, int]:
    """The requests chosen and the version in which each was seen; a page's worth at most."""
    chosen = {}
    for value in request.POST.getlist("chosen")[:ROWS]:
        pk, _colon, seen = value.partition(":")
        if all(part.isascii() and part.isdigit() and len(part) <= LONGEST_ID for part in (pk, seen)):
            chosen[int(pk)] = int(seen)
    return chosen


def _staff(request: HttpRequest) -> Staff | None:
    value = request.POST.get("to", "")
    is_id = value.isascii() and value.isdigit() and len(value) <= LONGEST_ID
    return Staff.objects.filter(pk=int(value), is_active=True).first() if is_id else None


def _back(request: HttpRequest) -> str:
    back = request.POST.get("next", "")
    if leads_here(request, back):
        return back
    return reverse("desk:requests")
