"""The timeline and the arithmetic of every case in the law book: what is shown adds up to what the clock says."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from gongkai.law.clock import explain
from gongkai.law.errors import LawError
from gongkai.law.events import read
from gongkai.law.workdays import calendar
from gongkai.requests.timeline.band import band
from gongkai.requests.timeline.drawing import EDGE, NARROW, WIDTH, draw
from gongkai.requests.timeline.reckoning import EQUALS, MINUS, reckoning
from gongkai.requests.timeline.scale import REST, Scale
from gongkai.requests.timeline.stretches import course
from tests.law.test_situations import CASES


def accepted():
    """The cases of the law book that the law accepts, each with its clock and its course."""
    for case in CASES:
        [told] = case.values
        log = read({"events": told["events"], "channel": told.get("channel", "")})
        try:
            clock = explain(log, told["today"])
        except LawError:
            continue
        yield pytest.param(clock, course(log, clock, calendar()), id=case.id)


WORDS_BELOW = 16
"""What hangs from the line of today or of the due day: words of 12 units, with what goes below their foot."""
of_every_case = pytest.mark.parametrize(("clock", "way"), list(accepted()))


@of_every_case
def test_the_counted_lines_add_up_to_the_last_one(clock, way):
    lines = reckoning(clock, way)
    if clock.left is None or way.standing.deferred or way.standing.closed or not lines:
        return
    total = sum(
        (-(line.days or 0) if line.sign == MINUS else line.days or 0)
        for line in lines
        if line.counted and not line.result
    )
    [last] = [line for line in lines if line.sign == EQUALS]
    assert total == clock.left
    assert last.days == abs(clock.left)


@of_every_case
def test_the_stretches_follow_one_another_without_a_gap(clock, way):
    assert all(one.until == other.after for one, other in pairwise(way.stretches))
    assert all(stretch.after < stretch.until for stretch in way.stretches)


@pytest.mark.parametrize("width", [WIDTH, NARROW])
@of_every_case
def test_everything_drawn_lies_on_the_drawing_and_every_state_has_its_sentence(clock, way, width):
    drawing = draw(clock, way, calendar(), width)
    assert (drawing is None) == (not way.stretches), "no empty drawing"
    assert band(clock, way).words
    if drawing is None:
        return
    for box in (*drawing.boxes, *drawing.rests):
        assert 0 <= box.x <= box.x + box.width <= drawing.width
    for tick in (drawing.today, drawing.due):
        assert tick is None or tick.y + WORDS_BELOW < drawing.height, "words under the line are not cut off"
    for month in drawing.months:
        assert month.x + EDGE <= drawing.width, "the name of the month has room"
    for mark in drawing.marks:
        assert 0 <= mark.x <= drawing.width
        assert 0 < mark.y < drawing.bar


def test_rest_days_are_narrow_and_working_days_equally_wide():
    first = date(2026, 3, 2)
    scale = Scale(first, first + timedelta(13), 100, calendar())
    widths = [round(scale.end(first + timedelta(n)) - scale.begin(first + timedelta(n)), 6) for n in range(14)]
    assert len(set(widths)) == 2
    assert min(widths) == pytest.approx(REST * max(widths))
