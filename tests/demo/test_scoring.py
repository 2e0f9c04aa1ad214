"""Scoring: what counts as right, wrong, invented, unread and excused."""

from __future__ import annotations

from gongkai.annual.report import Cell, Indicator, Report
from gongkai.demo.scoring import Difference, score


def report(**cells):
    return Report(tables={"requests": {name: Cell(value) for name, value in cells.items()}})


TRUTH = report(a=1, b=0, c=None)


def test_everything_right():
    assert score(TRUTH, TRUTH).right == 3
    assert score(TRUTH, TRUTH).share == 1


def test_a_blank_read_as_zero_is_wrong_and_so_is_a_zero_read_as_blank():
    wrong = score(TRUTH, report(a=1, b=None, c=0)).wrong
    assert wrong == (Difference("requests/b", 0, None), Difference("requests/c", None, 0))


def test_what_is_absent_is_unread_unless_nobody_can_know():
    scored = score(TRUTH, report(a=1), {"requests/b"})
    assert (scored.right, scored.unread, scored.excused) == (1, ("requests/c",), 1)
    assert scored.share == 0.5


def test_a_cell_that_nobody_can_know_may_not_be_wrong():
    assert score(TRUTH, report(a=2), {"requests/a"}).wrong


def test_a_number_for_a_row_that_is_not_there_is_invented_but_a_blank_is_not():
    assert score(TRUTH, report(a=1, b=0, c=None, d=7, e=None)).invented == (Difference("requests/d", None, 7),)


def test_no_report_leaves_everything_unread():
    assert len(score(TRUTH, None).unread) == 3


def test_local_tables_are_compared_by_label_without_number():
    truth = Report(indicators=(Indicator("其中：1、网上申请数", "条", Cell(3), cumulative=Cell(9)),))
    read = Report(indicators=(Indicator("①网上申请数", "条", Cell(3), key="received.online", cumulative=Cell(8)),))
    scored = score(truth, read)
    assert scored.right == 1
    assert [fault.wanted for fault in scored.wrong] == [9]


def test_a_local_row_read_twice_in_place_of_another_is_no_fault_of_its_neighbours():
    truth = Report(indicators=tuple(Indicator(label, "件", Cell(value)) for label, value in (("甲数", 1), ("乙数", 2))))
    read = Report(indicators=tuple(Indicator("乙数", "件", Cell(2)) for _ in range(2)))
    scored = score(truth, read)
    assert not scored.faults
    assert [name.rpartition("/")[2] for name in scored.unread] == ["甲数"]
