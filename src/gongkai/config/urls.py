"""The addresses: the public pages at the root, the desk under desk/."""

from __future__ import annotations

from django.urls import include, path
from wagtail.admin import urls as wagtail_admin

urlpatterns = [
    path("desk/", include("gongkai.agencies.signing_in.urls", namespace="signing_in")),
    path("desk/administration/", include("gongkai.agencies.administration.urls")),
    path("desk/", include("gongkai.agencies.administration.closed")),
    path("desk/", include("gongkai.requests.desk.urls")),
    path("desk/", include(wagtail_admin)),
    path("", include("gongkai.pages.urls")),
    path("", include("gongkai.requests.public.urls")),
]
