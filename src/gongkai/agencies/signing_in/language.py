"""The language of the staff's pages: chosen on any of them or in one's account, kept with the person."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from wagtail.users.models import UserProfile

from gongkai.agencies.models import Staff
from gongkai.pages.address import leads_here


@login_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keeps the language and goes back to the page, on this site only."""
    wanted = request.POST.get("language", "")
    back = request.POST.get("next", "")
    if not leads_here(request, back):
        back = settings.LOGIN_REDIRECT_URL
    response = redirect(back)
    if wanted in dict(settings.LANGUAGES):
        profile = UserProfile.get_for_user(request.user)
        profile.preferred_language = wanted
        profile.save(update_fields=["preferred_language"])
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, wanted, secure=settings.LANGUAGE_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    return response


def language_of(staff: Staff) -> str:
    """The language that this person chose; Chinese where he chose none."""
    profile = UserProfile.objects.filter(user=staff).first()
    return (profile.preferred_language if profile is not None else "") or settings.LANGUAGE_CODE
