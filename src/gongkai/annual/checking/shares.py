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
    """Every list of parts in the text. A list with a part or a percentage that cannot be is not added up as well."""
    found = []
    for one in _lists(report.narrative.figures):
        found += (_larger_than_whole(report, one) + _wrong_percentages(report, one)) or _sums(report, one)
    return found


@dataclass(frozen=True)
class _List:
    """A figure with the figures that are its parts, and the percentages that were printed with these."""

    whole: Figure
    parts: Sequence[Figure]
    percents: Sequence[tuple[Figure | None, Figure]]
    """Each percentage with the part that it belongs to, where that is sure."""
    said: Counter[str]
    """All figures of the whole's sentence, in digits."""


def _lists(figures: Sequence[Figure]) -> Iterator[_List]:
    for at, whole in enumerate(figures):
        direct = [index for index, one in enumerate(figures) if one.whole == at]
        if not direct or whole.percent:
            continue
        parts = [index for index in direct if not figures[index].percent]
        percents = [index for index in direct if figures[index].percent]
        percents += [i for i, one in enumerate(figures) if one.percent and one.whole in parts and one.whole == i - 1]
        owned = [(figures[i - 1] if i - 1 in parts else None, figures[i]) for i in sorted(percents)]
        said = Counter(digits(other.value) for other in figures if other.sentence == whole.sentence)
        yield _List(whole, [figures[index] for index in parts], owned, said)


def _larger_than_whole(report: Report, one: _List) -> list[Finding]:
    whole = one.whole
    return [
        rule("X-2b").finding(
            report,
            {"whole": whole.phrase, "total": digits(whole.value), "unit": whole.unit, "part": part.phrase},
            expected=whole.value,
            actual=part.value,
            where=part.where,
        )
        for part in one.parts
        if part.value > whole.value and _same_unit(part, whole) and _exact(part, whole)
    ]


def _wrong_percentages(report: Report, one: _List) -> list[Finding]:
    """Percentages that are neither the rounded nor the cut-off quotient of part and whole."""
    found = []
    whole = one.whole
    for part, percent in one.percents:
        if part is None or whole.value <= 0 or part.value > whole.value:
            continue
        if not _exact(part, whole, percent) or not _same_unit(part, whole):
            continue
        quotient = Decimal(part.value) * 100 / Decimal(whole.value)
        if abs(quotient - Decimal(percent.value)) >= _last_place(percent):
            expected = quotient.quantize(min(_last_place(percent), Decimal(1)), ROUND_HALF_UP)
            fields: dict[str, object] = {"whole": whole.phrase, "total": digits(whole.value), "unit": whole.unit}
            fields |= {"part": part.phrase, "value": digits(part.value)}
            found.append(
                rule("X-2c").finding(report, fields, expected=expected, actual=percent.value, where=percent.where)
            )
    return found


def _last_place(percent: Figure) -> Decimal:
    exponent = Decimal(percent.value).as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _sums(report: Report, one: _List) -> list[Finding]:
    """Lists that are complete but do not add up: the parts to the whole, the percentages to 100."""
    found = []
    whole = one.whole
    if not _complete(one) or _overlapping(one):
        return []
    fields: dict[str, object] = {"whole": whole.phrase, "total": digits(whole.value), "unit": whole.unit}
    if len(one.parts) > 1 and _exact(whole, *one.parts):
        total = sum(part.value for part in one.parts)
        sure = total > whole.value or _all_read(one)
        if total != whole.value and sure and all(_same_unit(part, whole) for part in one.parts):
            listed = joined([_named(part.phrase, part.value) for part in one.parts], "plus")
            fields |= {"sum": digits(total), "parts": listed}
            found.append(rule("X-2").finding(report, fields, expected=total, actual=whole.value, where=whole.where))
    shares = [percent for _, percent in one.percents]
    if len(shares) > 1 and _exact(*shares) and not found:
        total = sum(percent.value for percent in shares)
        allowed = sum(_last_place(percent) for percent in shares)
        too_many, too_few = total - 100 > allowed, 100 - total > allowed
        if too_many or (too_few and len(shares) >= len(one.parts) and _all_read(one)):
            listed = joined([_named(share.phrase, share.value, "%") for share in shares], "plus")
            fields |= {"parts": listed}
            found.append(rule("X-2d").finding(report, fields, actual=total, expected=100, where=shares[0].where))
    return found


def _named(phrase: str, value: Number, unit: str = "") -> Both:
    return Both(f"{phrase} {digits(value)}{unit}", f"{phrase} {digits(value)}{unit}")


def _complete(one: _List) -> bool:
    """Whether the list says of itself that it names everything: it ends with the rest, or its shares make 100 %."""
    settings = rule("X-2").settings
    for part in one.parts or [share for _, share in one.percents]:
        if part.phrase.startswith(tuple(settings["rest"])) and not part.phrase.startswith(tuple(settings["not_rest"])):
            return True
    shares = [percent for part, percent in one.percents if part is not None]
    if len(shares) < 2 or len(shares) != len(one.parts):
        return False
    total = sum((Decimal(share.value) for share in shares), Decimal(0))
    return abs(total - 100) <= sum(_last_place(share) for share in shares)


def _overlapping(one: _List) -> bool:
    """Whether one thing may be counted in several parts: the same item on the website and in the gazette."""
    if (
        any(part.value == one.whole.value for part in one.parts)
        and sum(part.value for part in one.parts) > one.whole.value
    ):
        return True
    words = rule("X-2").settings["overlapping"]
    return any(word in part.phrase for part in one.parts for word in words)


_NUMBER = re.compile(r"\d+(?:\.\d+)?(?![\d.]*年)(?!\d*[.．、)）]\D)")
"""A number that counts: no year (2023年) and no mark of a list (1.、2）)."""


def _all_read(one: _List) -> bool:
    """Whether every number of the list's sentence is among the figures, so that no part of the list was overlooked."""
    sentence = one.whole.sentence.replace(",", "").replace(" ", "")
    return Counter(_NUMBER.findall(sentence)) <= one.said


def _exact(*figures: Figure) -> bool:
    return not any(one.approximate for one in figures)


def _same_unit(one: Figure, other: Figure) -> bool:
    return one.unit == other.unit or any({one.unit, other.unit} <= units for units in wording().addable)
