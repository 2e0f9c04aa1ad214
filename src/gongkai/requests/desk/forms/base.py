"""The form of a step: what its action takes, the version that was seen, the key that makes it count once."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.fields import Field, Kind
from gongkai.requests.desk.explaining import Explanation, explained
from gongkai.requests.desk.forms.kinds import About, field_for
from gongkai.requests.desk.forms.uploads import KINDS, Files, keep_all
from gongkai.requests.models import Request
from gongkai.requests.papers import look_into
from gongkai.requests.selectors.casefile import CaseFile
from gongkai.requests.selectors.story import Story

APART = frozenset({Kind.CONTENTS, Kind.PATH})
"""What an action takes that has no field of its own here (deciding.DraftForm has)."""


class StepForm(forms.Form):
    """The form of one action on one request.

    ``seen`` and ``known`` are the version of the request and the last entry of its log that the person has before his
    eyes; ``key`` is the form's own, so that a form sent twice counts once.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput)
    known = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, action: type[Action], story: Story, actor: Actor, today: date, **kwargs: Any
    ) -> None:
        self.action, self.story, self.actor, self.today = action, story, actor, today
        newest = story.events[-1].pk if story.events else 0
        fresh = {"day": today, "seen": story.request.version, "known": newest, "key": uuid4()}
        kwargs["initial"] = {**fresh, **(kwargs.get("initial") or {})}
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)
        for told in action.fields:
            self.add(told)
        if action.name in KINDS:
            self.fields["files"] = Files(label=_("附上文件"), required=False, help_text=self.files_hint)

    files_hint = _("扫描件、截图、照片等，可以一次选几个。")

    def add(self, told: Field) -> None:
        """Adds the field for what the action takes."""
        if told.kind not in APART:
            self.fields[told.name] = field_for(told, self.about)
        if told.kind is Kind.DAY and told.name == "day":
            self.fields[told.name].widget.attrs["max"] = self.today.isoformat()

    @cached_property
    def about(self) -> About:
        """What the fields are about."""
        case = CaseFile(self.case, self.story.events)
        return About(self.case.agency_id, self.today, self.action.name, case)

    @property
    def label(self) -> Said:
        """The verb."""
        return self.action.verb(self.about.file)

    @property
    def case(self) -> Request:
        """The request."""
        return self.story.request

    @property
    def explanation(self) -> Explanation:
        """The article, what the step does to the period if taken today, and the letter that goes out."""
        return explained(self.action, self.story, self.today)

    def given(self) -> dict[str, Any]:
        """What the action takes, from what was typed; what was left empty and need not be there is left out."""
        typed = self.cleaned_data
        named = {told.name for told in self.action.fields} & typed.keys() - {"day"}
        return {name: typed[name] for name in named if typed[name] is not None}

    def made(self) -> Action:
        """The action, ready to be run."""
        typed = self.cleaned_data
        common = {"seen": typed["seen"], "key": typed["key"], "day": typed.get("day") or self.today}
        return self.action(request=self.case, actor=self.actor, **common, **self.given())

    def look_into_files(self) -> None:
        """Looks into the files that came with it; before the transaction. Raises Refused."""
        for file in self.cleaned_data.get("files") or ():
            look_into(file, "files")

    def run(self, now: datetime) -> Request:
        """Runs the action and what goes with it; inside a transaction. Raises what the action raises, and Refused for a
        file."""
        action = self.made()
        request = action.run(now)
        if action.did:
            self.follow(request, now)
        return request

    def follow(self, request: Request, now: datetime) -> None:
        """Keeps the files that came with the form. Not where the same form had been sent before. Raises Refused."""
        if self.cleaned_data.get("files"):
            keep_all(self.cleaned_data["files"], request, KINDS[self.action.name], self.actor, now)
