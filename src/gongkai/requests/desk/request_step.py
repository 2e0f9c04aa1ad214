"""The form of a step: what it is, on which article, what it does to the clock; then it is done, or said why not."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.agencies.refusals import Conflict, NotAllowed, Refused
from gongkai.law.outcomes import outcomes
from gongkai.pages.templatetags.written import said
from gongkai.requests.actions.refusing import whole
from gongkai.requests.actions.registry import ACTIONS
from gongkai.requests.desk.acting import moment, today
from gongkai.requests.desk.cases import case_of
from gongkai.requests.desk.forms.base import StepForm
from gongkai.requests.desk.forms.finding import form_class, with_more_rows
from gongkai.requests.desk.guided import PATH, back_to_guide, guide_page
from gongkai.requests.desk.steps import OF_APPLICANT, only_by_law
from gongkai.requests.desk.telling import told
from gongkai.requests.guiding import notice, reply
from gongkai.requests.models import Paper
from gongkai.requests.offers import refusal
from gongkai.requests.selectors.casefile import CaseFile
from gongkai.requests.selectors.story import Story, story

DRAFT = "draft"
"""The one step that begins with the guide."""
APPROVALS = frozenset({"review", "sign", "return"})
"""Steps at which the draft is shown as it will read."""
WRONG, CONFLICT, FORBIDDEN = 422, 409, 403


@require_http_methods(["GET", "POST"])
def request_step(http: HttpRequest, pk: int, action: str) -> HttpResponse:
    """The form of that action on that request, or only why it is not open; by POST the action is run. 404 for an action
    without a form."""
    actor, request = case_of(http, pk)
    if action not in ACTIONS or action in OF_APPLICANT:
        raise Http404
    file = story(request)
    made = partial(form_class(action), action=ACTIONS[action], story=file, actor=actor, today=today())
    if http.method == "GET":
        case = CaseFile(request, file.events)
        why = refusal(ACTIONS[action], case, actor, today())
        if why is not None and not only_by_law(ACTIONS[action], case, actor, today()):
            return _page(http, file, made(), 200, {"why_not": why, "shut": True})
        if action == DRAFT and http.GET.get("outcome", "") not in outcomes():
            return guide_page(http, file, today(), why)
        given = {name: http.GET[name] for name in ("outcome", "path") if action == DRAFT and name in http.GET}
        return _page(http, file, made(initial=given), 200, {"why_not": why})
    if "more" in http.POST:
        return _page(http, file, with_more_rows(made, http.POST), 200)
    form = made(http.POST, http.FILES)
    return _run(http, file, form) if form.is_valid() else _page(http, file, form, WRONG)


def _run(http: HttpRequest, file: Story, form: StepForm) -> HttpResponse:
    """Runs the action; on a refusal the page comes back with the words beside the field and all that was typed."""
    pk = file.request.pk
    try:
        form.look_into_files()
        with whole():
            form.run(moment())
    except Conflict as refused:
        return _conflict(http, pk, form, refused)
    except NotAllowed as refused:
        form.add_error(None, str(refused))
        return _page(http, file, form, FORBIDDEN)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _page(http, file, form, WRONG)
    messages.success(http, _("已办理：%(step)s。") % {"step": said(form.label)})
    return HttpResponseRedirect(_then(http, pk, form))


def _then(http: HttpRequest, pk: int, form: StepForm) -> str:
    """Where one goes on: who came from the guide and may go on with it, to its question; else to the request."""
    path = http.GET.get(PATH, "")
    if path and form.action.name != DRAFT:
        actor, request = case_of(http, pk)
        if refusal(ACTIONS[DRAFT], CaseFile(request), actor, today()) is None:
            return back_to_guide(pk, path)
    return reverse("desk:request", args=[pk])


def _conflict(http: HttpRequest, pk: int, form: StepForm, refused: Conflict) -> HttpResponse:
    """Somebody was quicker: what changed since is shown, what was typed stays, and the newest version is taken up."""
    actor, request = case_of(http, pk)
    file = story(request)
    known = form.cleaned_data["known"]
    typed = http.POST.copy()
    typed["seen"], typed["known"] = str(request.version), str(file.events[-1].pk)
    again = type(form)(typed, http.FILES, action=form.action, story=file, actor=actor, today=today())
    again.add_error(None, str(refused))
    since = [entry for entry in told(file) if entry.event.pk > known]
    return _page(http, file, again, CONFLICT, {"since": since})


def _page(
    http: HttpRequest, file: Story, form: StepForm, status: int, more: dict[str, Any] | None = None
) -> HttpResponse:
    shown: dict[str, Any] = {"case": file.request, "story": file, "form": form, **(more or {})}
    if form.action.name in APPROVALS and file.decision is not None:
        shown["reply"] = reply(file.decision)
        shown["returns"] = form.action.name != "return"
        shown["provided"] = [one for one in file.papers if one.kind == Paper.Kind.PROVIDED and one.erased_at is None]
    if form.action.name in ("dispatch", "deliver"):
        shown["reply"] = notice(CaseFile(file.request, file.events))
    if form.action.name == "extend":
        shown["proposal"] = [one for one in told(file) if one.event.name == "extension_proposed"][:1]
    return render(http, "desk/request/step.html", shown, status=status)
