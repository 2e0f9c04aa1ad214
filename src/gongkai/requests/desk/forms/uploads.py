"""Files that come with a form: several at once, each looked into before it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongkai.agencies.actors import Actor
from gongkai.requests.models import Paper, Request
from gongkai.requests.papers import store

KINDS: Mapping[str, Paper.Kind] = {
    "confirm": Paper.Kind.OTHER,
    "receive": Paper.Kind.OTHER,
    "receive_supplement": Paper.Kind.SUPPLEMENT,
    "receive_reasons": Paper.Kind.OTHER,
    "record_opinion": Paper.Kind.OPINION,
    "consult_third_party": Paper.Kind.OPINION,
    "consult_agency": Paper.Kind.OPINION,
    "search": Paper.Kind.SEARCH,
    "draft": Paper.Kind.PROVIDED,
    "dispatch": Paper.Kind.PROOF,
    "deliver": Paper.Kind.PROOF,
    "record_payment": Paper.Kind.PROOF,
    "withdraw": Paper.Kind.OTHER,
    "note": Paper.Kind.OTHER,
}
"""With which actions papers may be handed in, and as what they are kept."""


class FilesWidget(forms.ClearableFileInput):
    """Chooses several files at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class Files(forms.FileField):
    """A list of uploaded files; an empty one where none was chosen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=FilesWidget(), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, (list, tuple)) else [data]
        clean = super().clean
        cleaned = [clean(one, initial) for one in given if one] if given else []
        if self.required and not cleaned:
            clean(None, initial)
        return cleaned


def keep_all(files: list[UploadedFile], request: Request, kind: str, actor: Actor, now: datetime) -> list[Paper]:
    """Keeps the files as papers of the request. Raises Refused, naming the file."""
    return [store(file, request, kind, actor=actor, now=now, field="files") for file in files]
