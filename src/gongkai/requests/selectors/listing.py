"""All requests of a person's agencies: filtered, found, sorted, by the page; never counted beyond what people read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import F, Q, QuerySet, Value

from gongkai.agencies.actors import Actor
from gongkai.law.outcomes import outcomes
from gongkai.law.workdays import Calendar
from gongkai.pages.templatetags.standing import OF_APPLICANT, WAITING
from gongkai.requests.models import Request
from gongkai.requests.selectors.finding import found
from gongkai.requests.selectors.groups import conditions, days_from
from gongkai.requests.selectors.lines import BESIDE, LINE, lines
from gongkai.requests.selectors.seeing import HANDLING, agencies_seen, visible

ROWS = 50
"""So many on a page."""
CAP = 1_000
"""More are not counted: the list then says 1000件以上 and ends there. Nobody turns twenty pages; an export has all."""
SORTS = {
    "newest": (F("id").desc(),),
    "received": (F("received").asc(nulls_last=True), F("id").asc()),
    "-received": (F("received").desc(nulls_last=True), F("id").desc()),
    "due": (F("due").asc(nulls_last=True), F("id").asc()),
    "-due": (F("due").desc(nulls_last=True), F("id").desc()),
    "answered": (F("answered").asc(nulls_last=True), F("id").asc()),
    "-answered": (F("answered").desc(nulls_last=True), F("id").desc()),
}
"""The orders of the list, by name."""
Between = tuple[date | None, date | None]
OPEN_ENDED: Between = (None, None)


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; what is empty does not filter. ``state`` is a state of a request, or ``overdue``, ``waiting``,
    ``open`` or ``ended``; ``group`` a group of the work list; ``result`` an outcome or the row of table three."""

    search: str = ""
    state: str = ""
    group: str = ""
    channel: str = ""
    kind: str = ""
    result: str = ""
    agency: int | None = None
    handler: int | None = None
    received: Between = OPEN_ENDED
    due: Between = OPEN_ENDED
    answered: Between = OPEN_ENDED
    sort: str = "newest"

    @property
    def is_narrow(self) -> bool:
        """Whether an index of the database leads to what is asked for."""
        by_index = (self.search, self.group, self.result, self.state in ("open", "overdue", "running", "waiting"))
        return any(by_index) or self.received != OPEN_ENDED or self.due != OPEN_ENDED

    def __bool__(self) -> bool:
        """Whether anything is filtered."""
        return self != Filters(sort=self.sort)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list. ``total`` ends at ``CAP``: ``is_capped`` says that there are more."""

    rows: list[Request]
    number: int
    total: int
    is_capped: bool

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number * ROWS < self.total else None


def listed(actor: Actor, filters: Filters, today: date, calendar: Calendar) -> QuerySet[Request]:
    """The requests asked for, of those that this person may see, in the order asked for."""
    requests = visible(actor) if filters.agency is None else visible(actor).filter(agency_id=filters.agency)
    if filters.agency is None and filters.sort == "newest" and not filters.is_narrow:
        requests = newest_first(actor)
    if filters.search:
        agencies = agencies_seen(actor) if filters.agency is None else {filters.agency} & agencies_seen(actor)
        requests = requests.filter(found(filters.search, agencies, actor.agencies(*HANDLING)))
    if filters.group:
        requests = requests.filter(conditions(days_from(today, calendar), actor)[filters.group], is_open=True)
    if filters.state:
        requests = requests.filter(in_state(filters.state, today))
    for column, value in (("channel", filters.channel), ("applicant__kind", filters.kind)):
        if value:
            requests = requests.filter(**{column: value})
    if filters.result:
        requests = requests.filter(ended_as(filters.result))
    if filters.handler is not None:
        requests = requests.filter(handler_id=filters.handler)
    for column, (first, last) in _between(filters):
        requests = requests.filter(**{f"{column}__gte": first} if first else {})
        requests = requests.filter(**{f"{column}__lte": last} if last else {})
    return requests.order_by(*SORTS[filters.sort])


def _between(filters: Filters) -> tuple[tuple[str, Between], ...]:
    return ("received", filters.received), ("due", filters.due), ("answered", filters.answered)


def in_state(state: str, today: date) -> Q:
    """The condition of a state as people see it on that day: what is stored as running may be overdue since, and who
    was awaited may have let his day pass."""
    if state in ("open", "ended"):
        return Q(is_open=state == "open")
    awaited = Q(is_open=True) & (Q(waits_until__isnull=True) | Q(waits_until__gte=today))
    if state == "waiting":
        return awaited & Q(state__in=WAITING)
    runs = Q(state__in=("running", "overdue")) | Q(state__in=WAITING - OF_APPLICANT, waits_until__lt=today)
    if state == "overdue":
        return Q(is_open=True, due__lt=today) & runs
    if state == "running":
        return Q(is_open=True) & (Q(due__gte=today) | Q(due__isnull=True)) & runs
    if state in WAITING - OF_APPLICANT:
        return awaited & Q(state=state)
    return Q(state=state)


def ended_as(result: str) -> Q:
    """The condition of an outcome or of a row of table three; by the row first, which has an index."""
    outcome = outcomes().get(result)
    if outcome is None or outcome.cell == result:
        return Q(cell=result)
    return Q(cell=outcome.cell, outcome=result)


def page_of(requests: QuerySet[Request], number: int) -> Page:
    """One page, counted up to ``CAP``; a page beyond the last is the last. Three queries at most, with the events."""
    total = requests.order_by()[: CAP + 1].count()
    shown = min(total, CAP)
    number = max(1, min(number, -(-shown // ROWS)))
    start = (number - 1) * ROWS
    ids = list(requests.values_list("pk", flat=True)[start : min(start + ROWS, CAP)])
    by_id = lines().in_bulk(ids) if ids else {}
    return Page([by_id[pk] for pk in ids], number, shown, total > CAP)


def newest_first(actor: Actor) -> QuerySet[Request]:
    """The requests that this person may see, such that SQLite walks them from the newest and stops where a page is
    full; it would sort all of an area otherwise. PostgreSQL knows by its statistics what is better."""
    agencies = agencies_seen(actor)
    if connection.vendor == "postgresql" or len(agencies) == 1:
        return visible(actor)
    return Request.objects.annotate(of=F("agency_id") + Value(0)).filter(of__in=agencies)


def one_by_one(requests: QuerySet[Request], batch: int = 2000) -> Iterator[Request]:
    """All of them in their order, for an export: fetched in batches, never all in memory."""
    return requests.select_related(*BESIDE).only(*LINE, "agency__name", "channel").iterator(chunk_size=batch)
