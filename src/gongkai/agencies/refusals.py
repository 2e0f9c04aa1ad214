"""What people are told when something cannot be done: what, where, and what to do instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language

from gongkai.law.errors import LawError
from gongkai.law.words import Said

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise
else:
    Words = str | Promise
"""Words in Chinese that are translated when they are shown."""


class Refused(Exception):
    """Something is wrong with what was given. ``field`` names where; empty where it is the whole."""

    def __init__(self, message: Words, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.logged: dict[str, Any] | None = None
        """What the platform's log was told of it, where it was told (``audit.writing.record``)."""

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(Refused):
    """This person may not do this, or not with this request. It is logged."""


class Conflict(Refused):
    """Somebody else changed it in between; nothing was done, what was typed is kept."""


class NotLawfulNow(Refused):
    """The law does not allow this step with this log; ``law`` says why, with the article."""

    def __init__(self, law: LawError, field: str = "") -> None:
        super().__init__(in_language(Said(law.message, law.message_en)), field)
        self.law = law


def _chosen(said: Said) -> str:
    return said.words("en" if (get_language() or "").startswith("en") else "zh")


_in_language = lazy(_chosen, str)


def in_language(said: Said) -> Words:
    """A sentence of the law room in the language in which the page is shown."""
    return _in_language(said)
