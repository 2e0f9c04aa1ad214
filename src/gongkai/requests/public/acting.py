"""What an applicant does with his own request: one page for each, one action behind it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.agencies.refusals import Refused
from gongkai.pages.address import client_address
from gongkai.pages.views import too_often
from gongkai.requests.actions.refusing import whole
from gongkai.requests.actions.registry import ACTIONS
from gongkai.requests.models import Paper, Request
from gongkai.requests.papers import look_into, store
from gongkai.requests.public import following, throttles
from gongkai.requests.public.doings import Doing, doing_of
from gongkai.requests.public.telling import story_of


@require_http_methods(["GET", "HEAD", "POST"])
@following.following
def act(request: HttpRequest, name: str, case: Request) -> HttpResponse:
    """Shows the form, or does it."""
    doing = doing_of(name)
    if doing is None or name not in ACTIONS:
        raise Http404
    now = timezone.now()
    actor = following.actor_of(request, case)
    story = story_of(case, actor, timezone.localdate(now))
    if doing not in story.doings:
        messages.info(request, _("这一步现在不用办，或者已经办过了。"))
        return redirect("public:case")
    form: Any = doing.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if request.FILES and (seconds := throttles.uploads(client_address(request), now)):
            return too_often(request, seconds)
        try:
            for upload in request.FILES.getlist("files") if doing.files else ():
                look_into(upload, "files")
            with whole():
                _do(doing, request, case, form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, str(doing.done))
            return redirect("public:case")
    key = request.POST.get("key") or str(uuid4())
    context = {"case": case, "story": story, "doing": doing, "form": form, "key": key, "asked": _asked(doing, case)}
    return render(request, "public/act.html", context)


def _do(doing: Doing, request: HttpRequest, case: Request, cleaned: dict[str, Any]) -> None:
    """Runs the action and keeps the files. Raises Refused: then nothing is kept. The action comes first: it holds the
    request, so that of a form sent twice at once the second finds it done, and its files are not kept again."""
    now = timezone.now()
    actor = following.actor_of(request, case)
    typed = {name: cleaned[name] for name in doing.typed}
    action = ACTIONS[doing.name](request=case, actor=actor, day=timezone.localdate(now), key=_key(request), **typed)
    action.run(now)
    if doing.files and action.did:
        for upload in request.FILES.getlist("files"):
            store(upload, case, Paper.Kind.SUPPLEMENT, actor=actor, now=now, field="files")


def _key(request: HttpRequest) -> UUID | None:
    """The form's key: sent twice it counts once."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _asked(doing: Doing, case: Request) -> Any:
    """What the agency asked, for the forms that answer it."""
    if doing.name == "receive_supplement":
        return case.supplements.last()
    return case.inquiries.last() if doing.name == "receive_reasons" else None
