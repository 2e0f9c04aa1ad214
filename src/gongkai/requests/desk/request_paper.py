"""A paper of a request, sent as a download with safe headers; what tells of a person is logged."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.agencies.actors import Actor
from gongkai.audit.writing import record
from gongkai.requests.desk.acting import actor_from, moment
from gongkai.requests.desk.cases import refuse
from gongkai.requests.models import Paper, RecordCorrection, Request
from gongkai.requests.papers import served
from gongkai.requests.policies import may_see_person
from gongkai.requests.selectors.corrections import line_of, seen_corrections
from gongkai.requests.selectors.seeing import visible

OPENED = "paper.opened"


def _of(actor: Actor, paper: Paper) -> Request | RecordCorrection | None:
    """What it belongs to, as far as this person may see that: a request; of a demand to correct a record the one that
    was put to his agency, or passed on to it."""
    if paper.request is not None:
        return visible(actor).filter(pk=paper.request.pk).first()
    assert paper.correction is not None
    return seen_corrections(actor).filter(pk__in=line_of(paper.correction)).first()


@require_safe
def request_paper(http: HttpRequest, key: UUID) -> HttpResponse:
    """The file. 404 where this person may not see the request, or not the person's data, and where it was erased."""
    actor = actor_from(http)
    paper = Paper.objects.select_related("request", "correction").filter(key=key, erased_at=None).first()
    if paper is None or not (paper.request or paper.correction):
        raise Http404
    subject = f"paper:{paper.pk}"
    of = _of(actor, paper)
    if of is None:
        refuse(actor, OPENED, subject)
    if paper.tells_of_person:
        if not may_see_person(actor, of):
            refuse(actor, OPENED, subject)
        record(OPENED, now=moment(), staff=actor.staff_id, subject=subject, address=actor.address)
    return served(paper)
