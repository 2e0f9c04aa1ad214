"""The pages of 机构改革: one form for each way, all of them the same walk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from gongkai.agencies.actions.reorganise import Dissolve, Merge, Move, Rename, Reorganise, Split
from gongkai.agencies.administration.agency_views import seen
from gongkai.agencies.administration.asking import ask, back_to, demand, done
from gongkai.agencies.administration.forms import (
    DissolveForm,
    MergeForm,
    MoveForm,
    ReformForm,
    RenameForm,
    SplitForm,
)
from gongkai.agencies.models import Role
from gongkai.agencies.refusals import Words
from gongkai.agencies.selectors import administered, existing_on


@dataclass(frozen=True, slots=True)
class Way:
    """One way of reorganising: its act, its form, and what is said of it."""

    act: Callable[..., Reorganise]
    form: type[ReformForm]
    heading: Words
    explained: Words


WAYS = {
    "rename": Way(
        Rename,
        RenameForm,
        pgettext_lazy("办理", "更名"),
        gettext_lazy("同一机关，从生效之日起用新名称；此前的文书仍显示当时的名称。"),
    ),
    "merge": Way(
        Merge,
        MergeForm,
        pgettext_lazy("办理", "合并"),
        gettext_lazy("合并掉的机关从生效之日起不再存在，其未结的申请由合并成的机关继续办理，人员的任职随之结束。"),
    ),
    "split": Way(
        Split,
        SplitForm,
        pgettext_lazy("办理", "分立"),
        gettext_lazy("未结的申请由您指定的一个机关继续办理。"),
    ),
    "move": Way(
        Move, MoveForm, pgettext_lazy("办理", "改变隶属关系"), gettext_lazy("连同下属机关一起移到新的上级机关之下。")
    ),
    "dissolve": Way(
        Dissolve,
        DissolveForm,
        pgettext_lazy("办理", "撤销"),
        gettext_lazy("机关从生效之日起不再存在，未结的申请由继续行使其职权的机关办理，人员的任职随之结束。"),
    ),
}


def reform(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """One reorganisation of this agency. Raises Http404 for a way that there is not."""
    if way not in WAYS:
        raise Http404
    chosen = WAYS[way]
    _actor, shown = seen(request, pk)
    actor, today = demand(request, way, shown), timezone.localdate()
    others = administered(actor, Role.SYSTEM_ADMIN) & existing_on(today)
    form = chosen.form(shown, others, request.POST or None)
    if form.is_valid():
        given: dict[str, Any] = dict(form.cleaned_data)
        if done(form, lambda: chosen.act(actor=actor, agency=shown, **given)) is not None:
            return back_to(request, _("已登记。"), "administration:agency", pk)
    heading = _("%(agency)s：%(way)s") % {"agency": shown.name, "way": chosen.heading}
    back = reverse("administration:agency", args=[pk])
    return ask(request, form, heading, back, explained=chosen.explained, button=chosen.heading)
