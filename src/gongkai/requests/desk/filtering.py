"""The form above the list of all requests: what may be filtered, and what is said of a value that there is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actors import Actor
from gongkai.agencies.models import Agency, Staff
from gongkai.agencies.refusals import Words, in_language
from gongkai.law.outcomes import outcomes
from gongkai.law.words import Said
from gongkai.requests.models import Applicant, Request
from gongkai.requests.selectors.finding import LONGEST
from gongkai.requests.selectors.groups import LABELS
from gongkai.requests.selectors.listing import SORTS, Filters
from gongkai.requests.selectors.seeing import agencies_seen

BETWEEN = ("received", "due", "answered")
STATES: dict[str, Words] = {
    "open": _("在办"),
    "not_received": _("未确认收到"),
    "running": _("办理中，未逾期"),
    "overdue": _("已逾期，未答复"),
    "waiting": _("等待他人"),
    "consulting": _("征求意见中"),
    "awaiting_reasons": _("等申请人说明理由"),
    "awaiting_supplement": _("等申请人补正"),
    "awaiting_fee": _("等申请人缴费"),
    "ended": _("已办完"),
    "answered": _("按期答复"),
    "answered_late": _("逾期答复"),
    "closed": _("其他办结"),
}
CELLS: dict[str, Words] = {
    "granted": _("予以公开（合计）"),
    "unavailable.not_held": _("本机关不掌握相关政府信息（合计）"),
}
"""Rows of table three that several outcomes share."""
SORT_WORDS: dict[str, Words] = {
    "newest": _("登记先后"),
    "-received": _("收到日"),
    "due": _("到期日"),
    "-answered": _("答复日"),
}
"""The orders that are offered; each the other way round when it is chosen again."""


def result_choices() -> list[tuple[str, Words]]:
    """The outcomes, in the order of the report, with the rows that add several of them up."""
    named: list[tuple[str, Words]] = list(CELLS.items())
    return [*named, *((name, in_language(Said(o.label, o.label_en))) for name, o in outcomes().items())]


class DayField(forms.DateField):
    """A day that may be left empty, as the browser's own calendar gives it."""

    def __init__(self, *, label: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            input_formats=["%Y-%m-%d"],
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"invalid": _("日期应写作2026-12-03这样。")},
        )


class FilterForm(forms.Form):
    """Every field may be empty. What is wrong is said beside its field; the list is filtered by the others."""

    search = forms.CharField(label=_("查找"), required=False, max_length=LONGEST)
    state = forms.ChoiceField(label=_("状态"), required=False)
    group = forms.ChoiceField(label=_("期限"), required=False)
    channel = forms.ChoiceField(label=_("提交渠道"), required=False)
    kind = forms.ChoiceField(label=_("申请人类型"), required=False)
    result = forms.ChoiceField(label=_("处理结果"), required=False)
    agency = forms.ChoiceField(label=_("受理机关"), required=False)
    handler = forms.ChoiceField(label=_("经办人"), required=False)
    received_from = DayField(label=_("收到日，自"))
    received_to = DayField(label=_("收到日，至"))
    due_from = DayField(label=_("到期日，自"))
    due_to = DayField(label=_("到期日，至"))
    answered_from = DayField(label=_("答复日，自"))
    answered_to = DayField(label=_("答复日，至"))
    sort = forms.ChoiceField(label=_("排序"), required=False, choices=[(name, name) for name in SORTS])

    def __init__(self, data: QueryDict, actor: Actor) -> None:
        super().__init__(data)
        seen = agencies_seen(actor)
        agencies = Agency.objects.filter(pk__in=seen).order_by("path")
        handlers = Staff.objects.filter(agency_id__in=seen).order_by("name", "pk")
        self._choices("state", STATES.items())
        self._choices("group", LABELS.items())
        self._choices("channel", Request.Channel.choices)
        self._choices("kind", Applicant.Kind.choices)
        self._choices("result", result_choices())
        self._choices("agency", [(str(pk), name) for pk, name in agencies.values_list("pk", "short_name")])
        self._choices("handler", [(str(pk), name) for pk, name in handlers.values_list("pk", "name")])

    def _choices(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("不限")), *choices]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in BETWEEN:
            first, last = cleaned.get(f"{name}_from"), cleaned.get(f"{name}_to")
            if first and last and first > last:
                self.add_error(f"{name}_to", _("这一天早于开始的一天，请核对。"))
        return cleaned

    @property
    def filters(self) -> Filters:
        """What is asked for; a field that is wrong does not filter."""
        self.is_valid()
        given = self.cleaned_data
        return Filters(
            **{name: given.get(name) or "" for name in ("search", "state", "group", "channel", "kind", "result")},
            agency=int(given["agency"]) if given.get("agency") else None,
            handler=int(given["handler"]) if given.get("handler") else None,
            received=(given.get("received_from"), given.get("received_to")),
            due=(given.get("due_from"), given.get("due_to")),
            answered=(given.get("answered_from"), given.get("answered_to")),
            sort=given.get("sort") or "newest",
        )

    def chosen(self) -> Iterator[tuple[Words, Any, str]]:
        """What is filtered, in words: the field, its value, the query without it."""
        for name, value in self.cleaned_data.items():
            if not value or name in ("search", "sort"):
                continue
            field = self.fields[name]
            shown = self._words(field, value)
            yield field.label or "", shown, self.query(**{name: ""})

    @staticmethod
    def _words(field: forms.Field, value: Any) -> Any:
        if not isinstance(field, forms.ChoiceField):
            return value
        choices: Any = field.choices
        return dict(choices).get(value, value)

    def query(self, **changed: Any) -> str:
        """The query of the list as it is, with these changes: ``?state=open&page=2``."""
        given = {name: self.data.get(name, "") for name in self.fields if name in self.cleaned_data}
        return "?" + urlencode({name: value for name, value in (given | changed).items() if value})
