"""The addresses of the desk's lists."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from gongkai.requests.desk import assigning, duedays, export, ical, listing, overseeing, worklist

urlpatterns: list[URLPattern | URLResolver] = [
    path("", worklist.work_list, name="work_list"),
    path("requests/", listing.requests, name="requests"),
    path("requests/assign/", assigning.assign, name="assign"),
    path("requests/export/", export.export, name="export"),
    path("by-agency/", overseeing.agencies, name="by_agency"),
    path("calendar/", duedays.due_days, name="calendar"),
    path("calendar/feed/", duedays.feed, name="feed"),
]
by_token: list[URLPattern | URLResolver] = [
    path("calendar/<str:token>.ics", ical.ical, name="ical"),
]
"""Without signing in: who knows the token."""
