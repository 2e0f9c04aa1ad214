"""查询进度: by number and code, without account: where the request stands, what happens next, its papers."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.refusals import Refused
from gongkai.audit.writing import record
from gongkai.pages.address import client_address
from gongkai.pages.views import too_often
from gongkai.requests.models import Request
from gongkai.requests.papers import served
from gongkai.requests.public import following, throttles
from gongkai.requests.public.fields import NUMBER, SHORT, PlainForm, line
from gongkai.requests.public.telling import story_of


class CodeForm(PlainForm):
    """Number and code, as they stood on the receipt."""

    number = line(
        _("编号"),
        _("例如：HRSS-2026-0012"),
        required=_("请填写编号。"),
        length=NUMBER,
        autocomplete="off",
        spellcheck="false",
        **{"class": "short figure"},
    )
    code = forms.CharField(
        label=_("查询码"),
        help_text=_("提交时显示的10位字母和数字，不分大小写。"),
        max_length=NUMBER,
        error_messages={"required": _("请填写查询码。"), "max_length": _("查询码是10位字母和数字。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", **SHORT, "class": "short figure"}),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Asks for number and code; right ones lead to the request, and to nothing else."""
    if request.method != "POST":
        form = CodeForm(initial={"number": request.GET.get("number", "")[:NUMBER]})
        return render(request, "public/track.html", {"form": form})
    now = timezone.now()
    form = CodeForm(request.POST)
    if form.is_valid():
        number = form.cleaned_data["number"]
        if seconds := throttles.tries(client_address(request), number, now):
            return too_often(request, seconds)
        thing = following.found(number, form.cleaned_data["code"])
        if thing is not None:
            return redirect(following.begin(request, thing, now))
        throttles.count_try(client_address(request), number, now)
        form.refuse(Refused(_("编号或者查询码不对。请对照提交时显示的内容，逐字核对。"), "code"))
    return render(request, "public/track.html", {"form": form})


@require_safe
@following.following
def case(request: HttpRequest, case: Request) -> HttpResponse:
    """The request as its applicant sees it."""
    story = story_of(case, following.actor_of(request, case), timezone.localdate())
    return render(request, "public/case.html", {"case": case, "story": story})


@require_safe
@following.following
def paper(request: HttpRequest, key: UUID, case: Request) -> HttpResponse:
    """A paper that was meant for the applicant, or that he gave himself."""
    found = next(
        (
            one
            for one in story_of(case, following.actor_of(request, case), timezone.localdate()).papers
            if one.key == key
        ),
        None,
    )
    if found is None:
        raise Http404
    now = timezone.now()
    record("public.paper", now=now, subject=f"paper:{found.pk}", address=client_address(request))
    return served(found)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Ends the look at the request, for whoever comes next to this computer."""
    following.leave(request)
    return redirect("public:track")
