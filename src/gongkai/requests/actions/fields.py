"""What an action takes, described once: forms of the desk, imports and tests are made from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongkai.agencies.refusals import Words
from gongkai.law.words import Said


class Kind(StrEnum):
    """What sort of value a field takes."""

    DAY = "day"
    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    JUDGED = "judged"
    """True, False, or None where nobody has judged."""
    CHOICE = "choice"
    STAFF = "staff"
    """An officer of the agency (agencies.Staff)."""
    AGENCY = "agency"
    """Another agency (agencies.Agency)."""
    CONSULTATION = "consultation"
    """One of the request's consultations."""
    ENTRY = "entry"
    """An entry of the request's log."""
    WISHES = "wishes"
    """A tuple of submit.Wish."""
    POINTS = "points"
    """A tuple of ask_supplement.Point."""
    PARTS = "parts"
    """A tuple of draft.Part."""
    CONTENTS = "contents"
    """What the letter must say: from the number of each content, as a string, to the text."""
    PATH = "path"
    """The way through the guide: a list of [question, answer]."""


LINE = 300
"""The longest line that an action takes, in characters, where it says nothing else."""
Choices = Sequence[tuple[str, Words]]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an action; ``name`` is the parameter's. ``choices`` is asked when a form is made;
    ``longest``: so many characters a line may have."""

    name: str
    label: Said
    kind: Kind
    required: bool = True
    help: Said | None = None
    choices: Callable[[], Choices] | None = None
    longest: int = LINE


def day_of(zh: str, en: str) -> Field:
    """The day on which the step happened."""
    return Field("day", Said(zh, en), Kind.DAY)


DAY = day_of("办理日期", "day")
DELIVERED = Field(
    "delivered",
    Said("对方收到之日", "day it was received"),
    Kind.DAY,
    required=False,
    help=Said("还不知道的，先不填，知道后用“记录文书送达”补记。", "Leave empty if not known yet; record it later."),
)
