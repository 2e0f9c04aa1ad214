"""重发查询码: the applicant has lost the code with which he follows his request; the old one opens nothing any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.agencies.actors import Actor
from gongkai.audit.writing import record
from gongkai.requests.actions.siblings import hold_submission
from gongkai.requests.models import Request
from gongkai.requests.numbering import code_digest, new_code
from gongkai.requests.policies import is_officer


@dataclass(kw_only=True)
class RenewCode:
    """A new code for what this agency has of a submission. What was passed on to another agency keeps its own code: no
    agency opens another's requests. Not an event of the request: it is in the platform's log."""

    request: Request
    actor: Actor

    def run(self, now: datetime) -> str:
        """Gives the code, which is told once and not stored. Raises NotAllowed."""
        is_officer.demand(self.actor, self.request)
        code = new_code()
        with transaction.atomic():
            submission = hold_submission(self.request)
            here = submission.requests.filter(agency=self.request.agency_id)
            list(here.select_for_update(no_key=True).order_by("pk"))  # in one order, as everybody takes several
            here.update(tracking=code_digest(submission.key, code))
            record(
                "request.code_renewed",
                now=now,
                staff=self.actor.staff_id,
                subject=f"request:{self.request.pk}",
                address=self.actor.address,
            )
        return code
