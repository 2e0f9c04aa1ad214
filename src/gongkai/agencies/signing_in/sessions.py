"""How long and how often one may be signed in; and what must be done first: a new password, a second factor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import SignIn, Staff
from gongkai.agencies.signing_in.entering import close, forget_cookie, gave_second_factor, leave, person_of
from gongkai.agencies.signing_in.passwords import is_due
from gongkai.agencies.signing_in.single_sign_on import BACKEND as SINGLE_SIGN_ON
from gongkai.pages.address import client_address

BEGAN, SEEN = "began", "seen"
"""In the session: when it began and when it was last used, as seconds."""
NOTED_EVERY_SECONDS = 60
"""``seen`` is written at most so often: reading a page should not cost a write."""
DESK = "/desk/"


class Sessions(SessionMiddleware):
    """As Django has it, but for two things. A cookie that cannot be a session's key is as if there were none: not every
    database takes what a stranger may write there. And where a session of the desk was ended while its page was being
    made, by a newer one or by an administrator, the browser is told so in place of a page of errors."""

    def process_request(self, request: HttpRequest) -> None:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if not (key.isascii() and key.isalnum()):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        key = request.session.session_key or ""
        try:
            return super().process_response(request, response)
        except SessionInterrupted:
            ended = SignIn.objects.filter(key=key).exclude(ended="").first()
            if ended is None or not request.path.startswith(DESK):
                raise
            return to_sign_in(request, ended.ended)


class SessionLimits:
    """Guards everything under /desk/. Ends what has been idle or has lasted too long, tells an older session that a
    newer one took its place, and sends on to what must be done before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return (self._instead(request) if request.path.startswith(DESK) else None) or self.get_response(request)

    def _instead(self, request: HttpRequest) -> HttpResponse | None:
        """What is answered in place of the page asked for; None where nothing stands against it."""
        now = timezone.now()
        if not request.user.is_authenticated:
            return _told_why(request)
        why = over(request.session, now)
        if why:
            leave(request, why, now)
            return to_sign_in(request, why)
        first = must_do_first(request, now)
        if first and not _is_open(request.path):
            return _sent(request, first)
        if now.timestamp() - request.session.get(SEEN, 0) >= NOTED_EVERY_SECONDS:
            request.session[SEEN] = now.timestamp()
        return None


@transaction.atomic
def begin(request: HttpRequest, staff: Staff, now: datetime) -> None:
    """Notes a new session; of too many at once the oldest end. The person is held: of two who sign in at once under one
    name each counts the other."""
    Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)
    if request.session.session_key is None:
        request.session.create()
    request.session[BEGAN] = request.session[SEEN] = now.timestamp()
    SignIn.objects.update_or_create(
        key=request.session.session_key,
        defaults={
            "staff": staff,
            "began_at": now,
            "address": client_address(request),
            "browser": request.META.get("HTTP_USER_AGENT", "")[:200],
            "ended": "",
            "ended_at": None,
        },
    )
    open_ones = SignIn.objects.filter(staff=staff, ended="")
    kept = list(open_ones.values_list("pk", flat=True)[: settings.GONGKAI_SESSIONS_AT_ONCE])
    close(open_ones.exclude(pk__in=kept), SignIn.Ended.NEWER, now)


def over(session: SessionBase, now: datetime) -> str:
    """Why a session has come to its end; empty while it has not."""
    began, seen = session.get(BEGAN, 0), session.get(SEEN, 0)
    if now.timestamp() - seen > settings.GONGKAI_IDLE_MINUTES * 60 + NOTED_EVERY_SECONDS:
        return str(SignIn.Ended.IDLE)
    if now - datetime.fromtimestamp(began, tz=now.tzinfo) > timedelta(hours=settings.GONGKAI_SESSION_HOURS):
        return str(SignIn.Ended.EXPIRED)
    return ""


def must_do_first(request: HttpRequest, now: datetime) -> str:
    """The page that comes before all others: enrolling a second factor, or a new password; empty where none does."""
    by_provider = request.session.get(BACKEND_SESSION_KEY) == SINGLE_SIGN_ON
    trusted = by_provider and settings.GONGKAI_OIDC_TRUSTED
    if settings.GONGKAI_SECOND_FACTOR == "required" and not trusted and not gave_second_factor(request):
        return reverse("signing_in:enrol")
    if not by_provider and is_due(person_of(request), now):
        return reverse("signing_in:password")
    return ""


def to_sign_in(request: HttpRequest, why: str) -> HttpResponse:
    """To the sign-in page, which says why, and from there back here."""
    told = {"ended": why}
    if request.method == "GET":
        told["next"] = request.get_full_path()
    response = _sent(request, f"{settings.LOGIN_URL}?{urlencode(told)}")
    return forget_cookie(response)


def _told_why(request: HttpRequest) -> HttpResponse | None:
    """For a browser whose session was ended elsewhere."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    if not key or _is_open(request.path):
        return None
    ended = SignIn.objects.filter(key=key).exclude(ended="").first()
    return to_sign_in(request, ended.ended) if ended else None


def _sent(request: HttpRequest, where: str) -> HttpResponse:
    """A redirect; for a part of a page the whole page goes."""
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": where})
    return HttpResponseRedirect(where)


def _is_open(path: str) -> bool:
    """Whether the page is one of signing in itself, or of what every page needs."""
    names = ("login", "second_factor", "enrol", "password", "logout")
    return path in {reverse(f"signing_in:{name}") for name in names} or path.startswith(
        ("/desk/login/", "/desk/sprite", "/desk/jsi18n")
    )
