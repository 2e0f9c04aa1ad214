"""签发: the signatory signs the reply, and with that it is made (《条例》第三十六条)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gongkai.agencies.selectors import responsible_for
from gongkai.law.words import Said
from gongkai.requests.actions import deciding
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.fields import Field, Kind
from gongkai.requests.models import Decision
from gongkai.requests.numbering import letter_number


@dataclass(kw_only=True)
class Sign(Action):
    """Signed, numbered and decided on one day. The period runs on until the officer sends it."""

    name: ClassVar[str] = "sign"
    label: ClassVar[Said] = Said("签发", "Sign")
    step: ClassVar[str] = "signed"
    only_today: ClassVar[bool] = True
    fields: ClassVar[tuple[Field, ...]] = (Field("words", Said("签发意见", "remark"), Kind.TEXT, required=False),)

    words: str = ""

    def check(self) -> None:
        draft = self.file.draft
        assert draft is not None
        deciding.check_again(draft, self.file, self.day)

    def execute(self) -> None:
        draft = self.file.draft
        assert draft is not None
        draft.stage, draft.signed_by, draft.signed = Decision.Stage.SIGNED, self.actor.staff, self.day
        draft.signature = self.words
        draft.number = self._number()
        draft.save(update_fields=["stage", "signed_by", "signed", "signature", "number"])
        self.enter("signed", decision=draft.pk)
        self.enter("decided", outcome=draft.outcome, decision=draft.pk, number=draft.number)

    def _number(self) -> str:
        """A number of its own; that of an earlier version whose signature was taken back, where there is one."""
        kept = self.request.decisions.exclude(number="").order_by("-version").first()
        return (
            kept.number if kept is not None else letter_number(responsible_for(self.request.agency, self.day), self.day)
        )
