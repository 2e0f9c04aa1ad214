"""On printed pages the setting tells where paragraphs begin, where it shows that it does."""

from __future__ import annotations

from gongkai.annual.finding import Where
from gongkai.annual.reading.document import Document, Line
from gongkai.annual.reading.words.prose import Prose

EM = 16.0
LEFT = 79.0
FULL = 27
"""Characters of a full line at the margin."""


def line(text: str, indent: float = 0, page: int = 1, shift: float = 0) -> Line:
    """A line of a page, set in by so many characters."""
    left = LEFT + shift + indent * EM
    return Line(text, Where(page=page), words=((left, left + len(text) * EM, text),))


def paragraphs(*lines: Line) -> list[str]:
    return Prose(Document("pdf", lines)).printed.split("\n")


def full(text: str, indent: float = 0) -> str:
    """The text filled up to a full line, its end kept."""
    return "公" * (FULL - int(indent) - len(text)) + text


HABIT = (line(full("甲", 2), 2), line("乙。"))
"""A paragraph that shows how the page is set."""


def test_a_full_stop_at_a_lines_end_does_not_end_the_paragraph_that_goes_on():
    said = paragraphs(line(full("已公开。", 2), 2), line(full("又公开。")), line("再公开。"))
    assert len(said) == 1 and said[0].endswith("又公开。再公开。")


def test_a_line_set_in_begins_a_paragraph_whatever_the_one_before_ends_with():
    first, second, third = paragraphs(*HABIT, line("没有句号的一段", 2), line("下一段。", 2))
    assert (second, third) == ("没有句号的一段", "下一段。") and first.endswith("乙。")


def test_a_short_line_that_ends_with_a_full_stop_ends_its_paragraph():
    assert paragraphs(*HABIT, line("顶格的一段。"), line("顶格的又一段。"))[1:] == ["顶格的一段。", "顶格的又一段。"]


def test_pages_without_indents_are_read_by_their_full_stops():
    assert len(paragraphs(line(full("甲。")), line(full("乙。")), line("丙。"))) == 3


def test_a_numbered_heading_at_the_margin_behind_a_full_line_is_one():
    said = paragraphs(line(full("甲", 2), 2), line(full("乙。")), line("二、主动公开政府信息情况"), line("丙。", 2))
    assert said[1:] == ["二、主动公开政府信息情况", "丙。"]


def test_a_number_in_brackets_that_a_line_begins_with_by_chance_is_no_heading():
    said = paragraphs(line(full("依照第二十条第", 2), 2), line("（一）项公开。"))
    assert len(said) == 1 and said[0].endswith("第二十条第（一）项公开。")


def test_a_line_of_figures_alone_that_ends_a_sentence_is_kept():
    (said,) = paragraphs(line(full("当面提出的占", 2), 2), line("20%。"))
    assert said.endswith("当面提出的占20%。")


def test_a_paragraph_goes_on_over_a_page_that_is_set_off():
    said = paragraphs(
        *HABIT,
        line(full("丙。", 2), 2),
        line(full("丁", 2), 2, page=2, shift=30),
        line(full("戊。"), page=2, shift=30),
        line("己。", page=3),
        line("庚。", 2, page=3),
    )
    assert [text[-2:] for text in said] == ["乙。", "丙。", "己。", "庚。"]
    assert said[2].endswith("戊。己。")
