"""更正申请 at the desk: the list, a page for each with what may be done, registering one (《条例》第四十一条)."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.actors import Actor
from gongkai.agencies.models import Role
from gongkai.agencies.refusals import Refused
from gongkai.audit.writing import record
from gongkai.pages.templatetags.written import said
from gongkai.requests.actions.record_correction import ARTICLE, CORRECTION_ACTIONS
from gongkai.requests.actions.refusing import whole
from gongkai.requests.desk.acting import actor_from, moment, today
from gongkai.requests.desk.cases import refuse
from gongkai.requests.desk.forms.correcting import CorrectionForm, EndForm
from gongkai.requests.desk.request_person import VIEWED, rows_of
from gongkai.requests.models import RecordCorrection
from gongkai.requests.policies import may_see_person
from gongkai.requests.selectors.corrections import line_of, papers_of, seen_corrections

ON_A_PAGE = 50
WRONG, FORBIDDEN = 422, 403
OPEN = RecordCorrection.State.OPEN


def _found(http: HttpRequest, pk: int) -> tuple[Actor, RecordCorrection]:
    """Who asks, and the matter. Raises Http404 where he may not see it; the attempt is logged."""
    actor = actor_from(http)
    correction = seen_corrections(actor).filter(pk=pk).first()
    if correction is None:
        refuse(actor, "correction.viewed", f"correction:{pk}")
    return actor, correction


@require_safe
def correction_list(http: HttpRequest) -> HttpResponse:
    """Those that this person may see; the open ones first, the oldest on top."""
    actor = actor_from(http)
    ordered = seen_corrections(actor).order_by(F("ended").desc(nulls_first=True), "received", "pk")
    page = Paginator(ordered, ON_A_PAGE).get_page(http.GET.get("page"))
    return render(http, "desk/request/corrections.html", {"page": page, "registers": actor.has(Role.OFFICER)})


@require_safe
def correction_page(http: HttpRequest, pk: int) -> HttpResponse:
    """The page of one. 404 for what this person may not see."""
    actor, correction = _found(http, pk)
    acts = correction.state == OPEN and actor.has(Role.OFFICER, correction.agency_id)
    shown = {
        "correction": correction,
        "article": ARTICLE,
        "actions": [(name, action.label) for name, action in CORRECTION_ACTIONS.items()] if acts else [],
        "papers": list(papers_of(correction)),
        "line": list(line_of(correction)),
        "sees_person": may_see_person(actor, correction),
    }
    return render(http, "desk/request/correction.html", shown)


@require_POST
@sensitive_variables()
def correction_person(http: HttpRequest, pk: int) -> HttpResponse:
    """The person's data, once the log has it that they were opened."""
    actor, correction = _found(http, pk)
    if not may_see_person(actor, correction):
        refuse(actor, VIEWED, f"correction:{pk}")
    record(VIEWED, now=moment(), staff=actor.staff_id, subject=f"correction:{pk}", address=actor.address)
    person = correction.applicant
    back = reverse("desk:correction", args=[pk])
    shown = {"case": correction, "person": person, "rows": rows_of(person), "back": back}
    return render(http, "desk/request/person.html", shown)


@require_http_methods(["GET", "POST"])
def correction_step(http: HttpRequest, pk: int, action: str) -> HttpResponse:
    """The form of what ends it; by POST it is done, or said why not, with all that was typed."""
    actor, correction = _found(http, pk)
    if action not in CORRECTION_ACTIONS:
        raise Http404
    typed = (http.POST,) if http.method == "POST" else ()
    form = EndForm(*typed, action=CORRECTION_ACTIONS[action], correction=correction, actor=actor, today=today())
    status = 200
    if typed:
        status = WRONG
        if form.is_valid():
            try:
                form.made().run(moment())
            except Refused as refused:
                form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            else:
                messages.success(http, _("已办理：%(step)s。") % {"step": said(form.label)})
                return HttpResponseRedirect(reverse("desk:correction", args=[pk]))
    return render(http, "desk/request/correction_step.html", {"correction": correction, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def correction_register(http: HttpRequest) -> HttpResponse:
    """Registering one that did not come online; the answer has the number and, this once, the code."""
    actor = actor_from(http)
    if not actor.has(Role.OFFICER):
        return render(http, "desk/request/register_not.html", status=FORBIDDEN)
    typed = (http.POST,) if http.method == "POST" else ()
    files = (http.FILES,) if typed else ()
    form = CorrectionForm(*typed, *files, actor=actor, today=today())
    if typed and form.is_valid():
        try:
            form.look_into_files()
            with whole():
                filed = form.run(moment())
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            shown = {"correction": filed.correction, "code": filed.code}
            return render(http, "desk/request/correction_receipt.html", shown)
    return render(http, "desk/request/correction_register.html", {"form": form}, status=WRONG if typed else 200)
