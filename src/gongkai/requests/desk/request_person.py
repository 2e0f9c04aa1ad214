"""The applicant's full data: opened on purpose, by those who handle the request, and written down each time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from gongkai.audit.writing import record
from gongkai.requests.desk.acting import moment
from gongkai.requests.desk.cases import case_of, refuse
from gongkai.requests.desk.forms.applicant import DATA
from gongkai.requests.models import Applicant
from gongkai.requests.policies import may_see_person

VIEWED = "person.viewed"
SHOWN = ("name", *(column for column in DATA if column != "name"))
"""What is shown, in this order."""


@require_POST
@sensitive_variables()
def request_person(http: HttpRequest, pk: int) -> HttpResponse:
    """The data of the request's applicant, once the log has it that this person opened it. 404 where he may not."""
    actor, request = case_of(http, pk)
    if not may_see_person(actor, request):
        refuse(actor, VIEWED, f"request:{pk}")
    record(VIEWED, now=moment(), staff=actor.staff_id, subject=f"request:{pk}", address=actor.address)
    back = reverse("desk:request", args=[pk])
    shown = {"case": request, "person": request.applicant, "rows": rows_of(request.applicant), "back": back}
    return render(http, "desk/request/person.html", shown)


def rows_of(person: Applicant) -> list[tuple[str, str]]:
    """What is known of the applicant, as label and value; what was not given is left out."""
    words = {"kind": person.get_kind_display(), "document": person.get_document_display()}
    fields = {field.name: field for field in Applicant._meta.fields}
    told = [(str(fields[name].verbose_name), words.get(name, getattr(person, name))) for name in SHOWN]
    return [(label, value) for label, value in told if value]
