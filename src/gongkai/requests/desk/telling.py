"""The log of a request in words: what, on which day, entered by whom and when, with its details."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
from gongkai.requests.models import Consultation, Decision, Event
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
    "came_back": gettext_lazy("上一次被退回"),
    "outcome": gettext_lazy("处理结果"),
    "entry": gettext_lazy("更正的记录"),
    "was": gettext_lazy("原日期"),
    "now": gettext_lazy("改为"),
    "written_down": gettext_lazy("口头申请，代填"),
    "number": gettext_lazy("编号"),
    "amount": gettext_lazy("金额（元）"),
    "found": gettext_lazy("检索到相关信息"),
    "reasonable": gettext_lazy("理由合理"),
    "answer": gettext_lazy("意见"),
    "stars": gettext_lazy("评分"),
    "shelf": gettext_lazy("归档号"),
    "consultation": gettext_lazy("对象"),
}
"""What the details of an entry are called; a detail that has no name here is for the machine."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is read. ``details``: name and value of each; ``words``: what somebody wrote with it."""

    event: Event
    label: Said
    who: str
    details: tuple[tuple[Words, str], ...]
    words: str = ""


def told(file: Story) -> list[Entry]:
    """The log, the newest on top."""
    asked = {one.pk: one for one in file.consultations}
    drafts = {decision.pk: decision for decision in file.decisions}
    return [_entry(event, file, asked, drafts) for event in reversed(file.events)]


def _entry(event: Event, file: Story, asked: Mapping[int, Consultation], drafts: Mapping[int, Decision]) -> Entry:
    details = list(_details(event, asked))
    told = event.details
    if (draft := drafts.get(told.get("decision"))) is not None and "outcome" not in told:
        details.append((_("稿次"), str(draft.version)))
    if (officer := file.assigned.get(told.get("to"))) is not None:
        details.append((_("经办人"), str(officer)))
    note = file.notes.get(told.get("note"))
    return Entry(event, stories.label(event.name), _who(event), tuple(details), note.words if note else "")


def _who(event: Event) -> str:
    if event.by == Event.By.STAFF and event.staff is not None:
        return str(event.staff)
    return str(event.get_by_display())


def _details(event: Event, asked: Mapping[int, Consultation]) -> Iterator[tuple[Words, str]]:
    for key, value in event.details.items():
        if key in LABELS:
            yield LABELS[key], _value(key, value, asked)


def _value(key: str, value: Any, asked: Mapping[int, Consultation]) -> str:
    """A detail as people read it."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if key in ("who", "consultation"):
        one = asked.get(int(value)) if str(value).isdigit() else None
        return _whom(one) if one is not None else str(value)
    if key in NAMED:
        return said(NAMED[key](value))
    if key == "answer" and value in Consultation.Answer.values:
        return str(Consultation.Answer(value).label)
    return _day(value)


def _whom(asked: Consultation) -> str:
    """Who was asked; a person's name is masked."""
    return asked.shown if asked.agency else f"{asked.get_kind_display()} {asked.shown}"


def _outcome(name: str) -> Said:
    found = outcomes().get(name)
    return Said(found.label, found.label_en) if found else Said(name, name)


def _way(name: str) -> Said:
    found = deliveries().get(name)
    return Said(found.label, found.label_en) if found else Said(name, name)


NAMED: Mapping[str, Callable[[str], Said]] = {"outcome": _outcome, "by": _way, "entry": stories.label}
"""Details that are names of our data."""


def _day(value: Any) -> str:
    """A day as days are written; anything else as it is."""
    try:
        return written(date.fromisoformat(value)) if isinstance(value, str) else str(value)
    except ValueError:
        return str(value)
