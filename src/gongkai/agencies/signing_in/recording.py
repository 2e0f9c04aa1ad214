"""Every sign-in, failure, lock-out and sign-out goes to the log of the platform, by whichever way it happens."""

from __future__ import annotations

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from gongkai.agencies.models import Staff
from gongkai.agencies.signing_in.sessions import begin
from gongkai.agencies.signing_in.single_sign_on import BACKEND as SINGLE_SIGN_ON
from gongkai.audit.writing import record
from gongkai.pages.address import client_address


@receiver(user_logged_in, dispatch_uid="gongkai.signed_in")
def signed_in(sender: Any, request: HttpRequest, user: Staff, **kwargs: Any) -> None:
    now = timezone.now()
    begin(request, user, now)
    way = "provider" if getattr(user, "backend", "") == SINGLE_SIGN_ON else "password"
    record("sign_in", now=now, staff=user.pk, subject=f"staff:{user.pk}", address=client_address(request), way=way)


@receiver(user_logged_out, dispatch_uid="gongkai.signed_out")
def signed_out(sender: Any, request: HttpRequest, user: Staff | None, **kwargs: Any) -> None:
    if user is not None and user.pk is not None:
        now, address = timezone.now(), client_address(request)
        record("sign_out", now=now, staff=user.pk, subject=f"staff:{user.pk}", address=address)


@receiver(user_login_failed, dispatch_uid="gongkai.sign_in_failed")
def failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    by_provider = "nonce" in credentials  # recorded on the way back from it
    if not by_provider and not getattr(request, "axes_locked_out", False):  # a locked account is recorded as such
        failure("sign_in", "failed", credentials.get("username"), request)


@receiver(user_locked_out, dispatch_uid="gongkai.locked_out")
def locked_out(sender: Any, request: HttpRequest, username: str | None, **kwargs: Any) -> None:
    failure("sign_in.locked", "refused", username, request)


def failure(action: str, result: str, username: Any, request: HttpRequest | None) -> None:
    """What was typed for a name is not kept where nobody bears it: it may be a password in the wrong field."""
    staff = Staff.objects.filter(username=username).values_list("pk", flat=True).first() if username else None
    record(
        action,
        now=timezone.now(),
        subject=f"staff:{staff}" if staff else "",
        result=result,
        address=client_address(request) if request is not None else None,
        known=staff is not None,
    )
