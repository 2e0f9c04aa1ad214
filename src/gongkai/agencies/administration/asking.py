"""What every page of administration asks first: who is there, and whether this is his to see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.db import models
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from gongkai.agencies.actions.base import Administration
from gongkai.agencies.actors import Actor
from gongkai.agencies.policies import TABLE
from gongkai.agencies.refusals import NotAllowed, Refused, Words
from gongkai.agencies.signing_in.acting import acting

M = TypeVar("M", bound=models.Model)
R = TypeVar("R")


def demand(request: HttpRequest, action: str, thing: models.Model | None = None) -> Actor:
    """The actor, if the table of policies lets him; else the page is not there for him. Raises Http404, which is
    logged (``refusing.LogRefusals``)."""
    actor = acting(request)
    if not TABLE[action](actor, thing):
        raise Http404
    return actor


def found(of: models.QuerySet[M], pk: int) -> M:
    """The row of that number among those that may be seen. Raises Http404."""
    row = of.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def allowed(actor: Actor, thing: models.Model | None) -> dict[str, bool]:
    """For a template: each action of the table, and whether it is open to him with this."""
    return {action: policy(actor, thing) for action, policy in TABLE.items()}


def done(form: BaseForm, act: Callable[[], Administration[R]]) -> R | None:
    """What the act made; None where it was refused: the form then says what is wrong, and where."""
    try:
        return act().run(timezone.now())
    except NotAllowed as refused:
        form.add_error(None, str(refused))
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    return None


def do(request: HttpRequest, act: Administration[Any], said: Words) -> None:
    """Does what needs no form, and says so, or says why not."""
    try:
        act.run(timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, str(said))


def ask(request: HttpRequest, form: BaseForm, heading: Words, back: str, **told: Any) -> HttpResponse:
    """The page with a form. ``explained`` says what it does, ``button`` what is pressed."""
    return render(request, "administration/form.html", {"form": form, "heading": heading, "back": back, **told})


def back_to(request: HttpRequest, said: Words, where: str, *args: Any) -> HttpResponse:
    """To another page, with a word on what was done."""
    messages.success(request, str(said))
    return redirect(where, *args)
