"""Requests that may be the same as this one: of the same applicant, or the same wish of somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from rapidfuzz import fuzz

from gongkai.requests.models import Request
from gongkai.requests.selectors.excess import same_applicant

MOST_COMPARED = 500
"""So many of the agency's newest requests are compared by wording; older ones are found by searching."""
ALIKE = 75
"""From this likeness on, of 100, two wishes are shown as possibly the same."""
SAME_NUMBER = 100
COLUMNS = ("pk", "number", "title", "document_number", "wanted", "state", "outcome", "received", "agency_id", "is_open")


@dataclass(frozen=True, slots=True)
class Alike:
    """A request that may be the same, and how alike its wording is, of 100."""

    request: Request
    likeness: int


def of_applicant(request: Request, most: int = 20) -> list[Alike]:
    """What else the same applicant asked of the agency, the most alike first; whether it is a repeated request (art.
    36(6)) is the officer's to say. One query."""
    same = _others(request).filter(same_applicant(request.applicant)).order_by("-pk")[:MOST_COMPARED]
    return _ranked(request, same, least=0)[:most]


def of_wish(request: Request, most: int = 10) -> list[Alike]:
    """Who else asks the same, the most alike first: where several do, publication is near (art. 44). One query."""
    others = _others(request).exclude(same_applicant(request.applicant)).order_by("-pk")[:MOST_COMPARED]
    return _ranked(request, others, least=ALIKE)[:most]


def likeness(one: Request, other: Request) -> int:
    """How alike two wishes are, of 100: the same document number, else the wording of title and description."""
    if one.document_number and one.document_number == other.document_number:
        return SAME_NUMBER
    whole = fuzz.ratio(one.title + one.wanted, other.title + other.wanted)
    return round(max(fuzz.ratio(one.title, other.title), whole))


def _others(request: Request) -> QuerySet[Request]:
    return Request.objects.filter(agency_id=request.agency_id).exclude(pk=request.pk).only(*COLUMNS)


def _ranked(request: Request, others: Iterable[Request], least: int) -> list[Alike]:
    found = [Alike(other, likeness(request, other)) for other in others]
    return sorted((one for one in found if one.likeness >= least), key=lambda one: (-one.likeness, -one.request.pk))
