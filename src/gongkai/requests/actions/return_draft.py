"""退回修改: the reviewer or the signatory sends the draft back; the signatory may take a signature back before the
reply is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import need
from gongkai.requests.actions.fields import Field, Kind
from gongkai.requests.models import Decision


@dataclass(kw_only=True)
class Return(Action):
    """The draft goes back to the officer with ``words`` on what is to be changed. Of a signed one the signature and
    the decision are mended away in the log; its number is kept for the next version."""

    name: ClassVar[str] = "return"
    label: ClassVar[Said] = Said("退回修改", "Return for changes")
    step: ClassVar[str] = "returned"
    only_today: ClassVar[bool] = True
    fields: ClassVar[tuple[Field, ...]] = (Field("words", Said("退回意见", "what is to be changed"), Kind.TEXT),)

    words: str

    def check(self) -> None:
        need(self.words, "words", _("请写明要修改什么。"))

    def execute(self) -> None:
        draft = self.file.draft
        assert draft is not None
        at_signature = draft.stage != Decision.Stage.DRAFTED
        if draft.stage == Decision.Stage.SIGNED:
            for name in ("signed", "decided"):
                self.enter("corrected", entry=name, was=self.file.days(name)[-1])
        draft.stage = Decision.Stage.RETURNED
        if at_signature:
            draft.signature = self.words
        else:
            draft.review = self.words
        draft.save(update_fields=["stage", "signature", "review"])
        self.enter("returned", decision=draft.pk)
