"""Measures writers on the database that the environment names; prints the rows as JSON. Run by ``writers``.

Each writer is a process. It registers a request, drafts, reviews, signs and sends the reply, through the same actions
as the desk, each in a transaction of its own, and writes down what was acknowledged.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from random import Random
from typing import Any

import django

from benchmarks import Row
from benchmarks._proving import broken, lost

WRITERS = 8
AT = ("HRSS", "LAND", "HOUSE", "MARKET")
"""The agencies at whose desks they sit, two at each: those of one agency share its chain."""
BARE_SECONDS = 10
LEAST, MOST = 0.02, 0.5
"""Seconds after its first request at which a writer is killed."""
PROVEN_EVERY = 10


def main(name: str, seconds: int, kills: int) -> list[Row]:
    """The rows for that database."""
    _make_people()
    bare = _all_at_once(_insert, min(seconds, BARE_SECONDS))
    done = _all_at_once(_handle, seconds)
    steps = sum(one["steps"] for one in done)
    errors = [error for one in done for error in one["errors"]]
    rate, yardstick = steps / seconds, sum(one["steps"] for one in bare) / min(seconds, BARE_SECONDS)
    told = f"{name}, {WRITERS} writers, {seconds} s"
    requests = sum(len(one["numbers"]) for one in done)
    note = f"{requests} requests registered and replied to, {steps} transactions; {errors[:1] or 'no error'}"
    rows = [
        Row(f"{told}: transactions", rate, "/s", "bare inserts of one row", yardstick, note=note),
        Row(f"{told}: errors", len(errors), at_most=0),
        Row(f"{told}: acknowledged and not there", lost([n for one in done for n in one["numbers"]]), at_most=0),
        Row(f"{told}: chains broken, columns not as derived", broken(), at_most=0),
    ]
    if kills:
        missing, wrong, acknowledged = _kill(kills)
        told = f"{name}, killed (kill -9) {kills} times in the middle"
        rows += [
            Row(f"{told}: acknowledged and not there", missing, at_most=0, note=f"{acknowledged} acknowledged"),
            Row(f"{told}: chains broken, columns not as derived", wrong, at_most=0),
        ]
    return rows


def _make_people() -> None:
    """The agencies of the made-up district and their people, without requests."""
    from django.db import connection
    from django.utils import timezone

    from gongkai.demo.district.agencies import store_agencies
    from gongkai.demo.district.staff import store_staff

    now = timezone.now()
    store_staff(store_agencies(now.date()), Random(1), now)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (id integer, words text)")
    writer = Writer(0)  # once before any is measured or killed: the law's data is read here, not in each process
    for step in writer.steps(writer.register()):
        step()


class Writer:
    """One writer: his people, and how he handles a request from its registration to the reply."""

    def __init__(self, place: int) -> None:
        from django.utils import timezone

        from gongkai.agencies.actors import actor_of
        from gongkai.agencies.models import Agency, Staff

        code = AT[place % len(AT)]
        self.agency = Agency.objects.get(code=code)
        self.dice = Random(place)
        people = {}
        for staff in Staff.objects.filter(agency=self.agency):
            people[staff.username.rsplit("-", 1)[-1]] = actor_of(staff, timezone.localdate())
        self.officer, self.reviewer, self.signatory = (people[name] for name in ("officer", "reviewer", "signatory"))

    def register(self) -> Any:
        """A request comes in at the desk."""
        from django.utils import timezone

        from gongkai.demo.district.applicants import made_up
        from gongkai.requests.actions.submit import Submit, Wish

        now = timezone.now()
        wish = Wish(title="某地块征收公告", wanted="某地块的征收土地公告及其附图")
        applicant = made_up("natural_person", self.dice)
        filed = Submit(
            agency=self.agency,
            applicant=applicant,
            wishes=(wish,),
            channel="in_person",
            actor=self.officer,
            day=timezone.localdate(now),
        )
        return filed.run(now).requests[0]

    def steps(self, request: Any) -> list[Callable[[], Any]]:
        """What follows, each a transaction."""
        from django.utils import timezone

        from gongkai.requests.actions.registry import ACTIONS

        def step(name: str, actor: Any, **values: Any) -> Callable[[], Any]:
            def take() -> Any:
                now = timezone.now()
                return ACTIONS[name](request=request, actor=actor, day=timezone.localdate(now), **values).run(now)

            return take

        contents = {"0": "附件：征收土地公告及附图"}
        return [
            step("draft", self.officer, outcome="granted.provided", contents=contents),
            step("review", self.reviewer),
            step("sign", self.signatory),
            step("dispatch", self.officer, way="electronic"),
        ]


def _handle(place: int, until: float) -> dict[str, Any]:
    """Handles request after request until that time; gives what was acknowledged, and what went wrong."""
    writer = Writer(place)
    numbers, steps, errors = [], 0, []
    while time.monotonic() < until:
        try:
            request = writer.register()
            numbers.append(request.number)
            steps += 1
            for step in writer.steps(request):
                step()
                steps += 1
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
    return {"numbers": numbers, "steps": steps, "errors": errors}


def _insert(place: int, until: float) -> dict[str, Any]:
    """The yardstick: one row in one transaction, again and again."""
    from django.db import connection, transaction

    steps = 0
    while time.monotonic() < until:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_bare (id, words) VALUES (%s, %s)", [steps, "征收公告"])
        steps += 1
    return {"steps": steps}


def _all_at_once(work: Callable[[int, float], dict[str, Any]], seconds: int) -> list[dict[str, Any]]:
    """What each of the writers came to, all working for so long at the same time."""
    from django.db import connections

    connections.close_all()
    pipes = []
    until = time.monotonic() + seconds
    for place in range(WRITERS):
        read, write = os.pipe()
        if os.fork() == 0:
            with os.fdopen(write, "w") as out:
                json.dump(work(place, until), out)
            os._exit(0)
        os.close(write)
        pipes.append(read)
    found = []
    for read in pipes:
        with os.fdopen(read) as told:
            found.append(json.loads(told.read()))
        os.wait()
    return found


def _kill(times: int) -> tuple[int, int, int]:
    """Kills a writer in the middle so many times; gives how many of those acknowledged are not there, how much is
    broken, and how many were acknowledged."""
    from django.db import connections

    dice = Random(7)
    acknowledged: list[str] = []
    wrong = 0
    for turn in range(times):
        connections.close_all()
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            _work_until_killed(turn, write)
        os.close(write)
        select.select([read], [], [])
        time.sleep(dice.uniform(LEAST, MOST))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(read) as told:
            acknowledged += [line for line in told.read().split("\n")[:-1] if line]
        if turn % PROVEN_EVERY == PROVEN_EVERY - 1 or turn == times - 1:
            wrong += broken()
    return lost(acknowledged), wrong, len(acknowledged)


def _work_until_killed(turn: int, write: int) -> None:
    """Writes each number as soon as, and not before, it was acknowledged; then goes on with the request."""
    writer = Writer(turn)
    while True:
        request = writer.register()
        os.write(write, f"{request.number}\n".encode())
        for step in writer.steps(request):
            step()


if __name__ == "__main__":
    django.setup()
    print(json.dumps([asdict(row) for row in main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))]))
