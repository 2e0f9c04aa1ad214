"""更正申请 at the desk: registering one, and ending it (《条例》第四十一条)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.models import Agency, Role
from gongkai.law.words import Said
from gongkai.requests.actions.record_correction import EndCorrection, FileCorrection, FiledCorrection
from gongkai.requests.desk.forms.applicant import ApplicantForm
from gongkai.requests.desk.forms.kinds import About, Day, Text, field_for
from gongkai.requests.desk.forms.uploads import Files
from gongkai.requests.models import Paper, RecordCorrection
from gongkai.requests.papers import look_into, store


class EndForm(forms.Form):
    """What ends one: made from what the action takes."""

    def __init__(
        self,
        *args: Any,
        action: type[EndCorrection],
        correction: RecordCorrection,
        actor: Actor,
        today: date,
        **kwargs: Any,
    ) -> None:
        self.action, self.correction, self.actor = action, correction, actor
        kwargs["initial"], kwargs["label_suffix"] = {"day": today}, ""
        super().__init__(*args, **kwargs)
        about = About(correction.agency_id, today, action.name)
        for told in action.fields:
            self.fields[told.name] = field_for(told, about)

    @property
    def label(self) -> Said:
        """The verb."""
        return self.action.label

    @property
    def article(self) -> Said:
        """On what it rests."""
        return self.action.article

    def made(self) -> EndCorrection:
        """The action, ready to be run."""
        return self.action(correction=self.correction, actor=self.actor, **self.cleaned_data)


class CorrectionForm(ApplicantForm):
    """One that came in person, by mail, fax or e-mail."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("受理机关"), empty_label=None)
    day = Day(label=_("收到之日"))
    record = Text(label=_("需更正的信息"), help_text=_("哪一项与申请人自身相关的政府信息。"))
    wrong = Text(label=_("不准确之处"))
    evidence = Text(label=_("证据说明"), help_text=_("有什么证据证明记录不准确。"))
    proofs = Files(label=_("证据材料"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    SECTIONS = (
        (_("更正什么"), ("agency", "day", "record", "wrong", "evidence", "proofs")),
        (_("申请人"), ("kind", "name", "document", "document_number", "phone", "email", "address")),
        (_("代理人"), ("agent_name", "agent_document_number", "agent_phone")),
    )

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        self.actor, self.today = actor, today
        kwargs["initial"], kwargs["label_suffix"] = {"day": today, "key": uuid4()}, ""
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Agency.objects.filter(pk__in=actor.agencies(Role.OFFICER), until=None).order_by("path")

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The visible fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in self.SECTIONS]

    def look_into_files(self) -> None:
        """Looks into the files that came with it; before the transaction. Raises Refused."""
        for file in self.cleaned_data["proofs"]:
            look_into(file, "proofs")

    def run(self, now: datetime) -> FiledCorrection:
        """Files it and keeps its papers; inside a transaction. Raises NotAllowed, Refused."""
        filed = self._made().run(now)
        for file in self.cleaned_data["proofs"] if filed.code else ():
            paper = store(file, None, Paper.Kind.OTHER, actor=self.actor, now=now, field="proofs")
            paper.correction = filed.correction
            paper.save(update_fields=["correction"])
        return filed

    def _made(self) -> FileCorrection:
        named = ("agency", "record", "wrong", "evidence", "day", "key")
        return FileCorrection(
            applicant=self.applicant(), actor=self.actor, **{name: self.cleaned_data[name] for name in named}
        )
