"""What somebody has typed so far, kept in his session until he sends it: encrypted, for a day, for nobody else."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpRequest

from gongkai.privacy.cipher import Unreadable, decrypt, encrypt

USE = "draft"
LASTS = timedelta(hours=24)
Typed = dict[str, Any]


@dataclass
class Draft:
    """An unsent form. ``done`` names the steps that were answered; ``answers`` holds what was typed in each, as typed;
    ``papers`` the ids of files uploaded for it. ``key`` is the form's: sent twice it counts once."""

    saved: str
    key: str = field(default_factory=lambda: str(uuid4()))
    answers: dict[str, Typed] = field(default_factory=dict)
    wishes: list[Typed] = field(default_factory=list)
    papers: list[int] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    def finish(self, step: str) -> None:
        """Marks the step as answered."""
        if step not in self.done:
            self.done.append(step)

    def reopen(self, *steps: str) -> None:
        """Has these steps answered again."""
        self.done = [step for step in self.done if step not in steps]


def sealed(value: Any) -> str:
    """A value as the session may hold it: encrypted JSON."""
    return encrypt(json.dumps(value, ensure_ascii=False).encode(), USE).decode()


def unsealed(text: str) -> Any:
    """The value again; None where it cannot be read any more."""
    try:
        return json.loads(decrypt(text.encode(), USE))
    except (Unreadable, ValueError):
        return None


def load(request: HttpRequest, name: str, now: datetime) -> Draft:
    """The draft of that name (``request``, ``correction``) in this session; a new one where there is none or it is too
    old."""
    held = unsealed(request.session.get(f"draft.{name}", "")) if f"draft.{name}" in request.session else None
    if not isinstance(held, dict) or datetime.fromisoformat(held["saved"]) < now - LASTS:
        return Draft(saved=now.isoformat())
    return Draft(**held)


def save(request: HttpRequest, name: str, draft: Draft, now: datetime) -> None:
    """Keeps the draft in the session."""
    draft.saved = now.isoformat()
    request.session[f"draft.{name}"] = sealed(asdict(draft))


def forget(request: HttpRequest, name: str) -> None:
    """Drops the draft."""
    request.session.pop(f"draft.{name}", None)
