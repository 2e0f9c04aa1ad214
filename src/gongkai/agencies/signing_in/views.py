"""The pages of signing in and out."""

from __future__ import annotations

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
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

from gongkai.agencies.backends import DESK
from gongkai.agencies.models import SecondFactor, SignIn, Staff
from gongkai.agencies.signing_in import entering, single_sign_on
from gongkai.agencies.signing_in.forms import CodeForm, SignInForm
from gongkai.agencies.signing_in.sessions import to_sign_in

SECONDS_IN_MINUTE = 60
TOO_MANY_REQUESTS = 429


def reasons() -> dict[str, str]:
    """What the sign-in page says to somebody whose session came to its end."""
    return {
        SignIn.Ended.SIGNED_OUT: _("您已退出登录。"),
        SignIn.Ended.IDLE: _("您超过%(minutes)s分钟没有操作，已自动退出。请重新登录。")
        % {"minutes": settings.GONGKAI_IDLE_MINUTES},
        SignIn.Ended.EXPIRED: _("一次登录最长%(hours)s小时，现已到时。请重新登录。")
        % {"hours": settings.GONGKAI_SESSION_HOURS},
        SignIn.Ended.NEWER: _("您的账号在别处登录，这里已退出。如果不是您本人登录，请立即修改密码并告知安全管理员。"),
        SignIn.Ended.ENDED_BY_SELF: _("您在别处结束了这里的登录。"),
        SignIn.Ended.ENDED_BY_ADMINISTRATOR: _("安全管理员结束了这里的登录。请重新登录。"),
        SignIn.Ended.PASSWORD_CHANGED: _("密码已修改，请用新密码登录。"),
        "waited": _("输入密码后等待过久，请重新登录。"),
        "provider": _(
            "统一身份认证没有成功，或者您的账号还没有在本平台登记。请用用户名和密码登录，或者与系统管理员联系。"
        ),
    }


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class SignInPage(View):
    """User name and password."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.has_perm(DESK):
            return redirect(entering.safe_onward(request, request.GET.get(entering.NEXT, "")))
        return self.page(request, SignInForm(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SignInForm(request, request.POST)
        if not form.is_valid():
            return self.page(request, form)
        staff = form.get_user()
        return proceed(request, staff, staff.backend, request.POST.get(entering.NEXT, ""))

    def page(self, request: HttpRequest, form: SignInForm) -> HttpResponse:
        given = request.POST if request.method == "POST" else request.GET
        told = {
            "form": form,
            "next": given.get(entering.NEXT, ""),
            "said": reasons().get(request.GET.get("ended", "")),
            "provider": settings.GONGKAI_OIDC_NAME if single_sign_on.is_offered() else "",
        }
        return render(request, "signing_in/sign_in.html", told)


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class SecondFactorPage(View):
    """The code of the authenticator app, after the password."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        waiting = entering.staff_half_way(request, timezone.now())
        if waiting is None:
            return to_sign_in(request, "waited")
        self.staff, self.backend, self.onward = waiting
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "signing_in/second_factor.html", {"form": CodeForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        credentials = {"username": self.staff.username}
        if form.is_valid() and AxesProxyHandler.is_allowed(request, credentials):
            factor = verified(self.staff, form.cleaned_data["code"])
            if factor is not None:
                entering.enter(request, self.staff, self.backend, factor)
                return redirect(self.onward)
            form.add_error("code", _("动态口令不正确，或者刚刚用过。请等待下一个口令，再输入一次。"))
        if form.errors:
            user_login_failed.send(sender=__name__, credentials=credentials, request=request)
        else:
            request.axes_locked_out = True  # type: ignore[attr-defined]
        return render(request, "signing_in/second_factor.html", {"form": form})


def verified(staff: Staff, code: str) -> SecondFactor | None:
    """The person's second factor, if the code is right; two browsers cannot use one code."""
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(user=staff, confirmed=True).first()
        return factor if factor is not None and factor.verify_token(code) else None


def proceed(request: HttpRequest, staff: Staff, backend: str, given: str) -> HttpResponse:
    """After the first factor: to the second where the person has one, else to the desk."""
    onward = entering.safe_onward(request, given)
    trusted = backend == single_sign_on.BACKEND and settings.GONGKAI_OIDC_TRUSTED
    if not trusted and entering.factor_of(staff) is not None:
        entering.wait_half_way(request, staff, backend, onward, timezone.now())
        return redirect("signing_in:second_factor")
    entering.enter(request, staff, backend)
    return redirect(onward)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Signs out of this browser."""
    if request.user.is_authenticated:
        entering.leave(request, SignIn.Ended.SIGNED_OUT, timezone.now())
    return entering.forget_cookie(redirect(f"{settings.LOGIN_URL}?ended={SignIn.Ended.SIGNED_OUT}"))


def locked(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """In place of any answer, when there were too many failures: how long it lasts, and whom to ask."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds()) // SECONDS_IN_MINUTE
    everywhere = getattr(request, "guessed_from_everywhere", False)
    told = {"tries": settings.AXES_FAILURE_LIMIT, "minutes": minutes, "from_everywhere": everywhere}
    return render(request, "signing_in/locked.html", told, status=TOO_MANY_REQUESTS)
