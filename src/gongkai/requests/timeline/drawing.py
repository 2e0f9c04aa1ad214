"""The timeline drawn to scale: a bar of the stretches, rest days, months, today, the due day, a mark for each step.

The drawing is a value; ``templates/requests/timeline.html`` writes it as SVG without a style of its own, so that
screen, dark mode and print each colour it by the classes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongkai.agencies.refusals import Words
from gongkai.law.clock import Clock, Taken
from gongkai.law.procedure import steps
from gongkai.law.words import Said
from gongkai.law.workdays import Calendar
from gongkai.requests.timeline.scale import Scale
from gongkai.requests.timeline.stretches import WORDS, Course, Stretch

WIDTH = 720.0
"""Of the drawing, in its own units; a unit is a pixel where the page has room."""
NARROW = 340.0
"""The same, for a phone held upright: a wide drawing made small could not be read there."""
MARGIN = 12.0
MARK = 22.0
"""The room that a mark takes; marks nearer than that are stacked."""
LEVELS = 3
TOP = 14.0
"""The height of the uppermost row of marks."""
BAR = 20.0
"""How thick the bar is."""
LINE = 18.0
"""From one line of words to the next."""
FOOT = 1.2 * LINE
"""Below the line of the last words, which hang from it."""
CLOSE = 130.0
"""Nearer than that, the words for today and for the due day stand on two lines."""
EDGE = 60.0
"""Nearer to an edge than that, words begin or end there."""
MONTH_ROOM = 46.0
"""The room that the name of a month wants."""
AFTERWARDS = frozenset({"archived", "corrected"})
"""Steps that may come years later and do not stretch the drawing."""


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch, or a run of rest days, on the drawing."""

    x: float
    width: float
    stretch: Stretch | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """The steps of one day. ``number``: of the first of them in the explanation below, from 1."""

    x: float
    y: float
    number: int
    day: date
    taken: tuple[Taken, ...]
    labels: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A day that is written under the bar, on the line at ``y``, set from there as ``anchor`` says."""

    x: float
    day: date
    y: float = 0.0
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is on it, in its own units."""

    width: float
    height: float
    bar: float
    boxes: tuple[Box, ...]
    rests: tuple[Box, ...]
    months: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    today: Tick | None
    due: Tick | None

    @property
    def legend(self) -> list[tuple[str, Words]]:
        """The kinds that are on it, with their words, in the order in which they come."""
        return [(kind, WORDS[kind]) for kind in dict.fromkeys(box.stretch.kind for box in self.boxes if box.stretch)]

    @property
    def foot(self) -> float:
        """The lower edge of the bar."""
        return self.bar + BAR


def draw(clock: Clock, course: Course, calendar: Calendar, width: float = WIDTH) -> Drawing | None:
    """The drawing of a request, that wide in its own units; None where no time has passed or lies ahead that could be
    drawn: nothing has happened yet, or all on one day."""
    told = [taken for taken in clock.steps if taken.event not in AFTERWARDS]
    if not told or not course.stretches:
        return None
    ended = course.standing.closed or clock.answered
    last = max(stretch.until for stretch in course.stretches)
    last = max(last, told[-1].day, clock.due or last, last if ended else clock.today)
    scale = Scale(told[0].day, last, width - 2 * MARGIN, calendar)
    marks, levels = _marks(clock.steps, scale)
    bar = TOP + MARK * levels
    line = bar + BAR + 2 * LINE
    due = _tick(scale, clock.due, line, width) if clock.due else None
    today = None if ended else _tick(scale, clock.today, line, width)
    if due is not None and today is not None and abs(due.x - today.x) < CLOSE:
        today = replace(today, y=line + LINE)
    return Drawing(
        width=width,
        height=max((tick.y for tick in (due, today) if tick is not None), default=line) + FOOT,
        bar=bar,
        boxes=tuple(_box(scale, stretch) for stretch in course.stretches),
        rests=tuple(
            Box(_round(MARGIN + scale.begin(a)), _round(scale.end(b) - scale.begin(a))) for a, b in scale.rests()
        ),
        months=_months(scale, bar + BAR + LINE, width),
        marks=marks,
        today=today,
        due=due,
    )


def _tick(scale: Scale, day: date, y: float, width: float) -> Tick:
    x = _round(MARGIN + scale.end(day))
    return Tick(x, day, y, "start" if x < EDGE else "end" if x > width - EDGE else "middle")


def _box(scale: Scale, stretch: Stretch) -> Box:
    begin, end = scale.end(stretch.after), scale.end(stretch.until)
    return Box(_round(MARGIN + begin), _round(end - begin), stretch)


def _months(scale: Scale, y: float, width: float) -> tuple[Tick, ...]:
    """The first of the months, as many as have room for their name beside each other and before the edge."""
    ticks: list[Tick] = []
    for day in scale.months():
        x = MARGIN + scale.begin(day)
        if x <= width - EDGE and (not ticks or x - ticks[-1].x >= MONTH_ROOM):
            ticks.append(Tick(_round(x), day, y, "start"))
    return tuple(ticks)


def _marks(taken: Sequence[Taken], scale: Scale) -> tuple[tuple[Mark, ...], int]:
    """A mark for each day on which something happened, and on how many levels: one that would touch stands higher."""
    by_day: dict[date, list[tuple[int, Taken]]] = {}
    for number, step in enumerate(taken, start=1):
        by_day.setdefault(step.day, []).append((number, step))
    placed: list[tuple[float, int, int, list[Taken]]] = []
    free = [-MARK] * LEVELS
    for day, found in by_day.items():
        x = MARGIN + scale.middle(day)
        level = next((n for n, until in enumerate(free) if x - until >= MARK), min(range(LEVELS), key=free.__getitem__))
        free[level] = x
        placed.append((x, level, found[0][0], [step for _, step in found]))
    levels = 1 + max(level for _, level, _, _ in placed)
    marks = (_mark(x, TOP + MARK * (levels - 1 - level), number, found) for x, level, number, found in placed)
    return tuple(marks), levels


def _mark(x: float, y: float, number: int, found: list[Taken]) -> Mark:
    labels = tuple(Said(steps()[step.event].label, steps()[step.event].label_en) for step in found)
    return Mark(_round(x), y, number, found[0].day, tuple(found), labels)


def _round(value: float) -> float:
    return round(value, 1)
