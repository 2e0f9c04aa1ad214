"""The form of a step: what it is, on which article, what it does to the clock; then it is done, or said why not."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.agencies.refusals import Conflict, NotAllowed, Refused
from gongkai.requests.desk.acting import moment, today
from gongkai.requests.desk.cases import case_of
from gongkai.requests.desk.forms import FORMS
from gongkai.requests.desk.forms.base import StepForm
from gongkai.requests.desk.telling import told
from gongkai.requests.policies import TABLE
from gongkai.requests.selectors.story import Story, story

WRONG, CONFLICT, FORBIDDEN = 422, 409, 403


@require_http_methods(["GET", "POST"])
def request_step(http: HttpRequest, pk: int, action: str) -> HttpResponse:
    """The form of that action on that request; by POST the action is run. 404 for an action without a form."""
    actor, request = case_of(http, pk)
    made = FORMS.get(action)
    if made is None:
        raise Http404
    file = story(request)
    if http.method == "GET":
        why = TABLE[action].why_not(actor, request)
        form = made(story=file, actor=actor, today=today())
        return _page(http, file, form, action, 200, {"why_not": why})
    form = made(http.POST, http.FILES, story=file, actor=actor, today=today())
    if not form.is_valid():
        return _page(http, file, form, action, WRONG)
    return _run(http, file, form, action)


def _run(http: HttpRequest, file: Story, form: StepForm, action: str) -> HttpResponse:
    """Runs the action; on a refusal the page comes back with the words beside the field and all that was typed."""
    pk = file.request.pk
    try:
        with transaction.atomic():
            form.made().run(moment())
    except Conflict as refused:
        return _conflict(http, pk, form, action, refused)
    except NotAllowed as refused:
        form.add_error(None, str(refused))
        return _page(http, file, form, action, FORBIDDEN)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _page(http, file, form, action, WRONG)
    messages.success(http, _("已办理：%(step)s。") % {"step": form.label})
    return HttpResponseRedirect(reverse("desk:request", args=[pk]))


def _conflict(http: HttpRequest, pk: int, form: StepForm, action: str, refused: Conflict) -> HttpResponse:
    """Somebody was quicker: what changed since is shown, what was typed stays, and the newest version is taken up."""
    actor, request = case_of(http, pk)
    file = story(request)
    known = form.cleaned_data["known"]
    typed = http.POST.copy()
    typed["seen"], typed["known"] = str(request.version), str(file.events[-1].pk)
    again = type(form)(typed, http.FILES, story=file, actor=actor, today=today())
    again.add_error(None, str(refused))
    since = [entry for entry in told(file) if entry.event.pk > known]
    return _page(http, file, again, action, CONFLICT, {"since": since})


def _page(
    http: HttpRequest, file: Story, form: StepForm, action: str, status: int, more: dict[str, Any] | None = None
) -> HttpResponse:
    shown = {"case": file.request, "story": file, "form": form, "action": action, **(more or {})}
    return render(http, "desk/request/step.html", shown, status=status)
