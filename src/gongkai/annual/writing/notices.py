"""What is printed on the face of a report that is written although its check found errors, so that nobody publishes it
by mistake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.annual.finding import Finding
from gongkai.annual.reading.words.notices import BEGIN, END
from gongkai.annual.showing.cleaning import one_line


def notices(errors: Sequence[Finding]) -> tuple[str, ...]:
    """The lines for the face of the paper: that it must not be published, then every error, then where they end.

    Without errors there are none. They stand between two lines by which a reader knows them (``without_notices``).
    """
    return tuple(_lines(errors)) if errors else ()


def _lines(errors: Sequence[Finding]) -> Iterator[str]:
    yield BEGIN
    yield f"本报告核对未通过，共有{len(errors)}处错误，改正并重新核对后方可公布："
    for number, error in enumerate(errors, 1):
        basis = f"（依据：{error.basis}）" if error.basis else ""
        yield one_line(f"{number}．{error.message}{basis}")
    yield END
