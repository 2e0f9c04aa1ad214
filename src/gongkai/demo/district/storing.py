"""The requests as told become rows: numbered, derived, stored in bulk, their events entered on each agency's chain."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Model

from gongkai.agencies.calendars import calendar_of
from gongkai.audit.models import append
from gongkai.demo.district.telling import Telling
from gongkai.requests import deriving, log
from gongkai.requests.models import (
    Applicant,
    Consultation,
    Decision,
    DecisionPart,
    Delivery,
    FeeNotice,
    FindingText,
    Inquiry,
    Note,
    Rating,
    Request,
    SearchRecord,
    Serial,
    Submission,
    Supplement,
)
from gongkai.requests.numbering import ALPHABET, CODE_LENGTH, code_digest, letter_number_as, request_number_as

BATCH = 2000
OF_REQUESTS: tuple[type[Model], ...] = (
    Supplement,
    Inquiry,
    Consultation,
    SearchRecord,
    Decision,
    FeeNotice,
    Delivery,
    Rating,
    Note,
)
"""What belongs to requests, in the order in which it is stored; parts of decisions come after them."""


def code_of(number: str) -> str:
    """The tracking code of a made-up request, so that it can be told again. Real ones are drawn at random."""
    drawn = hashlib.sha256(f"demo|{number}".encode()).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in drawn[:CODE_LENGTH])


def store(told: Iterable[Telling], step: Callable[[], None]) -> list[Telling]:
    """Stores the requests with all that belongs to them; ``step`` is called for each. Gives them in order."""
    all_told = []
    for one in told:
        _settle(one)
        all_told.append(one)
        step()
    all_told.sort(key=lambda one: one.events[0].moment)
    serials: Counter[tuple[int, str, int]] = Counter()
    _number_requests(all_told, serials)
    _store_requests(all_told)
    _number_letters(all_told, serials)
    _store_rows(all_told)
    _enter_events(all_told)
    store_serials(serials)
    return all_told


def store_serials(serials: Mapping[tuple[int, str, int], int]) -> None:
    """The last number given out of each series of an agency in a year, from which the desk goes on."""
    Serial.objects.bulk_create(
        Serial(agency_id=agency, series=series, year=year, last=last)
        for (agency, series, year), last in serials.items()
    )


def _settle(one: Telling) -> None:
    """What follows from the events: the derived columns, the handler, the years in the words."""
    request = one.request
    deriving.apply(request, deriving.derive(request.channel, one.events, calendar_of()))
    if any(event.name == "assigned" for event in one.events) or request.channel != Request.Channel.ONLINE:
        request.handler = one.officer.staff
    request.version = len(one.events)
    year = one.events[0].day.year - one.dice.randrange(YEARS_ASKED)
    request.title = request.title.replace("{year}", str(year))
    request.wanted = request.wanted.replace("{year}", str(year))
    request.submission.moment = one.events[0].moment
    request.submission.key = UUID(int=one.dice.getrandbits(128), version=4)


YEARS_ASKED = 4
"""How far back the years lie that people ask about."""


def _number_requests(told: list[Telling], serials: Counter[tuple[int, str, int]]) -> None:
    for one in told:
        request, year = one.request, one.events[0].moment.year
        serials[request.agency_id, "request", year] += 1
        request.number = request_number_as(request.agency, year, serials[request.agency_id, "request", year])
        request.tracking = code_digest(request.submission.key, code_of(request.number))


def _number_letters(told: list[Telling], serials: Counter[tuple[int, str, int]]) -> None:
    """Numbers of replies, in the order in which they were signed."""
    decided = [(event, one.request) for one in told for event in one.events if event.name == "decided"]
    for event, request in sorted(decided, key=lambda pair: pair[0].moment):
        serials[request.agency_id, "letter", event.day.year] += 1
        serial = serials[request.agency_id, "letter", event.day.year]
        number = letter_number_as(request.agency, event.day.year, serial)
        event.details["decision"].number = event.details["number"] = number


def _store_requests(told: list[Telling]) -> None:
    requests = [one.request for one in told]
    Applicant.objects.bulk_create([request.applicant for request in requests], batch_size=BATCH)
    Submission.objects.bulk_create([request.submission for request in requests], batch_size=BATCH)
    for request in requests:
        request.applicant, request.submission = request.applicant, request.submission
    Request.objects.bulk_create(requests, batch_size=BATCH)
    FindingText.enter(requests)


def _store_rows(told: list[Telling]) -> None:
    rows: dict[type[Model], list[Any]] = defaultdict(list)
    for one in told:
        for row in one.rows:
            if not isinstance(row, DecisionPart):
                row.request = one.request  # type: ignore[attr-defined]
            rows[type(row)].append(row)
    for model in OF_REQUESTS:
        model._default_manager.bulk_create(rows.pop(model, []), batch_size=BATCH)
    parts = rows.pop(DecisionPart, [])
    for part in parts:
        part.decision = part.decision
    DecisionPart.objects.bulk_create(parts, batch_size=BATCH)
    assert not rows, rows.keys()


def _enter_events(told: list[Telling]) -> None:
    """Each agency's chain, in the order of the moments."""
    of_agency = defaultdict(list)
    for one in told:
        for event in one.events:
            event.request = one.request
            event.details = {key: _plain(key, value) for key, value in event.details.items()}
            of_agency[one.request.agency_id].append(event)
    for agency in sorted(of_agency):
        events = sorted(of_agency[agency], key=lambda event: event.moment)
        append(log.chain_of(agency), events)


def _plain(key: str, value: Any) -> Any:
    """A row by its id; of whoever was asked, as the law's clock takes it."""
    if not isinstance(value, Model):
        return value
    return str(value.pk) if key == "who" else value.pk
