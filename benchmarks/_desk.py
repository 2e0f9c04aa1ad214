"""Measures the desk on the database that the environment names; prints the rows as JSON. Run by ``desk``."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import django

from benchmarks import Row

SIZES = (10_000, 100_000, 1_000_000)
CALLS = 60
LATE = 0.95
"""Of the calls, how many are faster than the percentile that is told."""
WARM = 5
AIM = 100
"""Milliseconds at the view."""


def main(name: str, most: int) -> list[Row]:
    """The rows for that database."""
    from django.db import connection
    from django.utils import timezone

    from benchmarks._multiplying import multiply
    from gongkai.config.preparing import collect_static
    from gongkai.demo.district.making import make

    collect_static()
    make(timezone.localdate())
    rows: list[Row] = []
    first: dict[str, float] = {}
    for size in (size for size in SIZES if size <= most):
        for there in multiply(size):
            print(f"{name}: {there:,}", file=sys.stderr, flush=True)
        connection.close()
        pages = _pages()
        bare = statistics.median(_times(pages.pop("bare")))
        for page, call in pages.items():
            times = _times(call)
            median, late = statistics.median(times), sorted(times)[int(len(times) * LATE)]
            told = f"{name}, {size:,} requests: {page}"
            first.setdefault(page, median)
            grown = f"{median / first[page]:.2f} times that of {SIZES[0]:,}"
            note = f"{_queries(call)} queries, {_processor(call):.0f} ms of processor time, {CALLS} calls; {grown}"
            rows.append(Row(f"{told}, median", median, "ms", "bare view of one row", bare, note=note))
            rows.append(Row(f"{told}, 95th percentile", late, "ms", at_most=AIM))
    return rows


def _pages() -> dict[str, Callable[[], Any]]:
    """The pages, each as a call that answers: those of the officer of a busy agency, and a supervisor's of all."""
    from django.test import Client, RequestFactory

    from gongkai.agencies.models import Staff
    from gongkai.requests.models import Request

    staff = Staff.objects.get(username="officer")
    client, supervisor = Client(), Client()
    for browser, person in ((client, staff), (supervisor, Staff.objects.get(username="supervisor"))):
        browser.force_login(person, backend="gongkai.agencies.backends.RoleBackend")
    of_agency = Request.objects.filter(agency=staff.agency)
    answered = list(of_agency.filter(is_open=False).order_by("-pk").values_list("pk", flat=True)[:CALLS])
    at_hand = list(of_agency.filter(is_open=True).order_by("pk").values_list("pk", flat=True)[:CALLS])
    turns = {"answered": _turning(answered), "open": _turning(at_hand)}
    request = RequestFactory().get("/")

    def page(address: Callable[[], str], browser: Client = client) -> Callable[[], Any]:
        def call() -> Any:
            answer = browser.get(address())
            assert answer.status_code == 200, answer.status_code
            return answer

        return call

    return {
        "bare": lambda: bare(request, turns["answered"]()),
        "work list": page(lambda: "/desk/"),
        "request page, open": page(lambda: f"/desk/requests/{turns['open']()}/"),
        "request page, answered": page(lambda: f"/desk/requests/{turns['answered']()}/"),
        "agencies, by a supervisor": page(lambda: "/desk/by-agency/", supervisor),
    }


def bare(request: Any, pk: int) -> Any:
    """A view that loads one row by its key and writes its number: the least that a page costs."""
    from django.http import HttpResponse

    from gongkai.requests.models import Request

    return HttpResponse(Request.objects.get(pk=pk).number)


def _turning(values: list[int]) -> Callable[[], int]:
    """Gives one after another, round and round."""
    place = -1

    def following() -> int:
        nonlocal place
        place = (place + 1) % len(values)
        return values[place]

    return following


def _times(call: Callable[[], Any]) -> list[float]:
    """Milliseconds of each call, after some that are not counted."""
    for _ in range(WARM):
        call()
    times = []
    for _ in range(CALLS):
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    return times


def _processor(call: Callable[[], Any]) -> float:
    """Milliseconds of processor time that a call takes in this process: what a busy machine does not change."""
    began = time.process_time()
    for _ in range(CALLS):
        call()
    return (time.process_time() - began) * 1000 / CALLS


def _queries(call: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


if __name__ == "__main__":
    django.setup()
    print(json.dumps([asdict(row) for row in main(sys.argv[1], int(sys.argv[2]))]))
