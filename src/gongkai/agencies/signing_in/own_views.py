"""The pages on which a person looks after his own sign-in: password, second factor, where he is signed in."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import quote, urlencode

import django_otp
import segno
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.password_validation import password_validators_help_texts
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gongkai.agencies.models import SecondFactor, SignIn, Staff
from gongkai.agencies.signing_in import entering
from gongkai.agencies.signing_in.forms import WRONG_PASSWORD, ChangePasswordForm, CodeForm
from gongkai.agencies.signing_in.passwords import change_password, is_due
from gongkai.agencies.signing_in.views import proceed
from gongkai.audit.writing import record
from gongkai.pages.address import client_address

GROUP = 4
"""A secret is shown in groups of so many letters, to be typed where no camera is at hand."""
QUIET_ZONE, DOT = 2, 5


@login_required
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """我的登录安全: what protects this account, and where it is signed in."""
    told = {
        "factor": entering.factor_of(entering.person_of(request)),
        "sign_ins": SignIn.objects.filter(staff=entering.person_of(request), ended=""),
        "here": request.session.session_key,
        "password_since": entering.person_of(request).password_changed_at or entering.person_of(request).date_joined,
        "password_days": settings.GONGKAI_PASSWORD_DAYS,
    }
    return render(request, "signing_in/own.html", told)


@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Signs out everywhere but here."""
    now = timezone.now()
    entering.leave_everywhere(
        entering.person_of(request), SignIn.Ended.ENDED_BY_SELF, now, but=request.session.session_key or ""
    )
    _noted(request, "sign_in.ended_elsewhere")
    return redirect("signing_in:own")


@method_decorator([login_required, never_cache, sensitive_post_parameters()], name="dispatch")
class PasswordPage(View):
    """Changing the password; every other browser is signed out by it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, ChangePasswordForm(entering.person_of(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        staff = entering.person_of(request)
        form, credentials = ChangePasswordForm(staff, request.POST), {"username": staff.username}
        if not AxesProxyHandler.is_allowed(request, credentials):  # a browser left open is no place to guess
            request.axes_locked_out = True  # type: ignore[attr-defined]
            return self.page(request, ChangePasswordForm(staff))
        if not form.is_valid():
            if form.has_error("old", WRONG_PASSWORD):
                user_login_failed.send(sender=__name__, credentials=credentials, request=request)
            return self.page(request, form)
        now, here = timezone.now(), request.session.session_key or ""
        change_password(entering.person_of(request), form.cleaned_data["new_password1"], now, client_address(request))
        entering.leave_everywhere(entering.person_of(request), SignIn.Ended.PASSWORD_CHANGED, now, but=here)
        update_session_auth_hash(request, entering.person_of(request))
        SignIn.objects.filter(key=here).update(key=request.session.session_key)
        return redirect("signing_in:own")

    def page(self, request: HttpRequest, form: ChangePasswordForm) -> HttpResponse:
        told = {
            "form": form,
            "rules": password_validators_help_texts(),
            "due": is_due(entering.person_of(request), timezone.now()),
            "first": entering.person_of(request).must_change_password,
        }
        return render(request, "signing_in/password.html", told)


@method_decorator([login_required, never_cache, sensitive_post_parameters("code")], name="dispatch")
class EnrolPage(View):
    """Setting up the authenticator app: the secret as a picture and in letters, and a first code to prove it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if entering.factor_of(entering.person_of(request)) is not None and not entering.gave_second_factor(request):
            return proceed(
                request, entering.person_of(request), request.session["_auth_user_backend"], request.GET.get("next", "")
            )
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, CodeForm(), self.candidate(entering.person_of(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form, factor = CodeForm(request.POST), self.candidate(entering.person_of(request))
        if not form.is_valid():
            return self.page(request, form, factor)
        with transaction.atomic():
            right = factor.verify_token(form.cleaned_data["code"])
            if right:
                SecondFactor.objects.filter(user=entering.person_of(request)).exclude(pk=factor.pk).delete()
                factor.confirmed, factor.enrolled_at = True, timezone.now()
                factor.save()
                codes = factor.renew_recovery_codes()
        if not right:
            form.add_error("code", _("口令不正确。请确认手机时间准确，等待下一个口令后再输入。"))
            return self.page(request, form, factor)
        django_otp.login(request, factor)
        _noted(request, "second_factor.enrolled")
        return render(request, "signing_in/recovery_codes.html", {"codes": codes})

    def candidate(self, staff: Staff) -> SecondFactor:
        """The device that waits for its first code; a new one takes the place of that in use only when proved."""
        found: SecondFactor | None = SecondFactor.objects.filter(user=staff, confirmed=False).first()
        made: SecondFactor = found or SecondFactor.objects.create(user=staff, name="app", confirmed=False)
        return made

    def page(self, request: HttpRequest, form: CodeForm, factor: SecondFactor) -> HttpResponse:
        letters = base64.b32encode(bytes.fromhex(factor.secret)).decode()
        told = {
            "form": form,
            "picture": segno.make(address_of(factor, letters)).svg_data_uri(border=QUIET_ZONE, scale=DOT),
            "letters": " ".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP)),
            "required": settings.GONGKAI_SECOND_FACTOR == "required",
            "renewed": entering.factor_of(entering.person_of(request)) is not None,
        }
        return render(request, "signing_in/enrol.html", told)


def address_of(factor: SecondFactor, letters: str) -> str:
    """The otpauth: address that authenticator apps read."""
    issuer = str(settings.WAGTAIL_SITE_NAME)
    label = quote(f"{issuer}:{factor.user.get_username()}")
    return f"otpauth://totp/{label}?{urlencode({'secret': letters, 'issuer': issuer}, quote_via=quote)}"


@login_required
@require_POST
@never_cache
def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Fresh recovery codes; those before no longer work."""
    factor = entering.factor_of(entering.person_of(request))
    if factor is None:
        return redirect("signing_in:enrol")
    codes = factor.renew_recovery_codes()
    _noted(request, "second_factor.codes_renewed")
    return render(request, "signing_in/recovery_codes.html", {"codes": codes})


def _noted(request: HttpRequest, action: str) -> None:
    staff = entering.person_of(request).pk
    address = client_address(request)
    record(action, now=timezone.now(), staff=staff, subject=f"staff:{staff}", address=address)
