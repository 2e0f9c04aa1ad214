"""Going to the provider of single sign-on, and coming back from it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from gongkai.agencies.signing_in import single_sign_on
from gongkai.agencies.signing_in.entering import may_enter
from gongkai.agencies.signing_in.recording import failure
from gongkai.agencies.signing_in.views import proceed


class Depart(OIDCAuthenticationRequestView):
    """To the provider."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not single_sign_on.is_offered():
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class Return(OIDCAuthenticationCallbackView):
    """Back from the provider: whoever it names goes on as after a right password."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not single_sign_on.is_offered():
            raise Http404
        try:
            return super().dispatch(request, *args, **kwargs)
        except SuspiciousOperation:
            return self.login_failure()

    def login_success(self) -> HttpResponse:
        if not may_enter(self.user, timezone.localtime()):
            return self.login_failure()
        onward = self.request.session.get("oidc_login_next") or ""
        return proceed(self.request, self.user, single_sign_on.BACKEND, onward)

    def login_failure(self) -> HttpResponse:
        named = getattr(self, "user", None)
        failure("sign_in.provider", "failed", named.username if named else None, self.request)
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?ended=provider")
