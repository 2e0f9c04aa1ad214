"""Entering and leaving: what lies between a right password and the desk, the same for every way of signing in."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module

import django_otp
from django.conf import settings
from django.contrib import auth
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from gongkai.agencies.actors import actor_of
from gongkai.agencies.models import SecondFactor, SignIn, Staff
from gongkai.pages.address import leads_here

HALF_WAY = "half_way"
"""In the session: who gave the right password and has yet to give the second factor."""
NEXT = "next"


def may_enter(staff: Staff, now: datetime) -> bool:
    """Whether the person is active and holds a role on that day: nobody else has anything to do at the desk."""
    return staff.is_active and bool(actor_of(staff, now.date()).roles)


def person_of(request: HttpRequest) -> Staff:
    """Who is signed in. Raises PermissionDenied where nobody is: a page that asks stands behind the sign-in."""
    if not isinstance(request.user, Staff):
        raise PermissionDenied
    return request.user


def gave_second_factor(request: HttpRequest) -> bool:
    """Whether the second factor was given in this session."""
    return getattr(request.user, "otp_device", None) is not None


def factor_of(staff: Staff) -> SecondFactor | None:
    """The person's second factor in use; None where he has none."""
    found: SecondFactor | None = SecondFactor.objects.filter(user=staff, confirmed=True).first()
    return found


def enter(request: HttpRequest, staff: Staff, backend: str, factor: SecondFactor | None = None) -> None:
    """Signs the person in, in a session of its own: whatever the browser had before is forgotten."""
    request.session.flush()
    auth.login(request, staff, backend=backend)
    if factor is not None:
        django_otp.login(request, factor)


def wait_half_way(request: HttpRequest, staff: Staff, backend: str, onward: str, now: datetime) -> None:
    """Notes that the password was right; ``staff_half_way`` gives the person back."""
    request.session.cycle_key()
    request.session[HALF_WAY] = {
        "staff": staff.pk,
        "backend": backend,
        "onward": onward,
        "until": now.timestamp() + settings.GONGKAI_HALF_WAY_MINUTES * 60,
    }


def staff_half_way(request: HttpRequest, now: datetime) -> tuple[Staff, str, str] | None:
    """Who stands between the two factors, by which backend, and where he wants to go; None after too long a wait."""
    noted = request.session.get(HALF_WAY)
    if not noted or noted["until"] < now.timestamp():
        return None
    staff = Staff.objects.filter(pk=noted["staff"], is_active=True).first()
    return (staff, noted["backend"], noted["onward"]) if staff is not None else None


def leave(request: HttpRequest, why: str, now: datetime) -> None:
    """Signs out here, and notes why."""
    close(SignIn.objects.filter(key=request.session.session_key or "", ended=""), why, now)
    auth.logout(request)


def leave_everywhere(staff: Staff, why: str, now: datetime, but: str = "") -> int:
    """Ends every session of the person but the one of that key; gives how many."""
    return close(SignIn.objects.filter(staff=staff, ended="").exclude(key=but), why, now)


def close(sign_ins: QuerySet[SignIn], why: str, now: datetime) -> int:
    """Ends these sign-ins: their sessions are gone, why is kept so that the browser can be told."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    keys = list(sign_ins.values_list("key", flat=True))
    for key in keys:
        store(key).delete()
    SignIn.objects.filter(key__in=keys).update(ended=why, ended_at=now)
    return len(keys)


def forget_cookie(response: HttpResponse) -> HttpResponse:
    """Has the browser forget its session."""
    response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Lax")
    return response


def safe_onward(request: HttpRequest, given: str) -> str:
    """Where to go after signing in: the address given if it is one of this desk, else the desk's first page."""
    allowed = leads_here(request, given)
    return given if given and allowed else settings.LOGIN_REDIRECT_URL
