"""Reading the log of the platform: by person, action, subject, result and day; and as rows to be exported."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.audit.actions import action_words, result_words, subject_words
from gongkai.audit.models import Entry

HEADINGS = {
    "zh": ("序号", "时间", "人员", "事项", "对象", "结果", "网络地址", "详情", "摘要"),
    "en": ("number", "time", "person", "action", "subject", "result", "address", "details", "digest"),
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be reckoned by a spreadsheet."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; empty parts look for anything. Days are included on both ends. The first and the last day
    that can be written look for anything too: beyond them there is no moment to compare with."""

    staff: int | None = None
    action: str = ""
    subject: str = ""
    result: str = ""
    since: date | None = None
    until: date | None = None


def entries(sought: Sought) -> QuerySet[Entry]:
    """The entries that fit, the newest first, with their person."""
    found: QuerySet[Entry] = Entry.objects.select_related("staff").order_by("-id")
    if sought.staff is not None:
        found = found.filter(staff_id=sought.staff)
    if sought.action:
        found = found.filter(action=sought.action)
    if sought.subject:
        found = found.filter(subject=sought.subject)
    if sought.result:
        found = found.filter(result=sought.result)
    if sought.since is not None and sought.since > date.min:
        found = found.filter(moment__gte=_begin(sought.since))
    if sought.until is not None and sought.until < date.max:
        found = found.filter(moment__lt=_begin(sought.until + timedelta(1)))
    return found


def rows(found: QuerySet[Entry], lang: str) -> Iterator[tuple[str, ...]]:
    """The headings and the entries as text, for a table file; memory does not grow with them."""
    yield HEADINGS[lang]
    for entry in found.iterator(chunk_size=2000):
        yield tuple(
            safe(cell)
            for cell in (
                str(entry.number),
                timezone.localtime(entry.moment).isoformat(timespec="seconds"),
                str(entry.staff or ""),
                action_words(entry.action).words(lang),
                subject_words(entry.subject).words(lang),
                result_words(entry.result).words(lang),
                entry.address or "",
                json.dumps(entry.details, ensure_ascii=False) if entry.details else "",
                entry.digest,
            )
        )


def safe(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
