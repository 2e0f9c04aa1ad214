"""The addresses of signing in and out, before Wagtail's own."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
