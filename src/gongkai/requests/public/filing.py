"""A draft becomes a submission: all that was typed is checked again, stored in one transaction, and logged."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.actors import APPLICANT, Actor
from gongkai.agencies.models import Agency
from gongkai.requests.actions.submit import Filed, Submit, Wish
from gongkai.requests.models import Applicant, Paper, Request, Submission
from gongkai.requests.papers.storing import copied
from gongkai.requests.public.drafts import Draft
from gongkai.requests.public.steps import AGENCY, DELIVERY, KIND, PAPERS, WANTED, WHO, form_for
from gongkai.requests.public.throttles import count_filing


class Unfinished(Exception):
    """An answer is missing, or no longer right; ``step`` is the question."""

    def __init__(self, step: str) -> None:
        super().__init__(step)
        self.step = step


def applicant_of(draft: Draft, now: datetime) -> Applicant:
    """The applicant, unsaved. Raises Unfinished."""
    kind = form_for(KIND, draft, timezone.localdate(now), data=draft.answers.get(KIND, {}))
    if not kind.is_valid():
        raise Unfinished(KIND)
    who = form_for(WHO, draft, timezone.localdate(now), data=draft.answers.get(WHO, {}))
    if not who.is_valid():
        raise Unfinished(WHO)
    return Applicant(kind=kind.cleaned_data["kind"], **who.cleaned_data)


def agency_of(draft: Draft, now: datetime) -> Agency:
    """The agency. Raises Unfinished."""
    form = form_for(AGENCY, draft, timezone.localdate(now), data=draft.answers.get(AGENCY, {}))
    if not form.is_valid():
        raise Unfinished(AGENCY)
    agency: Agency = form.cleaned_data["agency"]
    return agency


def wishes_of(draft: Draft, now: datetime) -> tuple[Wish, ...]:
    """What is wanted. Raises Unfinished."""
    today = timezone.localdate(now)
    delivery = form_for(DELIVERY, draft, today, data=draft.answers.get(DELIVERY, {}))
    if not delivery.is_valid():
        raise Unfinished(DELIVERY)
    forms = [form_for(WANTED, draft, today, data=typed) for typed in draft.wishes]
    if not forms or not all(form.is_valid() for form in forms):
        raise Unfinished(WANTED)
    return tuple(Wish(**form.cleaned_data, **delivery.cleaned_data) for form in forms)


def file(draft: Draft, now: datetime, address: str | None) -> Filed:
    """Submits it today. Raises Unfinished; NotAllowed, NotLawfulNow, Refused as ``Submit``: then nothing is stored."""
    agency = agency_of(draft, now)
    applicant = applicant_of(draft, now)
    wishes = wishes_of(draft, now)
    if PAPERS not in draft.done:
        raise Unfinished(PAPERS)
    with transaction.atomic():
        papers = _held(draft)
        filed = Submit(
            agency=agency,
            applicant=applicant,
            wishes=wishes,
            channel=Request.Channel.ONLINE,
            actor=Actor(kind=APPLICANT, address=address),
            day=timezone.localdate(now),
            key=UUID(draft.key),
        ).run(now)
        if filed.code:
            _attach(papers, filed, now)
            count_filing(address, f"request:{filed.requests[0].pk}", now)
    return filed


def _held(draft: Draft) -> list[Paper]:
    """The files of the draft, held. Raises Unfinished where one is gone: it lay too long, and is asked for again."""
    if not draft.papers or Submission.objects.filter(key=draft.key).exists():
        return []
    free = Paper.objects.select_for_update(of=("self",)).filter(request=None, correction=None, erased_at=None)
    papers = list(free.filter(pk__in=draft.papers).order_by("pk"))
    if len(papers) < len(set(draft.papers)):
        draft.papers = [paper.pk for paper in papers]
        raise Unfinished(PAPERS)
    return papers


def _attach(papers: list[Paper], filed: Filed, now: datetime) -> None:
    """Gives the files to the first of the requests, and a copy to each of the others, which are handled apart."""
    first, *others = filed.requests
    for paper in papers:
        paper.request = first
        paper.save(update_fields=["request"])
        for other in others:
            copied(paper, other, now)
