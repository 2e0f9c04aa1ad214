"""Before a request is stored: which requests may be the same, of the same applicant or the same wish of another."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.privacy.fields import BlindIndex
from gongkai.requests.actions.submit import Submit, Wish
from gongkai.requests.models import Applicant, Request, Submission
from gongkai.requests.selectors.likeness import ALIKE, Alike, of_applicant, of_wish


@dataclass(frozen=True, slots=True)
class Same:
    """A wish, and what may be the same as it: of the same applicant, of others."""

    wish: Wish
    own: list[Alike]
    others: list[Alike]


def same_as(submit: Submit) -> list[Same]:
    """What may be the same as a submission that is not stored; empty where it was stored already."""
    if submit.key is not None and Submission.objects.filter(key=submit.key).exists():
        return []
    applicant = with_index(submit.applicant)
    found = []
    for wish in submit.wishes:
        request = Request(
            agency=submit.agency,
            applicant=applicant,
            title=wish.title,
            wanted=wish.wanted,
            document_number=wish.document_number,
        )
        own = [alike for alike in of_applicant(request) if alike.likeness >= ALIKE]
        others = of_wish(request)
        if own or others:
            found.append(Same(wish, own, others))
    return found


def with_index(applicant: Applicant) -> Applicant:
    """The applicant with his blind indexes, as they will be when he is stored."""
    for field in Applicant._meta.fields:
        if isinstance(field, BlindIndex):
            field.pre_save(applicant, True)
    return applicant
