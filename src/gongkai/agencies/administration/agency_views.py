"""The pages of the tree of agencies: the tree, one agency, its particulars, guide and reconsideration body."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies import guides
from gongkai.agencies.actions.agencies import PARTICULARS, AddAgency, EditAgency, SaveGuide, SaveRemedyBody
from gongkai.agencies.actors import Actor
from gongkai.agencies.administration.asking import allowed, ask, back_to, demand, done, found
from gongkai.agencies.administration.forms import AddAgencyForm, GuideForm, ParticularsForm, RemedyBodyForm
from gongkai.agencies.models import Agency, Guide, RemedyBody, Reorganisation, Role, Staff
from gongkai.agencies.selectors import administered, history


def seen(request: HttpRequest, pk: int) -> tuple[Actor, Agency]:
    """The agency of that number, if it is this administrator's to see. Raises Http404."""
    actor = demand(request, "see_agencies")
    return actor, found(administered(actor, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN), pk)


def agencies(request: HttpRequest) -> HttpResponse:
    """The tree."""
    actor, today = demand(request, "see_agencies"), timezone.localdate()
    shown = list(administered(actor, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN))
    holding: Any = Guide.objects.filter(agency__in=shown).on(today).reverse()
    guide_of = {guide.agency_id: guide for guide in holding}
    rows = [
        {
            "agency": agency,
            "exists": agency.exists_on(today),
            "missing": len(guides.missing(guide_of.get(agency.pk))),
            "depth": agency.depth - min(each.depth for each in shown),
        }
        for agency in shown
    ]
    told = {"rows": rows, "may": allowed(actor, None), "ended": any(not row["exists"] for row in rows)}
    return render(request, "administration/agencies.html", told)


def agency(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is recorded of one agency."""
    actor, shown = seen(request, pk)
    today = timezone.localdate()
    guide: Any = shown.guides.on(today).first()
    told = {
        "agency": shown,
        "exists": shown.exists_on(today),
        "above": shown.get_parent(),
        "names": shown.names.all(),
        "guide": guide,
        "missing": guides.missing(guide),
        "remedies": shown.remedy_bodies.order_by("-since"),
        "reforms": [_reform(each) for each in history(shown)],
        "people": Staff.objects.filter(agency=shown, is_active=True).count(),
        "may": allowed(actor, shown),
    }
    return render(request, "administration/agency.html", told)


def _reform(each: Reorganisation) -> dict[str, Any]:
    """A reorganisation with the names that the agencies bore before it and from that day on."""
    eve = each.day - timedelta(1)
    return {
        "reform": each,
        "before": [agency.name_on(eve) for agency in each.before.all()],
        "after": [agency.name_on(each.day) for agency in each.after.all()],
    }


def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new agency under this one."""
    _actor, parent = seen(request, pk)
    actor = demand(request, "add_agency", parent)
    form = AddAgencyForm(request.POST or None, initial={"level": parent.level, "region": parent.region})
    if form.is_valid():
        given = dict(form.cleaned_data)
        named = {name: given.pop(name) for name in ("title", "short_name", "code", "since")}
        made = done(form, lambda: AddAgency(actor=actor, parent=parent, particulars=given, **named))
        if made is not None:
            return back_to(request, _("机关已登记。"), "administration:agency", made.pk)
    explained = _("登记在“%(parent)s”之下。") % {"parent": parent.name}
    back = reverse("administration:agency", args=[pk])
    return ask(request, form, _("新设机关"), back, explained=explained, button=_("登记"))


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Particulars that are not names."""
    _actor, shown = seen(request, pk)
    actor = demand(request, "edit_agency", shown)
    form = ParticularsForm(request.POST or None, initial={name: getattr(shown, name) for name in PARTICULARS})
    if form.is_valid():
        given = form.cleaned_data
        if done(form, lambda: EditAgency(actor=actor, agency=shown, particulars=given)) is not None:
            return back_to(request, _("已保存。"), "administration:agency", pk)
    back = reverse("administration:agency", args=[pk])
    explained = _("名称的变化请用“更名”登记，以便历史记录保持真实。")
    return ask(request, form, _("修改机关信息"), back, explained=explained, button=_("保存"))


def guide(request: HttpRequest, pk: int) -> HttpResponse:
    """The guide from a day on."""
    _actor, shown = seen(request, pk)
    actor, today = demand(request, "save_guide", shown), timezone.localdate()
    present = shown.guides.on(today).first()
    form = GuideForm(request.POST or None, initial=_as_initial(present, GuideForm.Meta.fields) | {"since": today})
    if form.is_valid():
        given = dict(form.cleaned_data)
        since = given.pop("since")
        if done(form, lambda: SaveGuide(actor=actor, agency=shown, since=since, particulars=given)) is not None:
            return back_to(request, _("公开指南已修订。"), "administration:agency", pk)
    back = reverse("administration:agency", args=[pk])
    explained = _("指南的内容由《条例》第十二条规定；申请人、答复书看到的都是当日有效的内容。")
    return ask(request, form, _("修订公开指南"), back, explained=explained, button=_("保存"))


def remedy(request: HttpRequest, pk: int) -> HttpResponse:
    """The reconsideration body and the court from a day on."""
    _actor, shown = seen(request, pk)
    actor, today = demand(request, "save_remedy_body", shown), timezone.localdate()
    present: RemedyBody | None = shown.remedy_bodies.on(today).first()
    initial = _as_initial(present, RemedyBodyForm.Meta.fields) | {"since": today}
    form = RemedyBodyForm(request.POST or None, initial=initial)
    if form.is_valid():
        given = dict(form.cleaned_data)
        since = given.pop("since")
        if done(form, lambda: SaveRemedyBody(actor=actor, agency=shown, since=since, particulars=given)) is not None:
            return back_to(request, _("复议机关和法院已登记。"), "administration:agency", pk)
    back = reverse("administration:agency", args=[pk])
    explained = _("写入答复书的救济告知。按作出答复之日有效的内容告知。")
    return ask(request, form, _("登记复议机关和管辖法院"), back, explained=explained, button=_("保存"))


def _as_initial(row: Guide | RemedyBody | None, fields: tuple[str, ...]) -> dict[str, object]:
    return {name: getattr(row, name) for name in fields} if row is not None else {}
