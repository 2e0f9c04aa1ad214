"""What every form of a step shares: the day, the version that was seen, the key that makes a form count once."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.refusals import Words
from gongkai.requests.actions.base import Action
from gongkai.requests.desk.explaining import Explanation, explained
from gongkai.requests.models import Request
from gongkai.requests.selectors.story import Story

DAY_FORMATS = ("%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d")
"""How a day may be typed; the browser's calendar gives the first."""


class Day(forms.DateField):
    """A day, chosen in the browser's own calendar or typed."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format=DAY_FORMATS[0])
        kwargs = {"input_formats": DAY_FORMATS, "widget": widget, **kwargs}
        super().__init__(**kwargs)


class Text(forms.CharField):
    """Running text of some lines."""

    def __init__(self, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class StepForm(forms.Form):
    """The form of one action. Subclasses say which, what it is called, and make the action from what was typed.

    ``seen`` and ``known`` are the version of the request and the last entry of its log that the person has before his
    eyes; ``key`` is the form's own, so that it counts once.
    """

    action: ClassVar[type[Action]]
    label: ClassVar[Words]
    button: ClassVar[Words] = _("确定")
    event: ClassVar[str] = ""
    """The step of the law's procedure, where the action is one: it gives the article, the effect, the letter."""
    day_label: ClassVar[Words] = _("日期")

    day = Day(label=_("日期"))
    seen = forms.IntegerField(widget=forms.HiddenInput)
    known = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, story: Story, actor: Actor, today: date, **kwargs: Any) -> None:
        self.story, self.actor, self.today = story, actor, today
        fresh = {
            "day": today,
            "seen": story.request.version,
            "known": story.events[-1].pk if story.events else 0,
            "key": uuid4(),
        }
        kwargs["initial"] = {**fresh, **kwargs.get("initial", {})}
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["day"].label = str(self.day_label)
        self.fields["day"].widget.attrs["max"] = today.isoformat()
        self.order_fields([name for name in self.fields if name != "day"] if self.day_last else None)
        self.prepare()

    day_last: ClassVar[bool] = False

    def prepare(self) -> None:
        """Fills the choices that depend on the request."""

    @property
    def case(self) -> Request:
        """The request."""
        return self.story.request

    @property
    def explanation(self) -> Explanation:
        """The article, what the step does to the period if taken today, and the letter that goes out."""
        return explained(self.event, self.story, self.today)

    def given(self) -> dict[str, Any]:
        """What the action takes beside the request, from what was typed."""
        typed = self.cleaned_data
        return {name: typed[name] for name in typed if name not in ("seen", "known", "key", "day")}

    def made(self) -> Action:
        """The action, ready to be run."""
        typed = self.cleaned_data
        return self.action(
            request=self.case,
            actor=self.actor,
            day=typed["day"],
            seen=typed["seen"],
            key=typed["key"],
            **self.given(),
        )
