"""The pages of people: who has an account, what each is, and what administrators do with an account."""

from __future__ import annotations

from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from gongkai.agencies.actions.accounts import CloseAccount, EditAccount, OpenAccount, ReopenAccount
from gongkai.agencies.actions.rights import (
    Appoint,
    EndAppointment,
    EndSessions,
    GivePassword,
    ResetSecondFactor,
    Unlock,
)
from gongkai.agencies.actors import Actor
from gongkai.agencies.administration.asking import allowed, ask, back_to, demand, do, done, found
from gongkai.agencies.administration.forms import AccountForm, AppointForm, EndForm, OpenAccountForm
from gongkai.agencies.models import Agency, Appointment, Role, SignIn, Staff
from gongkai.agencies.selectors import administered, existing_on, people_of
from gongkai.agencies.signing_in.entering import factor_of

PER_PAGE = 50
PRESSED = {
    "close": (CloseAccount, gettext_lazy("账号已停用，此人已在各处退出。")),
    "reopen": (ReopenAccount, gettext_lazy("账号已启用。")),
    "unlock": (Unlock, gettext_lazy("已解除锁定。")),
    "reset-second-factor": (ResetSecondFactor, gettext_lazy("动态口令已重置，此人下次登录时重新启用。")),
    "end-sessions": (EndSessions, gettext_lazy("此人已在各处退出。")),
}
"""What is done by one press, and what is said then."""


def seen(request: HttpRequest, pk: int) -> tuple[Actor, Staff]:
    """The person of that number, if he is this administrator's to see. Raises Http404."""
    actor = demand(request, "see_staff")
    return actor, found(people_of(actor), pk)


def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, by agency, with the roles of today."""
    actor, today = demand(request, "see_staff"), timezone.localdate()
    word, of = request.GET.get("q", "").replace("\0", "").strip(), request.GET.get("agency", "")
    shown = people_of(actor)
    if word:
        shown = shown.filter(Q(name__icontains=word) | Q(username__icontains=word))
    if of.isascii() and of.isdigit() and len(of) <= LONGEST_NUMBER:
        shown = shown.filter(agency_id=int(of))
    begin = _from(request)
    running: Any = Appointment.objects.on(today)
    running = running.select_related("agency")
    page = list(shown.prefetch_related(Prefetch("appointments", running))[begin : begin + PER_PAGE + 1])
    told = {
        "people": page[:PER_PAGE],
        "before": begin - PER_PAGE if begin else None,
        "after": begin + PER_PAGE if len(page) > PER_PAGE else None,
        "word": word,
        "of": of,
        "agencies": administered(actor, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN),
        "may": allowed(actor, None),
    }
    return render(request, "administration/people.html", told)


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: what he is, what he was, and how his sign-in stands."""
    actor, shown = seen(request, pk)
    tries = AccessAttempt.objects.filter(
        username=shown.username, attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME
    )
    told = {
        "person": shown,
        "appointments": shown.appointments.select_related("agency", "made_by").order_by("-since", "-pk"),
        "today": timezone.localdate(),
        "factor": factor_of(shown),
        "sign_ins": SignIn.objects.filter(staff=shown, ended=""),
        "locked": (tries.aggregate(n=Sum("failures_since_start"))["n"] or 0) >= settings.AXES_FAILURE_LIMIT,
        "may": allowed(actor, shown),
        "is_self": actor.staff_id == shown.pk,
    }
    return render(request, "administration/person.html", told)


def open_account(request: HttpRequest) -> HttpResponse:
    """A new account."""
    actor = demand(request, "open_account")
    form = OpenAccountForm(_agencies(actor, Role.SYSTEM_ADMIN), request.POST or None)
    if form.is_valid():
        made = done(form, lambda: OpenAccount(actor=actor, **form.cleaned_data))
        if made is not None:
            return _shown_once(request, *made)
    explained = _("账号没有任何权限，由安全管理员任命角色以后才能进入工作台。")
    back = reverse("administration:people")
    return ask(request, form, _("开设账号"), back, explained=explained, button=_("开设"))


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of a person."""
    _actor, shown = seen(request, pk)
    actor = demand(request, "edit_account", shown)
    initial = {"person": shown.name, "agency": shown.agency, "email": shown.email, "phone": shown.phone}
    form = AccountForm(_agencies(actor, Role.SYSTEM_ADMIN), request.POST or None, initial=initial)
    if form.is_valid():
        given = dict(form.cleaned_data)
        agency = given.pop("agency")
        given["name"] = given.pop("person")
        if done(form, lambda: EditAccount(actor=actor, staff=shown, agency=agency, particulars=given)) is not None:
            return back_to(request, _("已保存。"), "administration:person", pk)
    return ask(request, form, _("修改账号信息"), reverse("administration:person", args=[pk]), button=_("保存"))


def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """A role for the person."""
    _actor, shown = seen(request, pk)
    actor = demand(request, "appoint", shown)
    initial = {"agency": shown.agency, "since": timezone.localdate()}
    form = AppointForm(_agencies(actor, Role.SECURITY_ADMIN), request.POST or None, initial=initial)
    if form.is_valid() and done(form, lambda: Appoint(actor=actor, staff=shown, **form.cleaned_data)) is not None:
        return back_to(request, _("已任命。"), "administration:person", pk)
    heading = _("任命：%(person)s") % {"person": shown}
    explained = _("系统管理员、安全管理员、审计管理员须由三个人分别担任，且不办理业务。自己拟的稿不能自己审核、签发。")
    back = reverse("administration:person", args=[pk])
    return ask(request, form, heading, back, explained=explained, button=_("任命"))


def end_appointment(request: HttpRequest, pk: int, appointment: int) -> HttpResponse:
    """The last day of a role."""
    _actor, shown = seen(request, pk)
    actor = demand(request, "end_appointment", shown)
    held = found(shown.appointments.select_related("agency"), appointment)
    form = EndForm(request.POST or None, initial={"until": timezone.localdate()})
    if form.is_valid():
        until = form.cleaned_data["until"]
        if done(form, lambda: EndAppointment(actor=actor, appointment=held, until=until)) is not None:
            return back_to(request, _("已免去。"), "administration:person", pk)
    heading = _("免去：%(person)s，%(role)s") % {"person": shown, "role": held.get_role_display()}
    return ask(request, form, heading, reverse("administration:person", args=[pk]), button=_("免去"))


@require_POST
def press(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """What is done by one press."""
    if what not in PRESSED:
        raise Http404
    act, said = PRESSED[what]
    _actor, shown = seen(request, pk)
    actor = demand(request, act.name, shown)
    do(request, act(actor=actor, staff=shown), said)
    return redirect("administration:person", pk)


@require_POST
def give_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A new first password, shown once."""
    _actor, shown = seen(request, pk)
    actor = demand(request, "give_password", shown)
    return _shown_once(request, shown, GivePassword(actor=actor, staff=shown).run(timezone.now()))


def _shown_once(request: HttpRequest, staff: Staff, password: str) -> HttpResponse:
    return render(request, "administration/given.html", {"person": staff, "password": password})


def _agencies(actor: Actor, role: str) -> QuerySet[Agency]:
    return administered(actor, role) & existing_on(timezone.localdate())


def _from(request: HttpRequest) -> int:
    given = request.GET.get("from", "0")
    return int(given) if given.isascii() and given.isdigit() and len(given) < LONGEST_NUMBER else 0


LONGEST_NUMBER = 9
