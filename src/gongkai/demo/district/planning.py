"""Which requests the district has: so many a year for each agency, those of the figures, and the open ones of today."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random

from gongkai.agencies.calendars import calendar_of
from gongkai.agencies.models import Agency
from gongkai.demo.district import courses, open_ones, receiving
from gongkai.demo.district.agencies import House
from gongkai.demo.district.asked import ask
from gongkai.demo.district.figures import Figures, all_figures
from gongkai.demo.district.staff import SHOWN, Desk
from gongkai.demo.district.telling import Telling
from gongkai.requests.models import Request

YEARS = 5
SETTLED_DAYS = 2
"""What is told as closed was closed at least so many days before today."""
SHOWN_EVERY = 2
"""Of the open ones, every second is at the agency whose desk is shown: so it has some of each sort."""
AT_DESK = frozenset({Request.Channel.IN_PERSON, Request.Channel.REGISTERED_MAIL, Request.Channel.ORDINARY_MAIL})
"""Channels by which nothing comes in on a day off."""
TRIES = 200


class Planner:
    """Tells the requests of all agencies; the same for the same day and dice."""

    def __init__(self, houses: dict[str, House], desks: dict[str, Desk], today: date, dice: Random) -> None:
        self.houses, self.desks, self.today, self.dice = houses, desks, today, dice
        self.calendar = calendar_of()

    def all(self) -> Iterator[Telling]:
        """Every request, one after another."""
        for year in range(self.today.year - YEARS + 1, self.today.year + 1):
            for code, house in self.houses.items():
                if (code, year) not in all_figures():
                    yield from self._year(code, house, year)
        for figures in all_figures().values():
            yield from self._figures(figures)
        yield from self._open()

    def count(self) -> int:
        """About how many there will be, to show how far it has come."""
        figures = sum(sum(figures.received.values()) for figures in all_figures().values())
        shares = sum(house.share for house in self.houses.values())
        return round(shares * (YEARS - 1 + self.today.timetuple().tm_yday / 366)) + figures

    def _year(self, code: str, house: House, year: int) -> Iterator[Telling]:
        last = min(date(year, 12, 31), self.today - timedelta(days=SETTLED_DAYS))
        days = (last - date(year, 1, 1)).days
        for _ in range(round(house.share * max(days, 0) / 365)):
            outcome = self.dice.choices(list(courses.WEIGHTS), list(courses.WEIGHTS.values()))[0]
            told = self._told(house, "", outcome, (date(year, 1, 1), last), self._ends_before(code, year))
            if told is not None:
                yield told

    def _ends_before(self, code: str, year: int) -> Callable[[Telling], bool]:
        """What a closed request must keep: all of it lies in the past and while the agency was, and none reaches into a
        year of figures."""
        settled = self.today - timedelta(days=SETTLED_DAYS)
        until = self.houses[code].agency.until
        if until is not None:
            settled = min(settled, until - timedelta(days=1))
        stays = (code, year + 1) in all_figures()

        def fits(told: Telling) -> bool:
            past = max(event.day for event in told.events) <= settled
            return past and (not stays or (told.ended is not None and told.ended.year == year))

        return fits

    def _figures(self, figures: Figures) -> Iterator[Telling]:
        house, year = self.houses[figures.agency], figures.year
        for wanted in figures.wanted():
            late = (date(year, 12, 10), date(year, 12, 24))
            span = late if wanted.carried_out else (date(year, 1, 4), date(year, 11, 20))
            ends = year + 1 if wanted.carried_out else year

            def fits(told: Telling, ends: int = ends) -> bool:
                return told.ended is not None and told.ended.year == ends

            told = self._told(house, wanted.kind, wanted.outcome, span, fits)
            assert told is not None
            yield told

    def _told(
        self, house: House, kind: str, outcome: str, span: tuple[date, date], fits: Callable[[Telling], bool]
    ) -> Telling | None:
        """A closed request that fits; None where none does, so near to today or to an agency's end."""
        for _ in range(TRIES):
            request = ask(house, kind, self.dice)
            day = self._day(span, request.channel)
            if not house.takes(day):
                continue
            told = Telling(request, self.desks[house.agency.code], self.calendar, self.dice, date.max)
            receiving.arrive(told, day)
            receiving.confirm(told)
            courses.close(told, outcome, self._neighbour(house))
            if fits(told):
                return told
        return None

    def _day(self, span: tuple[date, date], channel: str) -> date:
        """A day of the span; for what is handed in or posted, a working day."""
        day = span[0] + timedelta(days=self.dice.randrange((span[1] - span[0]).days + 1))
        return self.calendar.next_working(day).day if channel in AT_DESK else day

    def _neighbour(self, house: House) -> Agency:
        """Another agency, to be asked."""
        others = [other.agency for other in self.houses.values() if other.agency.pk != house.agency.pk]
        return self.dice.choice(others)

    def _open(self) -> Iterator[Telling]:
        desk_day = open_ones.worked_before(self.calendar, self.today, 0)
        others = [house for code, house in self.houses.items() if house.takes(self.today) and code != SHOWN]
        for number, one in enumerate(open_ones.all_of(self.today)):
            shown = number % SHOWN_EVERY == 0
            house = self.houses[SHOWN] if shown else others[number // SHOWN_EVERY % len(others)]
            request = ask(house, "", self.dice)
            if not one.confirmed:
                request.channel = self.dice.choice(open_ones.TO_CONFIRM)
            day = one.received(self.calendar, self.today)
            last = desk_day if one.confirmed else max(day, desk_day)
            told = Telling(request, self.desks[house.agency.code], self.calendar, self.dice, last)
            receiving.arrive(told, day)
            if one.confirmed:
                receiving.confirm(told, at_once=True)
            one.course(told, self._neighbour(house))
            yield told
