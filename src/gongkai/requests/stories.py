"""What a log may tell beside the law's steps, in words; and the log as the law's clock takes it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from gongkai.law.events import DETAILS, Log
from gongkai.law.events import Event as LawEvent
from gongkai.law.procedure import steps
from gongkai.law.words import Said

if TYPE_CHECKING:
    from gongkai.requests.models import Event

NOTES: dict[str, Said] = {
    "applicant_confirmed": Said("申请人确认申请", "confirmed by the applicant"),
    "assigned": Said("分派经办人", "assigned"),
    "split": Said("拆分为多件", "split"),
    "transferred": Said("转送有权机关", "transferred"),
    "searched": Said("检索", "searched"),
    "reasons_judged": Said("认定申请理由", "reasons judged"),
    "silence_noted": Said("逾期未提出意见", "no opinion in time"),
    "extension_proposed": Said("提请延长答复期限", "extension proposed"),
    "third_party_told": Said("书面告知第三方", "third party told"),
    "suggested_publication": Said("建议转为主动公开", "publication suggested"),
    "receipt_confirmed": Said("申请人网上查收", "receipt confirmed"),
    "rated": Said("申请人评价", "rated"),
    "noted": Said("办理备注", "note"),
}
"""What happens to a request without touching the period."""


def standing(events: Iterable[Event]) -> list[tuple[Event, date]]:
    """The entries that hold, each with the day that holds: without those mended away, in the order of entering."""
    held: list[tuple[Event, date]] = []
    for event in events:
        if event.name == "corrected":
            was = date.fromisoformat(event.details["was"])
            entry = event.details["entry"]
            at = next((i for i, (e, day) in enumerate(held) if (e.name, day) == (entry, was)), None)
            if at is not None:
                now = event.details.get("now")
                held[at : at + 1] = [(held[at][0], date.fromisoformat(now))] if now else []
        held.append((event, event.day))
    return held


def label(name: str) -> Said:
    """The words for an entry of the log."""
    if name in NOTES:
        return NOTES[name]
    return Said(steps()[name].label, steps()[name].label_en)


def as_law(name: str, day: date, details: dict[str, Any]) -> LawEvent:
    """An entry as the law takes it: of its details those that the law knows."""
    taken: dict[str, Any] = {}
    for key, kind in DETAILS.get(name, {}).items():
        value = details.get(key)
        if value is not None:
            taken[key] = date.fromisoformat(value) if kind is date else value
    return LawEvent(name, day, **taken)


def law_log(channel: str, events: Iterable[Event]) -> Log:
    """The log of a request for ``law.clock``; notes are left out."""
    law = steps()
    return Log(tuple(as_law(event.name, event.day, event.details) for event in events if event.name in law), channel)
