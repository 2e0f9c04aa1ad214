"""登记申请: what did not come online is entered; what may be the same is shown first; a receipt is printed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from gongkai.agencies.actors import Actor
from gongkai.agencies.models import Role
from gongkai.agencies.refusals import NotAllowed, Refused
from gongkai.requests.actions.refusing import whole
from gongkai.requests.actions.submit import Filed
from gongkai.requests.desk.acting import actor_from, moment, today
from gongkai.requests.desk.forms.finding import with_more_rows
from gongkai.requests.desk.forms.registering import PAPERS, RegisterForm
from gongkai.requests.desk.pending import Pending
from gongkai.requests.desk.receipt import receipt
from gongkai.requests.desk.same import Same, same_as
from gongkai.requests.models import Paper

WRONG, FORBIDDEN = 422, 403


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def request_register(http: HttpRequest) -> HttpResponse:
    """The form; by POST the submission is stored, with its papers, and its receipt is shown."""
    actor = actor_from(http)
    if not actor.has(Role.OFFICER):
        return render(http, "desk/request/register_not.html", status=FORBIDDEN)

    def made(*args: Any, **kwargs: Any) -> RegisterForm:
        return RegisterForm(*args, actor=actor, today=today(), **kwargs)

    if http.method == "GET":
        return _page(http, made(), Pending(actor))
    pending = Pending.of(actor, http.POST.get("papers", ""))
    wrong = _keep(http, pending)
    if "more" in http.POST:
        return _page(http, with_more_rows(made, http.POST), pending)
    form = made(http.POST, http.FILES)
    valid = form.is_valid()
    for field, words in wrong:
        form.add_error(field, words)
    if not valid or wrong:
        return _page(http, form, pending, WRONG)
    same = same_as(form.made())
    if same and not form.cleaned_data["likely"]:
        return _page(http, form, pending, same=same)
    return _register(http, form, pending, actor)


def _keep(http: HttpRequest, pending: Pending) -> list[tuple[str, str]]:
    """Keeps the files that came, so that they need not be chosen again; gives what is wrong with those refused."""
    wrong = []
    for field, kind in PAPERS.items():
        for file in http.FILES.getlist(field):
            try:
                pending.keep(file, kind, field, moment())
            except Refused as refused:
                wrong.append((field, str(refused)))
    return wrong


def _register(http: HttpRequest, form: RegisterForm, pending: Pending, actor: Actor) -> HttpResponse:
    try:
        with whole():
            filed = form.made().run(moment())
            pending.give(filed.requests)
    except NotAllowed as refused:
        form.add_error("agency", str(refused))
        return _page(http, form, pending, FORBIDDEN)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _page(http, form, pending, WRONG)
    return _receipt(http, filed)


def _receipt(http: HttpRequest, filed: Filed) -> HttpResponse:
    if not filed.code:
        messages.info(http, _("这份登记已经保存过，没有重复登记。"))
    return receipt(http, filed.requests, filed.code)


def _page(
    http: HttpRequest,
    form: RegisterForm,
    pending: Pending,
    status: int = 200,
    same: list[Same] | None = None,
) -> HttpResponse:
    papers: list[Paper] = pending.papers()
    shown = {"form": form, "papers": papers, "signed": pending.signed(), "same": same or []}
    return render(http, "desk/request/register.html", shown, status=status)
