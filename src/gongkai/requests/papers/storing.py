"""Papers are kept encrypted outside the web root: written whole or not at all, gone where the transaction is undone."""

from __future__ import annotations

import os
import unicodedata
import uuid
import weakref
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from cryptography.hazmat.primitives import hashes
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import APPLICANT, Actor
from gongkai.agencies.refusals import Refused
from gongkai.audit.digest import ALGORITHMS
from gongkai.privacy.cipher import decrypt, encrypt
from gongkai.requests.models import Paper, Request
from gongkai.requests.papers.inspecting import inspect, too_large
from gongkai.requests.papers.kinds import ENDINGS, FileKind
from gongkai.requests.papers.scanning import scan

USE = "file"
NAME_LENGTH = 120
MEGABYTE = 1024 * 1024


class Damaged(Exception):
    """The file of a paper is missing, or is not what was stored."""


@dataclass(frozen=True, slots=True)
class LookedInto:
    """What was found of an uploaded file: the name that it is kept under, its type, the hints, what the scan said."""

    name: str
    media_type: str
    hints: tuple[str, ...]
    scanned: str


def look_into(upload: UploadedFile, field: str = "") -> LookedInto:
    """Looks into an uploaded file and has it scanned, once. That may take a minute: who keeps a file in one transaction
    with a step calls this before it, so that nobody else waits for the file. Raises Refused, as ``store``."""
    known: LookedInto | None = getattr(upload, "looked_into", None)
    if known is not None:
        return known
    name = tidy(upload.name or "")
    if getattr(upload, "too_large", False) or (upload.size or 0) > settings.GONGKAI_FILE_BYTES:
        raise too_large(name, field)
    upload.seek(0)
    data = upload.read()
    found = inspect(data, name, field)
    made = LookedInto(fitting(name, found.kind), found.kind.media_type, found.hints, scan(data, field))
    upload.looked_into = made  # type: ignore[attr-defined]
    return made


def store(
    upload: UploadedFile,
    request: Request | None,
    kind: str,
    *,
    actor: Actor,
    now: datetime,
    for_applicant: bool = False,
    field: str = "",
    beside: Iterable[Paper] = (),
) -> Paper:
    """Keeps an uploaded file as a paper of the request (None: not yet sent), once it was looked into and scanned.
    ``beside``: the other files of a form that is not sent yet, with which it shares the room of one request.

    Raises Refused, with ``field``: too large, of no kind taken, locked, spoiled, infected.
    """
    _room(request, sum(paper.size for paper in beside) + (upload.size or 0), field)
    found = look_into(upload, field)
    upload.seek(0)
    return _written(
        upload.read(),
        request=request,
        kind=kind,
        name=found.name,
        media_type=found.media_type,
        warnings=list(found.hints),
        scanned=found.scanned,
        by_applicant=actor.kind == APPLICANT,
        for_applicant=for_applicant,
        uploaded_at=now,
        uploaded_by=actor.staff,
    )


def keep(
    data: bytes,
    name: str,
    media_type: str,
    request: Request | None,
    kind: str,
    *,
    actor: Actor,
    now: datetime,
    for_applicant: bool = False,
) -> Paper:
    """Keeps what the platform made itself (a letter, a record): not looked into, not scanned."""
    return _written(
        data,
        request=request,
        kind=kind,
        name=tidy(name),
        media_type=media_type,
        scanned="made_here",
        for_applicant=for_applicant,
        uploaded_at=now,
        uploaded_by=actor.staff,
    )


def open_paper(paper: Paper) -> bytes:
    """The bytes of a paper as they were stored. Raises Damaged; privacy.cipher.Unreadable where no key opens it."""
    path = place(paper.key)
    try:
        sealed = path.read_bytes()
    except FileNotFoundError:
        try:
            sealed = _fresh(path).read_bytes()
        except FileNotFoundError as error:
            raise Damaged(f"paper {paper.pk}") from error
    data = decrypt(sealed, USE)
    if digest_of(data, paper.digest.partition(":")[0]) != paper.digest:
        raise Damaged(f"paper {paper.pk}")
    return data


def erase(paper: Paper, now: datetime) -> None:
    """Removes the file of a paper; its row says when."""
    paper.erased_at = now
    paper.save(update_fields=["erased_at"])
    _remove(paper)


def discard(paper: Paper) -> None:
    """Removes a paper that belongs to no request yet, row and file."""
    _remove(paper)
    paper.delete()


def copied(paper: Paper, request: Request, now: datetime) -> Paper:
    """The same paper once more, for another request of the same submission. Raises what ``open_paper`` raises."""
    same = ("kind", "name", "media_type", "warnings", "scanned", "by_applicant", "for_applicant", "uploaded_by")
    return _written(
        open_paper(paper), request=request, uploaded_at=now, **{name: getattr(paper, name) for name in same}
    )


def _remove(paper: Paper) -> None:
    paths = (place(paper.key), _fresh(place(paper.key)))

    def remove() -> None:
        for path in paths:
            path.unlink(missing_ok=True)

    transaction.on_commit(remove)


def place(key: uuid.UUID) -> Path:
    """Where the file of that key lies: ``ab/abcdef…`` under settings.GONGKAI_PAPERS."""
    return Path(settings.GONGKAI_PAPERS) / key.hex[:2] / key.hex


def digest_of(data: bytes, algorithm: str) -> str:
    """``sha256:…`` or ``sm3:…`` of the bytes."""
    if algorithm not in ALGORITHMS:
        raise Damaged(algorithm)
    hasher = hashes.Hash(ALGORITHMS[algorithm]())
    hasher.update(data)
    return f"{algorithm}:{hasher.finalize().hex()}"


def tidy(name: str) -> str:
    """A file's name as people may see it: no path, no control or turning characters, not too long."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C").strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        return plain[:NAME_LENGTH] or str(_("未命名"))
    return f"{stem[:NAME_LENGTH]}.{ending[:10]}"


def fitting(name: str, kind: FileKind) -> str:
    """The name with an ending that tells the kind: what says .exe and is a PDF is called .pdf."""
    ending = PurePosixPath(name).suffix.lower()
    if ending in ENDINGS.get(kind, frozenset({kind.ending})):
        return name
    return f"{name}{kind.ending}"


def _room(request: Request | None, size: int, field: str) -> None:
    """Refuses what goes beyond the room of one request."""
    if request is not None:
        size += request.papers.filter(by_applicant=True).aggregate(bytes=Sum("size"))["bytes"] or 0
    if size > settings.GONGKAI_REQUEST_BYTES:
        words = _("这件申请的材料总共不能超过 %(limit)s MB。其余材料请邮寄或者当面提交。")
        raise Refused(words % {"limit": settings.GONGKAI_REQUEST_BYTES // MEGABYTE}, field)


class _Unkept:
    """A file that was written and whose transaction has not ended. When the transaction is undone nobody holds this any
    more, and the file goes with it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._gone = weakref.finalize(self, path.unlink, missing_ok=True)
        self._gone.atexit = False

    def keep(self) -> None:
        """The transaction is done: the file takes its place."""
        if self._gone.detach() is not None:
            os.replace(self.path, self.path.with_suffix(""))


def _fresh(path: Path) -> Path:
    return path.with_suffix(".new")


def _written(data: bytes, **fields: Any) -> Paper:
    """The row and its file, encrypted. The file is on the disk before the transaction ends, under a name of its own,
    and takes its place when it has: a power cut between the two leaves a file that ``open_paper`` still finds."""
    with transaction.atomic():
        paper = Paper(size=len(data), digest=digest_of(data, settings.GONGKAI_DIGEST), **fields)
        path = place(paper.key)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unkept = _Unkept(_fresh(path))
        with open(os.open(unkept.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(encrypt(data, USE))
            file.flush()
            os.fsync(file.fileno())
        paper.save()
        transaction.on_commit(unkept.keep)
    return paper
