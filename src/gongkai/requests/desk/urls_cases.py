"""The addresses of a request's page and its forms."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from gongkai.requests.desk import (
    receipt,
    request_page,
    request_paper,
    request_person,
    request_register,
    request_step,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("requests/register/", request_register.request_register, name="register"),
    path("requests/<int:pk>/receipt/", receipt.request_receipt, name="receipt"),
    path("requests/<int:pk>/", request_page.request_page, name="request"),
    path("requests/<int:pk>/person/", request_person.request_person, name="person"),
    path("requests/<int:pk>/<slug:action>/", request_step.request_step, name="step"),
    path("papers/<uuid:key>/", request_paper.request_paper, name="paper"),
]
