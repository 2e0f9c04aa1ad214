"""备注: what is worth keeping in the file, without effect on anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import need
from gongkai.requests.actions.fields import Field, Kind


@dataclass(kw_only=True)
class TakeNote(Action):
    """``words`` are kept in the file. The applicant does not see them."""

    name: ClassVar[str] = "note"
    label: ClassVar[Said] = Said("写备注", "Write a note")
    fields: ClassVar[tuple[Field, ...]] = (Field("words", Said("备注", "note"), Kind.TEXT),)

    words: str

    def check(self) -> None:
        need(self.words, "words", _("请写备注的内容。"))

    def execute(self) -> None:
        self.enter("noted", note=self.note(self.words))
