"""The log of a request: what happened on which day. It only grows; an entry is mended by a further entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from gongkai.law.errors import Contradiction, Malformed
from gongkai.law.procedure import channels, deliveries, steps
from gongkai.law.words import KINDS, Said, listed, say

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, with what is known of it.

    ``who``: the third party or agency asked, where several are. ``delivered``: the day on which a letter reached
    whom it was for. ``until``: the day up to which a correction, or a deferred reply, may come. ``days``: working
    days of an extension. ``approved``: the day of its approval. ``joint``: the agency asked made the document jointly
    (art. 34). ``by``: the way of delivery. ``entry``, ``was``, ``now``: the entry that is mended, its day, the right
    day (none: it did not happen).
    """

    name: str
    day: date
    who: str = ""
    delivered: date | None = None
    until: date | None = None
    days: int | None = None
    approved: date | None = None
    joint: bool = False
    by: str = ""
    entry: str = ""
    was: date | None = None
    now: date | None = None


@dataclass(frozen=True, slots=True)
class Log:
    """The events of one request, and the channel by which it came (empty where not known)."""

    events: tuple[Event, ...]
    channel: str = ""
    today: date | None = None


DETAILS: Mapping[str, Mapping[str, type]] = {
    "supplement_asked": {"delivered": date, "until": date},
    "third_party_asked": {"who": str, "delivered": date},
    "third_party_answered": {"who": str},
    "agency_asked": {"who": str, "delivered": date, "joint": bool},
    "agency_answered": {"who": str},
    "reasons_asked": {"delivered": date, "until": date},
    "extended": {"days": int, "approved": date},
    "deferred": {"until": date},
    "fee_notified": {"delivered": date},
    "dispatched": {"by": str},
    "delivered": {"by": str},
    "corrected": {"entry": str, "was": date, "now": date},
}
"""What may be said of each event beside its day."""
KEYS = ("channel", "events", "today")
"""What a log says."""


def read(data: Any) -> Log:
    """A log from plain data, as YAML or JSON give it. Raises Malformed with the place."""
    _must(data, dict, ())
    for key in data:
        if key not in KEYS:
            raise _malformed((key,), "unknown_key", word=key, known=listed(KEYS))
    channel = data.get("channel") or ""
    if channel and channel not in channels():
        raise _malformed(("channel",), "unknown_channel", channel=channel, known=listed(channels()))
    if not data.get("events"):
        raise _malformed(("events",) if "events" in data else (), "no_events")
    _must(data["events"], list, ("events",))
    today = _day(data["today"], ("today",)) if data.get("today") is not None else None
    return Log(tuple(_event(entry, ("events", i)) for i, entry in enumerate(data["events"])), channel, today)


def _event(data: Any, place: Place) -> Event:
    _must(data, dict, place)
    names = [key for key in data if key in steps()]
    if "delivered" in names and len(names) > 1:  # also a detail of a letter that was sent
        names.remove("delivered")
    written = listed(str(key) for key in data)
    if not names:
        raise _malformed(place, "unknown_event", written=written, known=listed(steps()))
    if len(names) > 1:
        raise _malformed(place, "several_events", written=written)
    name = names[0]
    details = DETAILS.get(name, {})
    taken: dict[str, Any] = {}
    for key, value in data.items():
        if key == name:
            continue
        if key not in details:
            sentence = "unknown_detail" if details else "no_details"
            raise _malformed((*place, key), sentence, event=name, word=key, known=listed(details))
        kind = details[key]
        taken[key] = _day(value, (*place, key)) if kind is date else _must(value, kind, (*place, key))
    if taken.get("by") and taken["by"] not in deliveries():
        lawful = (way for way, found in deliveries().items() if found.allowed)
        raise _malformed((*place, "by"), "unknown_way", by=taken["by"], known=listed(lawful))
    if name == "corrected" and not (taken.get("entry") in steps() and taken.get("was")):
        raise _malformed(place, "nothing_mended")
    return Event(name, _day(data[name], (*place, name)), **taken)


def _malformed(place: Place, sentence: str, **values: object) -> Malformed:
    said = say(sentence, **values)
    return Malformed(place, said.zh, said.en)


def _must(value: Any, kind: type, place: Place) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise _malformed(place, "must_be", kind=say(KINDS[kind]), value=_shown(value))
    return value


def _shown(value: Any) -> Said:
    """A value that is none of ours, as the one who wrote it would name it."""
    if value is None:
        return say("nothing_written")
    if isinstance(value, (list, dict)):
        return say("a_list_written" if isinstance(value, list) else "a_table_written")
    plain = str(value).lower() if isinstance(value, bool) else str(value)
    return Said(f"“{plain}”", f"“{plain}”")


def _day(value: Any, place: Place) -> date:
    if isinstance(value, str):
        with suppress(ValueError):
            return date.fromisoformat(value)
    if isinstance(value, datetime):  # for which day an hour counts is the agency's to say
        raise _malformed(place, "must_be", kind=say(KINDS[date]), value=_shown(value))
    _must(value, date, place)
    day: date = value
    return day


def settled(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events as they stand once mended entries are put right, in the order of their days.

    Those of one day stay in the order in which they were entered. Raises Contradiction where an entry mends one that
    is not there.
    """
    found: list[Event] = []
    for event in events:
        if event.name == "corrected":
            at = next((i for i, e in enumerate(found) if (e.name, e.day) == (event.entry, event.was)), None)
            if at is None:
                step = steps()[event.entry]
                said = say("no_such_entry", day=event.was, step=Said(step.label, step.label_en))
                raise Contradiction(said.zh, said.en, event="corrected")
            if event.now is None:
                del found[at]
            else:
                found[at] = replace(found[at], day=event.now)
        found.append(event)
    return tuple(sorted(found, key=lambda event: event.day))
