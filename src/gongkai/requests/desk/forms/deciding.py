"""The draft of the reply: of an outcome that is settled, what its letter must say, and nothing that it need not."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.refusals import in_language
from gongkai.law.outcomes import Outcome, outcomes
from gongkai.law.words import Said
from gongkai.requests.actions.deciding import CONDITIONAL, GIVING, OF_THIRD_PARTY, PROVED, said_of_parts
from gongkai.requests.actions.draft import outcome_choices
from gongkai.requests.actions.fields import Field, Kind
from gongkai.requests.desk.explaining import Explanation
from gongkai.requests.desk.forms.base import StepForm
from gongkai.requests.desk.forms.kinds import Text
from gongkai.requests.desk.guided import from_address, to_address
from gongkai.requests.guiding.replying import redress
from gongkai.requests.models import Decision, Paper, Request
from gongkai.requests.selectors.story import Story

CONTENTS = "contents."
"""Before the number of each content of the letter: the name that a refusal gives the field."""
ONLY: dict[str, frozenset[str]] = {
    "parts": frozenset({"partial"}),
    "form": GIVING,
    "form_reason": GIVING,
    "third_party_reasons": OF_THIRD_PARTY,
    "earlier_number": frozenset({"declined.repeated"}),
    "earlier_day": frozenset({"declined.repeated"}),
}
"""Fields that only some outcomes have."""
ALWAYS = frozenset({"reasons", "parts", "earlier_number", "earlier_day"})
"""Fields that, where an outcome has them, it cannot do without."""
UNREASONED = ("granted.", "partial", "other.")
"""Outcomes whose reasons are not asked for as a whole."""


class DraftForm(StepForm):
    """The draft for the outcome that the guide led to, or that was chosen at once. ``path`` is the way through the
    guide, as the address has it."""

    files_hint = _("拟提供给申请人的信息。区分处理的，附处理后的文本。")

    path = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, story: Story, today: date, **kwargs: Any) -> None:
        typed = args[0] if args else kwargs.get("data")
        chosen = (typed or kwargs.get("initial") or {}).get("outcome", "")
        known = {name for name, _label in outcome_choices()}
        self.outcome: Outcome | None = outcomes()[chosen] if chosen in known else None
        if not typed:
            asked = {"form": story.request.form}
            kwargs["initial"] = {**asked, **_before(story, chosen), **(kwargs.get("initial") or {})}
        super().__init__(*args, story=story, today=today, **kwargs)
        self.order_fields(["outcome", "facts", "parts", "reasons", *self._contents(), "basis"])
        if chosen not in GIVING:
            self.fields.pop("files", None)
        elif self.provided:
            self.fields["kept"] = forms.MultipleChoiceField(
                label=_("此前附上的文件"),
                required=False,
                choices=[(str(paper.pk), paper.name) for paper in self.provided],
                initial=[str(paper.pk) for paper in self.provided],
                widget=forms.CheckboxSelectMultiple,
                help_text=_("只有选中的随答复提供给申请人；没有选中的留在案卷里。"),
            )

    @property
    def provided(self) -> list[Paper]:
        """The files that were attached to earlier drafts, to be given with the reply."""
        return [one for one in self.story.papers if one.kind == Paper.Kind.PROVIDED and one.erased_at is None]

    def follow(self, request: Request, now: datetime) -> None:
        super().follow(request, now)
        kept = self.cleaned_data.get("kept", [])
        dropped = [paper.pk for paper in self.provided if str(paper.pk) not in kept]
        Paper.objects.filter(pk__in=dropped).update(kind=Paper.Kind.OTHER)

    @property
    def outcome_words(self) -> Said:
        """The outcome in words."""
        return Said(self.outcome.label, self.outcome.label_en) if self.outcome else Said("", "")

    @property
    def path_written(self) -> str:
        """The way through the guide without its last answer: from there one goes on."""
        way = from_address(str(self["path"].value() or ""))
        return to_address(way[:-1])

    @property
    def explanation(self) -> Explanation:
        """The article and the letter of the outcome, and the clause on redress that it will have."""
        if self.outcome is None:
            return super().explanation
        basis, letter = self.outcome.on(self.today).basis, self.outcome.letter
        clause = redress(self.case, self.outcome.remedy(self.today), self.today)[0]
        return Explanation(
            Said(basis.words, basis.words_en),
            letter=Said(letter.label, letter.label_en),
            contents=letter.contents,
            remedy=clause or Said("", ""),
        )

    def add(self, told: Field) -> None:
        if told.kind is Kind.CONTENTS:
            self._add_contents()
        elif told.name == "outcome":
            super().add(told)
            self.fields["outcome"].widget = forms.HiddenInput()
        elif self._wanted(told.name):
            super().add(told)
            self.fields[told.name].required = told.required or told.name in ALWAYS

    def _wanted(self, name: str) -> bool:
        chosen = self.outcome.name if self.outcome else ""
        if name == "reasons":
            return not chosen.startswith(UNREASONED)
        return name != "path" and (name not in ONLY or chosen in ONLY[name])

    def _add_contents(self) -> None:
        """A field for each thing that the letter must say; what the file itself proves may be left empty."""
        if self.outcome is None:
            return
        letter = self.outcome.letter
        for place, said in enumerate(letter.contents):
            proved = self.outcome.name in PROVED
            hint = _("不填的，按上面填写的和案卷中的记录写入。") if proved else ""
            if (letter.name, str(place)) in CONDITIONAL:
                hint = _("不适用的，不填。")
            self.fields[f"{CONTENTS}{place}"] = Text(label=in_language(said), required=not hint, help_text=hint)

    def _contents(self) -> list[str]:
        return [name for name in self.fields if name.startswith(CONTENTS)]

    def given(self) -> dict[str, Any]:
        typed = self.cleaned_data
        given = super().given()
        given["path"] = from_address(typed.get("path", ""))
        given["contents"] = {
            name.removeprefix(CONTENTS): words for name, words in typed.items() if name.startswith(CONTENTS) and words
        }
        return given


def _before(file: Story, outcome: str) -> dict[str, Any]:
    """What the last draft of that outcome said: one goes on from there. What was written from its parts is left out: it
    is written again from the parts as they will be."""
    last: Decision | None = file.decision
    if last is None or last.outcome != outcome:
        return {}
    parts = [{"what": part.what, "outcome": part.outcome, "reasons": part.reasons} for part in last.parts.all()]
    named = ("facts", "reasons", "basis", "form", "form_reason", "third_party_reasons")
    repeated = said_of_parts(last.parts.all())
    contents = {f"{CONTENTS}{place}": words for place, words in last.contents.items() if words != repeated.get(place)}
    said = {name: getattr(last, name) for name in named if getattr(last, name)}
    return {**said, **contents, "parts": parts}
