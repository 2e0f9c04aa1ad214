"""The addresses of the desk's lists."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from gongkai.requests.desk import worklist

urlpatterns: list[URLPattern | URLResolver] = [
    path("", worklist.work_list, name="work_list"),
]
