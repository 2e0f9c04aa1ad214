"""The log of a request in words: what, on which day, entered by whom and when, with its details."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.agencies.refusals import Words
from gongkai.law.outcomes import outcomes
from gongkai.law.procedure import deliveries
from gongkai.law.words import Said
from gongkai.pages.templatetags.written import day as written
from gongkai.pages.templatetags.written import said
from gongkai.requests import stories
from gongkai.requests.models import Event
from gongkai.requests.selectors.story import Story

LABELS: dict[str, Words] = {
    "how": gettext_lazy("方式"),
    "who": gettext_lazy("对象"),
    "delivered": gettext_lazy("收到之日"),
    "until": gettext_lazy("截止日"),
    "days": gettext_lazy("工作日数"),
    "approved": gettext_lazy("批准日"),
    "joint": gettext_lazy("共同制作机关"),
    "by": gettext_lazy("送达方式"),
    "outcome": gettext_lazy("处理结果"),
    "entry": gettext_lazy("更正的记录"),
    "was": gettext_lazy("原日期"),
    "now": gettext_lazy("改为"),
    "written_down": gettext_lazy("口头申请，代填"),
    "version": gettext_lazy("稿次"),
    "number": gettext_lazy("编号"),
    "amount": gettext_lazy("金额（元）"),
    "found": gettext_lazy("检索到相关信息"),
    "reasonable": gettext_lazy("理由合理"),
    "answer": gettext_lazy("意见"),
    "stars": gettext_lazy("评分"),
}
"""What the details of an entry are called; a detail that has no name here is for the machine."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is read. ``details``: name and value of each; ``words``: what somebody wrote with it."""

    event: Event
    label: Said
    who: str
    details: tuple[tuple[Words, str], ...]


def told(file: Story) -> list[Entry]:
    """The log, the newest on top."""
    people = {str(asked.pk): asked for asked in file.consultations}
    return [
        Entry(event, stories.label(event.name), _who(event), tuple(_details(event, people)))
        for event in reversed(file.events)
    ]


def _who(event: Event) -> str:
    if event.by == Event.By.STAFF and event.staff is not None:
        return str(event.staff)
    return str(event.get_by_display())


def _details(event: Event, people: dict[str, Any]) -> Iterator[tuple[Words, str]]:
    for key, value in event.details.items():
        if key in LABELS:
            yield LABELS[key], _value(key, value, people)


def _value(key: str, value: Any, people: dict[str, Any]) -> str:
    """A detail as people read it."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if key == "who" and value in people:
        asked = people[value]
        return str(asked.agency or asked.get_kind_display())
    if key == "outcome" and value in outcomes():
        found = outcomes()[value]
        return said(Said(found.label, found.label_en))
    if key == "by" and value in deliveries():
        way = deliveries()[value]
        return said(Said(way.label, way.label_en))
    if key == "entry":
        return said(stories.label(value))
    return _day(value)


def _day(value: Any) -> str:
    try:
        return written(date.fromisoformat(value)) if isinstance(value, str) else str(value)
    except ValueError:
        return str(value)
