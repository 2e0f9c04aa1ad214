"""Language and large print, by which a page comes back as it was."""

from __future__ import annotations

from django.urls import include, path

from gongkai.pages import views

app_name = "pages"
urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("favicon.ico", views.icon, name="icon"),
    path("large-print/", views.large_print, name="large_print"),
]
