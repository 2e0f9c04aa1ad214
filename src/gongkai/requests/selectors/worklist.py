"""The work list: which open requests there are, by what must be done when. Counts from an index, rows by the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from gongkai.agencies.actors import Actor
from gongkai.law.workdays import Calendar
from gongkai.requests.models import Request
from gongkai.requests.selectors.groups import LABELS, conditions, days_from
from gongkai.requests.selectors.lines import lines
from gongkai.requests.selectors.seeing import visible

ROWS = 50
"""So many rows at most on one page."""
MINE = "mine"
NONE = Q(pk__in=[])
"""The condition that nothing meets."""
WHOSE = ("all", "own", "nobody")
"""Of whom: everybody's, those that this person handles, those that nobody handles yet."""


@dataclass(frozen=True, slots=True)
class Work:
    """``counts`` of every group; ``groups``: the requests shown of those that are not empty, in the order of the page.
    ``more``: how many of a group are not shown."""

    counts: dict[str, int]
    groups: dict[str, list[Request]]
    total: int

    @property
    def more(self) -> dict[str, int]:
        return {name: self.counts[name] - len(rows) for name, rows in self.groups.items()}


def work(actor: Actor, today: date, calendar: Calendar, *, group: str = "", whose: str = "all", start: int = 0) -> Work:
    """The work of this person's agencies on that day: of all groups the first ``ROWS``, or of one group from
    ``start`` on. Five queries, however many requests there are."""
    named = conditions(days_from(today, calendar), actor)
    open_ones = _of(visible(actor).filter(is_open=True), actor, whose)
    counts = open_ones.aggregate(
        total=Count("pk"), **{name: Count("pk", filter=condition) for name, condition in named.items()}
    )
    total = counts.pop("total")
    mine = []
    if group in ("", MINE) and counts[MINE]:
        mine = list(open_ones.filter(named[MINE]).order_by("due", "id").values_list("id", flat=True)[start:][:ROWS])
    placed = {MINE: mine}
    if group != MINE:
        wanted = {group: named[group]} if group else {name: named[name] for name in LABELS if name != MINE}
        placed |= _placed(open_ones, wanted, start, ROWS - len(mine))
    return Work(counts, _fetched(placed), total)


def _of(requests: QuerySet[Request], actor: Actor, whose: str) -> QuerySet[Request]:
    if whose == "own":
        return requests.filter(handler_id=actor.staff_id)
    return requests.filter(handler__isnull=True) if whose == "nobody" else requests


def _placed(requests: QuerySet[Request], named: dict[str, Q], start: int, count: int) -> dict[str, list[int]]:
    """The ids of the requests shown, by group: one question, answered from the index."""
    rank = Case(*(When(condition, then=Value(place)) for place, condition in enumerate(named.values())))
    order = Case(
        When(named.get("waiting", NONE) | named.get("lapsed", NONE), then=F("waits_until")),
        When(named.get("unconfirmed", NONE), then=F("arrived")),
        default=F("due"),
    )
    found = (
        requests.annotate(rank=rank, order=order)
        .filter(rank__isnull=False)
        .order_by("rank", F("order").asc(nulls_last=True), "id")
        .values_list("rank", "id")[start : start + count]
    )
    names = list(named)
    placed: dict[str, list[int]] = {}
    for place, pk in found:
        placed.setdefault(names[place], []).append(pk)
    return placed


def _fetched(placed: dict[str, list[int]]) -> dict[str, list[Request]]:
    """The requests themselves, with all that a row shows, in the order of the page."""
    wanted = {pk for ids in placed.values() for pk in ids}
    by_id = lines().in_bulk(wanted) if wanted else {}
    return {name: [by_id[pk] for pk in placed[name]] for name in LABELS if placed.get(name)}
