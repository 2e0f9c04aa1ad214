"""What the reply gives: the papers attached to the signed draft are the applicant's once the reply has gone out."""

from __future__ import annotations

from gongkai.requests.actions.deciding import GIVING
from gongkai.requests.models import Paper
from gongkai.requests.selectors.casefile import CaseFile


def hand_over(file: CaseFile) -> None:
    """Lets the applicant have the papers that the signed reply provides; of a matter that ended without one, none."""
    decided = file.newest("decided")
    if decided is not None and file.request.is_open and decided.details["outcome"] in GIVING:
        file.request.papers.filter(kind=Paper.Kind.PROVIDED, erased_at=None).update(for_applicant=True)
