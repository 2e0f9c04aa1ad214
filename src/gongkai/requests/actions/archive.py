"""归档: the file is complete and put away (《条例》第四十五条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Words
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.fields import Field, Kind, day_of
from gongkai.requests.selectors.casefile import CaseFile


@dataclass(kw_only=True)
class Archive(Action):
    """Put away on ``day`` under the ``shelf`` mark of the archive, where it has one."""

    name: ClassVar[str] = "archive"
    label: ClassVar[Said] = Said("归档", "Archive")
    step: ClassVar[str] = "archived"
    fields: ClassVar[tuple[Field, ...]] = (
        day_of("归档之日", "day"),
        Field("shelf", Said("档号", "shelf mark"), Kind.LINE, required=False),
    )

    shelf: str = ""

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        return _("已经归档。") if file.days("archived") else None

    def execute(self) -> None:
        self.enter("archived", shelf=self.shelf.strip())
