"""All that is on file of one request, in a number of queries that does not grow with the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, prefetch_related_objects

from gongkai.agencies.actors import Actor
from gongkai.agencies.models import Staff
from gongkai.requests.models import (
    Consultation,
    Decision,
    Delivery,
    Event,
    FeeNotice,
    FormerText,
    Inquiry,
    Note,
    Paper,
    Rating,
    Request,
    SearchRecord,
    Supplement,
)
from gongkai.requests.selectors.seeing import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Story:
    """A request with its whole file. ``notes`` by id; ``assigned``: to whom it was given, by id; ``related``: other
    requests of the same submission, or transferred to or from."""

    request: Request
    events: Sequence[Event]
    notes: Mapping[int, Note]
    assigned: Mapping[int, Staff]
    former_texts: Sequence[FormerText]
    supplements: Sequence[Supplement]
    inquiries: Sequence[Inquiry]
    consultations: Sequence[Consultation]
    searches: Sequence[SearchRecord]
    decisions: Sequence[Decision]
    fee: FeeNotice | None
    deliveries: Sequence[Delivery]
    papers: Sequence[Paper]
    related: Sequence[Request]
    rating: Rating | None

    @property
    def decision(self) -> Decision | None:
        """The newest draft of the reply."""
        return self.decisions[-1] if self.decisions else None


def seen_by(actor: Actor, pk: int) -> Request | None:
    """The request, with whose it is, where this person may see it; else None. One query."""
    joined = ("agency", "applicant", "handler", "written_down_by", "submission", "transferred_from", "fee", "rating")
    return visible(actor).select_related(*joined).filter(pk=pk).first()


def story(request: Request) -> Story:
    """The file of a request that ``seen_by`` gave, also kept on the request for whoever asks it again. The number
    of queries does not depend on what is in it."""
    drafts = Decision.objects.select_related("drafted_by", "reviewed_by", "signed_by").prefetch_related("parts")
    prefetch_related_objects(
        [request],
        Prefetch("events", Event.objects.select_related("staff").order_by("id")),
        Prefetch("notes", Note.objects.order_by("pk")),
        Prefetch("former_texts", FormerText.objects.order_by("pk")),
        Prefetch("supplements", Supplement.objects.order_by("pk")),
        Prefetch("inquiries", Inquiry.objects.order_by("pk")),
        Prefetch("consultations", Consultation.objects.select_related("agency")),
        Prefetch("searches", SearchRecord.objects.select_related("searcher")),
        Prefetch("decisions", drafts.order_by("version")),
        Prefetch("deliveries", Delivery.objects.order_by("pk")),
        Prefetch("papers", Paper.objects.select_related("uploaded_by").order_by("uploaded_at", "pk")),
    )
    siblings = Request.objects.filter(submission_id=request.submission_id).exclude(pk=request.pk)
    transferred = Request.objects.filter(transferred_from_id=request.pk)
    # Not ordered by the database: SQLite would then go through all requests in that order.
    related = (siblings | transferred).select_related("agency").order_by()
    assigned = {event.details["to"] for event in request.events.all() if event.name == "assigned"}
    return Story(
        request=request,
        events=list(request.events.all()),
        notes={note.pk: note for note in request.notes.all()},
        assigned=Staff.objects.in_bulk(assigned) if assigned else {},
        former_texts=list(request.former_texts.all()),
        supplements=list(request.supplements.all()),
        inquiries=list(request.inquiries.all()),
        consultations=list(request.consultations.all()),
        searches=list(request.searches.all()),
        decisions=list(request.decisions.all()),
        fee=getattr(request, "fee", None),
        deliveries=list(request.deliveries.all()),
        papers=list(request.papers.all()),
        related=sorted(related, key=lambda one: one.pk),
        rating=getattr(request, "rating", None),
    )
