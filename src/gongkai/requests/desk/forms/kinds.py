"""A form's field for each kind of value that an action takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, Role, Staff
from gongkai.agencies.refusals import Words, in_language
from gongkai.pages.templatetags.written import day as written
from gongkai.pages.templatetags.written import said
from gongkai.requests import stories
from gongkai.requests.actions.ask_supplement import Point
from gongkai.requests.actions.correct_entry import mendable
from gongkai.requests.actions.deciding import Part
from gongkai.requests.actions.draft import outcome_choices
from gongkai.requests.actions.fields import Field, Kind
from gongkai.requests.actions.record_letter import undelivered
from gongkai.requests.actions.submit import Wish
from gongkai.requests.desk.forms.rows import Column, Rows
from gongkai.requests.models import Consultation, Event, Request
from gongkai.requests.selectors.casefile import CaseFile

TEXT = 20_000
"""The longest text that a form takes, in characters."""
TITLE, DOCUMENT_NUMBER = 200, 100
"""The longest title and document number of a request."""
NUMBER = 1_000_000
AS_BUTTONS = 6
"""So many choices are shown all at once; more than that in a list that opens."""
DAY_FORMATS = ("%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d")
"""How a day may be typed; the browser's own calendar gives the first."""


@dataclass(frozen=True, slots=True)
class About:
    """What a form is about: the agency and the day; the action, and the file of the request, where it is one."""

    agency: int
    today: date
    action: str = ""
    case: CaseFile | None = None

    @property
    def file(self) -> CaseFile:
        """The file of the request."""
        assert self.case is not None
        return self.case

    @property
    def request(self) -> Request:
        """The request."""
        return self.file.request


class Day(forms.DateField):
    """A day, chosen in the browser's calendar or typed."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format=DAY_FORMATS[0])
        super().__init__(input_formats=DAY_FORMATS, widget=widget, **kwargs)


class Text(forms.CharField):
    """Running text of some lines."""

    def __init__(self, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(max_length=TEXT, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class Asked(forms.ModelChoiceField):
    """One of the request's consultations; a person's name is masked."""

    def label_from_instance(self, obj: Any) -> str:
        asked: Consultation = obj
        return f"{asked.get_kind_display()} {asked.shown}（{written(asked.sent)}）"


class Entry(forms.ModelChoiceField):
    """An entry of the request's log."""

    def label_from_instance(self, obj: Any) -> str:
        event: Event = obj
        return f"{written(event.day)} {said(stories.label(event.name))}"


ENTRIES: Mapping[str, Callable[[CaseFile], list[tuple[Event, date]]]] = {
    "correct_entry": mendable,
    "record_letter": undelivered,
}
"""Which entries an action may name."""


def field_for(told: Field, about: About) -> forms.Field:
    """The field of a form for what an action takes, with the choices that this request gives."""
    common: dict[str, Any] = {
        "label": in_language(told.label),
        "required": told.required,
        "help_text": in_language(told.help) if told.help else "",
    }
    if told.kind is Kind.ENTRY:
        held = [event.pk for event, _day in ENTRIES[about.action](about.file)]
        return Entry(Event.objects.filter(pk__in=held).order_by("pk"), empty_label=_("请选择"), **common)
    return MADE[told.kind](told, about, common)


Made = Callable[[Field, About, dict[str, Any]], forms.Field]


def _choice(told: Field, about: About, common: dict[str, Any]) -> forms.Field:
    choices = list(told.choices()) if told.choices else []
    if len(choices) <= AS_BUTTONS:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
    return forms.ChoiceField(choices=[("", _("请选择")), *choices], **common)


def _yes_or_no(told: Field, about: About, common: dict[str, Any]) -> forms.Field:
    """A tick; where it must be said one way or the other, two buttons, so that nothing said is not taken for a no."""
    if not told.required:
        return forms.BooleanField(**common)
    choices = [("yes", _("是")), ("no", _("否"))]
    return forms.TypedChoiceField(
        choices=choices, coerce=lambda value: value == "yes", widget=forms.RadioSelect, **common
    )


def _judged(told: Field, about: About, common: dict[str, Any]) -> forms.Field:
    """Good, not good, or not judged: nothing is taken for a judgement that nobody made."""
    choices = [("yes", _("合理")), ("no", _("不合理")), ("", _("未认定"))]
    return forms.TypedChoiceField(
        choices=choices,
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        initial="",
        **common,
    )


def _staff(told: Field, about: About, common: dict[str, Any]) -> forms.Field:
    held = Q(appointments__until=None) | Q(appointments__until__gte=about.today)
    held &= Q(appointments__role=Role.OFFICER, appointments__agency=about.agency, appointments__since__lte=about.today)
    officers = Staff.objects.filter(held, is_active=True).distinct().order_by("name", "pk")
    return forms.ModelChoiceField(officers, empty_label=_("请选择"), **common)


def _agency(told: Field, about: About, common: dict[str, Any]) -> forms.Field:
    others = Agency.objects.filter(until=None).exclude(pk=about.agency).order_by("path")
    return forms.ModelChoiceField(others, empty_label=_("请选择"), **common)


def _consultation(told: Field, about: About, common: dict[str, Any]) -> forms.Field:
    mine = Consultation.objects.filter(request=about.request).select_related("agency")
    return Asked(mine, empty_label=_("请选择"), **common)


def _points(told: Field, about: About, common: dict[str, Any]) -> forms.Field:
    columns = Column("what", _("需要补正什么"), 2), Column("why", _("为什么不明确"), 2)
    return Rows(columns, Point, **common)


def _of_part() -> list[tuple[str, Words]]:
    """How one part may end: given or not, never in part, nor as what ends a request as a whole."""
    return [(name, label) for name, label in outcome_choices() if name != "partial" and not name.startswith("other.")]


def _parts(told: Field, about: About, common: dict[str, Any]) -> forms.Field:
    columns = (
        Column("what", _("哪一部分信息"), 2),
        Column("outcome", _("处理结果"), choices=_of_part),
        Column("reasons", _("理由"), 2),
    )
    return Rows(columns, Part, fewest=2, **common)


def _wishes(told: Field, about: About, common: dict[str, Any]) -> forms.Field:
    columns = (
        Column("title", _("信息名称"), longest=TITLE),
        Column("wanted", _("所需信息的内容描述"), 3),
        Column("document_number", _("文号（选填）"), longest=DOCUMENT_NUMBER),
    )
    return Rows(columns, Wish, fewest=2, **common)


MADE: Mapping[Kind, Made] = {
    Kind.DAY: lambda told, about, common: Day(**common),
    Kind.LINE: lambda told, about, common: forms.CharField(max_length=told.longest, **common),
    Kind.TEXT: lambda told, about, common: Text(**common),
    Kind.NUMBER: lambda told, about, common: forms.IntegerField(min_value=0, max_value=NUMBER, **common),
    Kind.YES_NO: _yes_or_no,
    Kind.JUDGED: _judged,
    Kind.CHOICE: _choice,
    Kind.STAFF: _staff,
    Kind.AGENCY: _agency,
    Kind.CONSULTATION: _consultation,
    Kind.POINTS: _points,
    Kind.PARTS: _parts,
    Kind.WISHES: _wishes,
}
