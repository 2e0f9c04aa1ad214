"""拟稿: the officer drafts the reply, with all that its letter must say (《条例》第三十六条、第三十七条)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Words, in_language
from gongkai.law.outcomes import outcomes
from gongkai.law.words import Said
from gongkai.requests.actions import deciding
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.deciding import Part
from gongkai.requests.actions.fields import Choices, Field, Kind
from gongkai.requests.models import Decision, DecisionPart, Request
from gongkai.requests.selectors.casefile import CaseFile


def outcome_choices() -> Choices:
    """The outcomes that a draft may have, in the order of the report."""
    return [
        (o.name, in_language(Said(o.label, o.label_en))) for o in outcomes().values() if o.name not in deciding.OWN_STEP
    ]


@dataclass(kw_only=True)
class Draft(Action):
    """A version of the reply. An earlier draft that nobody has reviewed is replaced by it and kept.

    ``contents``: what the letter must say beside what every reply says, by the number of the content in
    ``law.letters`` as a string. ``path``: the way through the guide. ``earlier_number`` and ``earlier_day``: the reply
    that was given before, of a repeated request.
    """

    name: ClassVar[str] = "draft"
    label: ClassVar[Said] = Said("拟答复稿", "Draft the reply")
    step: ClassVar[str] = "drafted"
    only_today: ClassVar[bool] = True
    fields: ClassVar[tuple[Field, ...]] = (
        Field("outcome", Said("处理结果", "outcome"), Kind.CHOICE, choices=outcome_choices),
        Field("facts", Said("查明的情况", "findings"), Kind.TEXT, required=False),
        Field("reasons", Said("理由", "reasons"), Kind.TEXT, required=False),
        Field("basis", Said("其他法律依据", "further legal basis"), Kind.LINE, required=False),
        Field("contents", Said("文书应载明的内容", "what the letter must say"), Kind.CONTENTS, required=False),
        Field("parts", Said("区分处理", "parts"), Kind.PARTS, required=False),
        Field(
            "form",
            Said("实际提供形式", "form in which it is given"),
            Kind.CHOICE,
            required=False,
            choices=lambda: list(Request.Form.choices),
        ),
        Field("form_reason", Said("改变提供形式的理由", "why another form than asked for"), Kind.TEXT, required=False),
        Field(
            "third_party_reasons", Said("涉及第三方的理由", "reasons as to third parties"), Kind.TEXT, required=False
        ),
        Field("earlier_number", Said("此前答复的文号", "number of the earlier reply"), Kind.LINE, required=False),
        Field("earlier_day", Said("此前答复的日期", "day of the earlier reply"), Kind.DAY, required=False),
        Field("path", Said("判断过程", "path through the guide"), Kind.PATH, required=False),
    )

    outcome: str
    facts: str = ""
    reasons: str = ""
    basis: str = ""
    contents: dict[str, str] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    form: str = ""
    form_reason: str = ""
    third_party_reasons: str = ""
    earlier_number: str = ""
    earlier_day: date | None = None
    path: Sequence[Any] = ()

    @classmethod
    def wanting(cls, file: CaseFile, actor: Actor, day: date) -> Words | None:
        if file.request.stage == "reviewed":
            return _("答复稿已经审核，正在等待签发；要修改，请先由审核人或签发人退回。")
        return None

    def check(self) -> None:
        self.form = self.form or (self.request.form if self.outcome in deciding.GIVING else "")
        self.contents = deciding.check(self, self.file)

    def execute(self) -> None:
        before = self.file.draft
        if before is not None and before.stage == Decision.Stage.DRAFTED:
            before.stage = Decision.Stage.REPLACED
            before.save(update_fields=["stage"])
        assert self.actor.staff is not None
        decision = Decision.objects.create(
            request=self.request,
            version=before.version + 1 if before is not None else 1,
            outcome=self.outcome,
            path=list(self.path),
            facts=self.facts,
            reasons=self.reasons,
            basis=self.basis,
            contents=self.contents,
            third_party_reasons=self.third_party_reasons,
            form=self.form,
            form_reason=self.form_reason,
            drafted_by=self.actor.staff,
            drafted=self.day,
        )
        DecisionPart.objects.bulk_create(
            DecisionPart(decision=decision, what=part.what, outcome=part.outcome, reasons=part.reasons)
            for part in self.parts
        )
        self.enter("drafted", decision=decision.pk)
