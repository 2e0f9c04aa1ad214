"""审核: somebody other than the drafter reviews the reply and what is to be given (《条例》第十七条)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.fields import Field, Kind
from gongkai.requests.models import Decision


@dataclass(kw_only=True)
class Review(Action):
    """The draft is approved for signature, with ``words`` where there is something to say."""

    name: ClassVar[str] = "review"
    label: ClassVar[Said] = Said("审核通过", "Review and pass on")
    step: ClassVar[str] = "reviewed"
    only_today: ClassVar[bool] = True
    fields: ClassVar[tuple[Field, ...]] = (Field("words", Said("审核意见", "opinion"), Kind.TEXT, required=False),)

    words: str = ""

    def execute(self) -> None:
        draft = self.file.draft
        assert draft is not None
        draft.stage, draft.reviewed_by, draft.reviewed = Decision.Stage.REVIEWED, self.actor.staff, self.day
        draft.review = self.words
        draft.save(update_fields=["stage", "reviewed_by", "reviewed", "review"])
        self.enter("reviewed", decision=draft.pk)
