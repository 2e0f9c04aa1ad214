"""Files of a form that is not sent yet: kept as papers of no request, removed when the form is dropped."""

from __future__ import annotations

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongkai.agencies.actors import APPLICANT, Actor
from gongkai.agencies.refusals import Refused
from gongkai.pages.address import client_address
from gongkai.requests.models import Paper
from gongkai.requests.papers import store
from gongkai.requests.papers.storing import discard
from gongkai.requests.papers.sweeping import sweep_sometimes
from gongkai.requests.public.drafts import Draft

FIELDS = {"identity": Paper.Kind.IDENTITY, "authorisation": Paper.Kind.AUTHORISATION, "other": Paper.Kind.OTHER}
"""The kind of paper for each field of the form."""
MOST = 20
"""Files with one form."""


def papers_of(draft: Draft) -> list[Paper]:
    """The files of the draft."""
    if not draft.papers:
        return []
    return list(Paper.objects.filter(pk__in=draft.papers, request=None, correction=None, erased_at=None))


def add_uploads(request: HttpRequest, draft: Draft, now: datetime) -> list[tuple[str, str]]:
    """Keeps the files that came with the form; gives what is wrong with those that were refused."""
    faults = []
    sweep_sometimes(now)
    actor = Actor(kind=APPLICANT, address=client_address(request))
    for name, kind in FIELDS.items():
        for upload in request.FILES.getlist(name):
            try:
                draft.papers.append(kept(upload, draft, kind, actor, now, name).pk)
            except Refused as refused:
                faults.append((f"id_{name}", str(refused)))
    return faults


def kept(upload: object, draft: Draft, kind: str, actor: Actor, now: datetime, field: str) -> Paper:
    """The file as a paper. Raises Refused."""
    assert isinstance(upload, UploadedFile)
    held = papers_of(draft)
    if len(held) >= MOST:
        raise Refused(_("最多上传%(most)s个文件。") % {"most": MOST}, field)
    return store(upload, None, kind, actor=actor, now=now, field=field, beside=held)


def remove(draft: Draft, given: str, now: datetime) -> None:
    """Removes a file of this draft; nobody else's."""
    paper = next((paper for paper in papers_of(draft) if str(paper.pk) == given), None)
    if paper is not None:
        draft.papers.remove(paper.pk)
        discard(paper)
