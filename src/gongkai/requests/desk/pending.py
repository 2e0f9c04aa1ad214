"""Files that were handed in with a form which is not stored yet: kept, named by a signed list in the form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from gongkai.agencies.actors import Actor
from gongkai.requests.models import Paper, Request
from gongkai.requests.papers import store

SALT = "gongkai.requests.desk.pending"
KEPT_FOR = 24 * 3600
"""So many seconds after it was shown a form may still bring its files."""


class Pending:
    """The files of one form of one person: nobody else's list opens them."""

    def __init__(self, actor: Actor, keys: Sequence[int] = ()) -> None:
        self.actor, self.keys = actor, list(keys)

    @classmethod
    def of(cls, actor: Actor, signed: str) -> Pending:
        """The files that a form names; none where the list was tampered with or is too old."""
        try:
            staff, keys = signing.loads(signed, salt=SALT, max_age=KEPT_FOR)
        except (signing.BadSignature, ValueError):
            return cls(actor)
        return cls(actor, keys) if staff == actor.staff_id else cls(actor)

    def signed(self) -> str:
        """The list for the form."""
        return signing.dumps([self.actor.staff_id, self.keys], salt=SALT)

    def keep(self, file: UploadedFile, kind: str, field: str, now: datetime) -> None:
        """Keeps one more. Raises Refused, with the field."""
        self.keys.append(store(file, None, kind, actor=self.actor, now=now, field=field).pk)

    def papers(self) -> list[Paper]:
        """Those kept and not given to a request yet."""
        mine = Paper.objects.filter(
            pk__in=self.keys, request=None, correction=None, uploaded_by=self.actor.staff, erased_at=None
        )
        return list(mine.order_by("pk")) if self.keys else []

    def give(self, requests: Sequence[Request]) -> None:
        """They are now the first request's; the others of the same submission lead there."""
        if self.keys and requests:
            self._mine().update(request=requests[0], by_applicant=True)

    def _mine(self) -> QuerySet[Paper]:
        return Paper.objects.filter(pk__in=self.keys, request=None, correction=None, uploaded_by=self.actor.staff)
