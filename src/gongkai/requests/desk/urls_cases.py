"""The addresses of a request's page and its forms."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from gongkai.requests.desk import (
    corrections,
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
    path("corrections/", corrections.correction_list, name="corrections"),
    path("corrections/register/", corrections.correction_register, name="correction_register"),
    path("corrections/<int:pk>/", corrections.correction_page, name="correction"),
    path("corrections/<int:pk>/person/", corrections.correction_person, name="correction_person"),
    path("corrections/<int:pk>/<slug:action>/", corrections.correction_step, name="correction_step"),
    path("papers/<uuid:key>/", request_paper.request_paper, name="paper"),
]
