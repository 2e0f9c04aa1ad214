"""Small checks that many actions share; each refuses with the field and what would be right."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.refusals import Refused, Words

T = TypeVar("T")


def need(words: str, field: str, otherwise: Words) -> None:
    """Refuses a text that is empty or blank."""
    if not words.strip():
        raise Refused(otherwise, field)


def one_of(value: str, choices: Iterable[str], field: str) -> None:
    """Refuses what is none of the choices."""
    if value not in set(choices):
        raise Refused(_("请从所列各项中选择。"), field)


def not_after(day: date | None, last: date, field: str, otherwise: Words) -> None:
    """Refuses a day after the last one."""
    if day is not None and day > last:
        raise Refused(otherwise, field)


def reached(delivered: date | None, sent: date, today: date) -> None:
    """Refuses a letter that arrived before it was sent, or in the future."""
    if delivered is not None and not sent <= delivered <= today:
        raise Refused(_("对方收到之日应当在发出之日以后、今天以前。"), "delivered")


def found(thing: T | None, field: str) -> T:
    """The thing that was named; refuses where it is not the request's."""
    if thing is None:
        raise Refused(_("没有找到所选的内容，请刷新页面后重新选择。"), field)
    return thing
