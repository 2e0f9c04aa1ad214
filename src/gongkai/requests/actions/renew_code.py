"""重发查询码: the applicant has lost the code with which he follows his request; the old one opens nothing any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.agencies.actors import Actor
from gongkai.audit.writing import record
from gongkai.requests.models import Request
from gongkai.requests.numbering import code_digest, new_code
from gongkai.requests.policies import is_officer
from gongkai.requests.selectors.following import family


@dataclass(kw_only=True)
class RenewCode:
    """A new code for a request and all that came with it. Not an event of the request: it is in the platform's log."""

    request: Request
    actor: Actor

    def run(self, now: datetime) -> str:
        """Gives the code, which is told once and not stored. Raises NotAllowed."""
        is_officer.demand(self.actor, self.request)
        code = new_code()
        with transaction.atomic():
            family(self.request).update(tracking="")
            Request.objects.filter(pk=self.request.pk).update(tracking=code_digest(self.request.number, code))
            record(
                "request.code_renewed",
                now=now,
                staff=self.actor.staff_id,
                subject=f"request:{self.request.pk}",
                address=self.actor.address,
            )
        return code
