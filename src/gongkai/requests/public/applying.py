"""申请公开: the questions one after the other, without account and without script, until a number and a code."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.calendars import calendar_of
from gongkai.agencies.models import Agency
from gongkai.agencies.refusals import Refused
from gongkai.law.clock import explain
from gongkai.law.events import Event, Log
from gongkai.pages.address import client_address
from gongkai.pages.views import too_often
from gongkai.requests.models import Paper, Request
from gongkai.requests.public import drafts, steps, throttles
from gongkai.requests.public.drafts import Draft
from gongkai.requests.public.filing import Unfinished, agency_of, applicant_of, file
from gongkai.requests.public.following import FILED
from gongkai.requests.public.uploads import add_uploads, papers_of, remove

NAME = "request"
MOST_WISHES = 5
"""More at one time are filed as a second submission."""


def moment() -> datetime:
    """Now. Views alone ask for it; all below are told."""
    return timezone.now()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, name: str) -> HttpResponse:
    """One question: shown, or answered."""
    asked = steps.step_of(name)
    if asked is None:
        raise Http404
    now = moment()
    draft = drafts.load(request, NAME, now)
    if not steps.may_enter(draft, name):
        return redirect("public:apply", steps.first_open(draft))
    if name == steps.PAPERS:
        return papers_step(request, asked, draft, now)
    if name == steps.WANTED:
        return wanted_step(request, asked, draft, now)
    if name == steps.CHECK:
        return check_step(request, asked, draft, now)
    today = timezone.localdate(now)
    if request.method != "POST":
        return shown(
            request, asked, draft, form=steps.form_for(name, draft, today, initial=chosen(request, name, today))
        )
    form = steps.form_for(name, draft, today, data=request.POST)
    if not form.is_valid():
        if getattr(form, "lacks", False):
            keep_for_later(request, draft, name, form.typed(), now)
        return shown(request, asked, draft, form=form, lacks=getattr(form, "lacks", False))
    before, draft.answers[name] = draft.answers.get(name), form.typed()
    if name == steps.KIND and before not in (None, form.typed()):
        draft.reopen(steps.WHO, steps.PAPERS)
    if name == steps.WHO:
        draft.reopen(*(steps.DELIVERY,) if not delivery_stands(draft, today) else ())
    return onward(request, draft, name, now)


def chosen(request: HttpRequest, name: str, today: date) -> dict[str, Any] | None:
    """The agency from whose guide somebody comes."""
    code = request.GET.get("agency", "")
    if name != steps.AGENCY or not code.isprintable():
        return None
    agency = Agency.objects.filter(code=code).first()
    return {"agency": agency.pk} if agency else None


def delivery_stands(draft: Draft, today: date) -> bool:
    """Whether the way of delivery still fits what is known of the applicant."""
    typed = draft.answers.get(steps.DELIVERY)
    return typed is None or steps.form_for(steps.DELIVERY, draft, today, data=typed).is_valid()


def keep_for_later(request: HttpRequest, draft: Draft, name: str, typed: dict[str, Any], now: datetime) -> None:
    """Keeps an answer that is mended at an earlier question, so that it is there when he comes back; it is not done."""
    draft.answers[name] = typed
    draft.reopen(name)
    drafts.save(request, NAME, draft, now)


def onward(request: HttpRequest, draft: Draft, name: str, now: datetime) -> HttpResponse:
    """Keeps the answer and goes on."""
    draft.finish(name)
    drafts.save(request, NAME, draft, now)
    return redirect("public:apply", steps.after(name, draft))


def shown(request: HttpRequest, asked: steps.Step, draft: Draft, **context: Any) -> HttpResponse:
    """The page of a question."""
    place = steps.ORDER.index(asked.name)
    back = steps.ORDER[place - 1] if place else ""
    context |= {"step": asked, "place": place + 1, "count": len(steps.ORDER), "back": back, "begun": bool(draft.done)}
    return render(request, f"public/apply_{asked.name}.html", context)


def wanted_step(request: HttpRequest, asked: steps.Step, draft: Draft, now: datetime) -> HttpResponse:
    """What is wanted: one thing or several."""
    today = timezone.localdate(now)
    if request.method != "POST":
        at = number_in(request.GET.get("item"), len(draft.wishes))
        adding = "more" in request.GET or not draft.wishes
        initial = draft.wishes[at] if at is not None else None
        form = steps.form_for(steps.WANTED, draft, today, initial=initial) if adding or at is not None else None
        return shown(request, asked, draft, form=form, wishes=list(enumerate(draft.wishes)), at=at, room=room(draft))
    at = number_in(request.POST.get("item"), len(draft.wishes))
    if "remove" in request.POST:
        gone = number_in(request.POST.get("remove"), len(draft.wishes))
        if gone is not None:
            del draft.wishes[gone]
        if not draft.wishes:
            draft.reopen(steps.WANTED)
        drafts.save(request, NAME, draft, now)
        return redirect("public:apply", steps.WANTED)
    if "go" in request.POST and draft.wishes:
        return onward(request, draft, steps.WANTED, now)
    form = steps.form_for(steps.WANTED, draft, today, data=request.POST)
    if not form.is_valid():
        return shown(request, asked, draft, form=form, wishes=list(enumerate(draft.wishes)), at=at, room=room(draft))
    if at is not None:
        draft.wishes[at] = form.typed()
    elif room(draft):
        draft.wishes.append(form.typed())
    draft.finish(steps.WANTED)
    drafts.save(request, NAME, draft, now)
    return redirect("public:apply", steps.WANTED)


def room(draft: Draft) -> int:
    """How many wishes may still be added."""
    return MOST_WISHES - len(draft.wishes)


def number_in(given: str | None, count: int) -> int | None:
    """A place in a list that an address or a form names; None where it names none."""
    return int(given) if given in {str(place) for place in range(count)} else None


def papers_step(request: HttpRequest, asked: steps.Step, draft: Draft, now: datetime) -> HttpResponse:
    """Files: uploaded, listed, removed."""
    agent = draft.answers[steps.KIND]["by"] == "agent"
    faults: list[tuple[str, str]] = []
    if request.method == "POST":
        if "remove" in request.POST:
            remove(draft, request.POST["remove"], now)
            drafts.save(request, NAME, draft, now)
            return redirect("public:apply", steps.PAPERS)
        if request.FILES and (seconds := throttles.uploads(client_address(request), now)):
            return too_often(request, seconds)
        faults = add_uploads(request, draft, now)
        drafts.save(request, NAME, draft, now)
        held = papers_of(draft)
        if not faults and "go" in request.POST:
            if not agent or any(paper.kind == Paper.Kind.AUTHORISATION for paper in held):
                return onward(request, draft, steps.PAPERS, now)
            faults = [("id_authorisation", _("由代理人提交的，请上传授权委托书。"))]
        elif not faults:
            return redirect("public:apply", steps.PAPERS)
    return shown(request, asked, draft, papers=papers_of(draft), agent=agent, faults=faults)


def check_step(request: HttpRequest, asked: steps.Step, draft: Draft, now: datetime) -> HttpResponse:
    """All that was typed, once more; then it is sent."""
    today = timezone.localdate(now)
    address = client_address(request)
    form = steps.form_for(steps.CHECK, draft, today, data=request.POST if request.method == "POST" else None)
    try:
        if request.method == "POST" and form.is_valid():
            if seconds := throttles.filings(address, now):
                return too_often(request, seconds)
            filed = file(draft, now, address)
            if filed.code:
                told = {"requests": [one.pk for one in filed.requests], "code": filed.code}
                request.session[FILED] = drafts.sealed(told)
                drafts.forget(request, NAME)
            return redirect("public:filed")
        context = {"agency": agency_of(draft, now), "applicant": applicant_of(draft, now)}
    except Unfinished as unfinished:
        draft.reopen(unfinished.step)
        drafts.save(request, NAME, draft, now)
        return redirect("public:apply", unfinished.step)
    except Refused as refused:
        form.refuse(refused)
        context = {"agency": agency_of(draft, now), "applicant": applicant_of(draft, now)}
    delivery = steps.form_for(steps.DELIVERY, draft, today, data=draft.answers.get(steps.DELIVERY, {}))
    if not delivery.is_valid():
        return redirect("public:apply", steps.DELIVERY)
    wanted = Request(form=delivery.cleaned_data["form"], way=delivery.cleaned_data["way"])
    context |= {"wishes": draft.wishes, "wanted": wanted, "delivery": delivery.cleaned_data, "papers": papers_of(draft)}
    return shown(request, asked, draft, form=form, **context)


@never_cache
@require_safe
def filed(request: HttpRequest) -> HttpResponse:
    """It has been sent: number, code, the day, what happens next. Shown as long as the session lasts, to be written
    down."""
    told = drafts.unsealed(request.session.get(FILED, "")) if FILED in request.session else None
    if told is None:
        return redirect("public:home")
    sent = list(Request.objects.filter(pk__in=told["requests"]).select_related("agency", "applicant").order_by("part"))
    today = timezone.localdate(moment())
    context = {"requests": sent, "code": told["code"], "today": today, "last": if_confirmed(sent[0], today)}
    return render(request, "public/filed.html", context)


def if_confirmed(request: Request, day: date) -> date | None:
    """By when it is to be answered where both sides confirm it on that day."""
    arrived = request.arrived or day
    events = (Event("submitted", arrived), Event("arrived", arrived), Event("confirmed", max(arrived, day)))
    return explain(Log(events, request.channel), max(arrived, day), calendar_of(request.agency.region)).due


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Removes all that was typed."""
    now = moment()
    draft = drafts.load(request, NAME, now)
    for paper in papers_of(draft):
        remove(draft, str(paper.pk), now)
    drafts.forget(request, NAME)
    request.session.pop(FILED, None)
    return redirect("public:home")
