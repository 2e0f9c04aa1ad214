"""Figures of the text against one another: parts against their whole, percentages against parts and whole (X-2)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from gongkai.annual.checking.common import Both, joined, rule
from gongkai.annual.checking.sentences import figure as digits
from gongkai.annual.finding import Finding, Number
from gongkai.annual.phrases import wording
from gongkai.annual.report import Figure, Report


def check(report: Report) -> list[Finding]:
    """Every list of parts in the text. A list with a part or a percentage that cannot be is not added up as well.

    Nothing is said where another figure of the text explains what does not fit: then that one may be the whole.
    """
    found = []
    for one in _lists(report.narrative.figures):
        found += (_larger_than_whole(report, one) + _wrong_percentages(report, one)) or _sums(report, one)
    return found


@dataclass(frozen=True)
class _List:
    """A figure of the text with the figures that are its parts, and the percentages printed with these."""

    figures: Sequence[Figure]
    at: int
    parts_at: Sequence[int]
    percents_at: Sequence[int]

    @property
    def whole(self) -> Figure:
        return self.figures[self.at]

    @property
    def parts(self) -> list[Figure]:
        return [self.figures[at] for at in self.parts_at]

    @property
    def percents(self) -> list[Figure]:
        return [self.figures[at] for at in self.percents_at]

    def shares(self) -> Iterator[tuple[int, Figure, Figure]]:
        """Each percentage right behind a part, with that part and its place."""
        for at in self.percents_at:
            if at - 1 in self.parts_at:
                yield at - 1, self.figures[at - 1], self.figures[at]

    def others(self, start: int, stop: int) -> Iterator[Figure]:
        """The other counts of the text from ``start`` to ``stop`` that might be the whole instead, by their unit."""
        for other in (self.figures[at] for at in range(start, stop) if at != self.at):
            if not other.percent and other.unit == self.whole.unit:
                yield other

    def says(self) -> dict[str, object]:
        """The whole in words."""
        return {"whole": self.whole.phrase, "total": digits(self.whole.value), "unit": self.whole.unit}


def _lists(figures: Sequence[Figure]) -> Iterator[_List]:
    for at, whole in enumerate(figures):
        direct = [index for index, one in enumerate(figures) if one.whole == at]
        if not direct or whole.percent:
            continue
        parts = [index for index in direct if not figures[index].percent]
        percents = [index for index in direct if figures[index].percent]
        percents += [i for i, one in enumerate(figures) if one.percent and one.whole in parts and one.whole == i - 1]
        yield _List(figures, at, parts, sorted(percents))


def _larger_than_whole(report: Report, one: _List) -> list[Finding]:
    found = []
    for at in one.parts_at:
        part = one.figures[at]
        if part.value <= one.whole.value or not _same_unit(part, one.whole) or not _exact(part, one.whole):
            continue
        nearer = [other for other in one.others(one.at, at) if other.whole != one.at]
        if not any(other.value >= part.value for other in nearer):
            fields = {**one.says(), "part": part.phrase}
            expected, actual = one.whole.value, part.value
            found.append(rule("X-2b").finding(report, fields, expected=expected, actual=actual, where=part.where))
    return found


def _wrong_percentages(report: Report, one: _List) -> list[Finding]:
    """Percentages that are neither the rounded nor the cut-off quotient of part and whole."""
    found = []
    for at, part, percent in one.shares():
        if part.value > one.whole.value or not _exact(part, one.whole, percent) or not _same_unit(part, one.whole):
            continue
        if any(_is_share(part, whole, percent) for whole in (one.whole, *one.others(0, at))) or not one.whole.value:
            continue
        quotient = Decimal(part.value) * 100 / Decimal(one.whole.value)
        expected = quotient.quantize(max(min(_last_place(percent), Decimal(1)), _FINEST), ROUND_HALF_UP)
        fields = {**one.says(), "part": part.phrase, "value": digits(part.value)}
        found.append(rule("X-2c").finding(report, fields, expected=expected, actual=percent.value, where=percent.where))
    return found


_FINEST = Decimal("0.000001")


def _is_share(part: Figure, whole: Figure, percent: Figure) -> bool:
    """Whether the percentage is the quotient of part and whole, rounded or cut off (or made to add up to 100)."""
    if whole.value <= 0:
        return False
    quotient = Decimal(part.value) * 100 / Decimal(whole.value)
    return abs(quotient - Decimal(percent.value)) < _last_place(percent)


def _last_place(percent: Figure) -> Decimal:
    exponent = Decimal(percent.value).as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _sums(report: Report, one: _List) -> list[Finding]:
    """Lists that are complete but do not add up: the parts to the whole, the percentages to 100."""
    if not _complete(one) or _overlapping(one):
        return []
    found = []
    whole, parts = one.whole, one.parts
    if len(parts) > 1 and _exact(whole, *parts) and all(_same_unit(part, whole) for part in parts):
        total = sum(part.value for part in parts)
        sure = total > whole.value or _all_read(one)
        another = any(other.value == total for other in one.others(0, one.parts_at[0]))
        if total != whole.value and sure and not another:
            listed = joined([_named(part.phrase, part.value) for part in parts], "plus")
            fields = {**one.says(), "sum": digits(total), "parts": listed}
            found.append(rule("X-2").finding(report, fields, expected=total, actual=whole.value, where=whole.where))
    shares = one.percents
    if len(shares) > 1 and _exact(*shares) and not found:
        total = sum(percent.value for percent in shares)
        allowed = sum(_last_place(percent) for percent in shares)
        too_many, too_few = total - 100 > allowed, 100 - total > allowed
        if too_many or (too_few and len(shares) >= len(parts) and _all_read(one)):
            listed = joined([_named(share.phrase, share.value, "%") for share in shares], "plus")
            fields = {**one.says(), "parts": listed}
            found.append(rule("X-2d").finding(report, fields, actual=total, expected=100, where=shares[0].where))
    return found


def _named(phrase: str, value: Number, unit: str = "") -> Both:
    return Both(f"{phrase} {digits(value)}{unit}", f"{phrase} {digits(value)}{unit}")


def _complete(one: _List) -> bool:
    """Whether the list says of itself that it names everything: it ends with the rest, or its shares make 100 %."""
    settings = rule("X-2").settings
    for part in one.parts or one.percents:
        if part.phrase.startswith(tuple(settings["rest"])) and not part.phrase.startswith(tuple(settings["not_rest"])):
            return True
    shares = [percent for _, _, percent in one.shares()]
    if len(shares) < 2 or len(shares) != len(one.parts):
        return False
    total = sum((Decimal(share.value) for share in shares), Decimal(0))
    return abs(total - 100) <= sum(_last_place(share) for share in shares)


def _overlapping(one: _List) -> bool:
    """Whether one thing may be counted in several parts: the same item on the website and in the gazette."""
    values = [part.value for part in one.parts]
    if one.whole.value in values and sum(values) > one.whole.value:
        return True
    words = rule("X-2").settings["overlapping"]
    return any(word in part.phrase for part in one.parts for word in words)


_NUMBER = re.compile(r"\d+(?:\.\d+)?(?![\d.]*年)(?!\d*[.．、)）]\D)")
"""A number that counts: no year (2023年) and no mark of a list (1.、2）)."""


def _all_read(one: _List) -> bool:
    """Whether every number of the list's sentence is among the figures, so that no part of the list was overlooked."""
    sentence = one.whole.sentence.replace(",", "").replace(" ", "")
    read = Counter(digits(other.value) for other in one.figures if other.sentence == one.whole.sentence)
    return Counter(_NUMBER.findall(sentence)) <= read


def _exact(*figures: Figure) -> bool:
    return not any(one.approximate for one in figures)


def _same_unit(one: Figure, other: Figure) -> bool:
    return one.unit == other.unit or any({one.unit, other.unit} <= units for units in wording().addable)
