"""The whole district, made in one transaction: agencies, people, requests of five years."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from random import Random

from django.db import transaction

from gongkai.agencies.models import Agency
from gongkai.demo.district.agencies import store_agencies
from gongkai.demo.district.planning import Planner
from gongkai.demo.district.records import store_corrections
from gongkai.demo.district.staff import store_staff
from gongkai.demo.district.storing import store
from gongkai.demo.district.telling import SHANGHAI

SEED = 20190515
"""The day on which the Regulation as revised came into force."""

Progress = Callable[[int, int], None]
"""Told how many requests of how many there are."""


def is_made() -> bool:
    """Whether there is a district already."""
    return bool(Agency.objects.exists())


def make(today: date, progress: Progress = lambda done, whole: None, seed: int = SEED) -> int:
    """Makes the district as it is on that day; gives how many requests it has. The same for the same day and seed,
    but for what encryption draws at random."""
    dice = Random(seed)
    now = datetime.combine(today, time(), SHANGHAI)
    with transaction.atomic():
        houses = store_agencies(today)
        desks = store_staff(houses, dice, now)
        planner = Planner(houses, desks, today, dice)
        whole = planner.count()
        done = 0

        def step() -> None:
            nonlocal done
            done += 1
            progress(min(done, whole), whole)

        told = store(planner.all(), step)
        store_corrections(houses, desks, today, dice)
    return len(told)
