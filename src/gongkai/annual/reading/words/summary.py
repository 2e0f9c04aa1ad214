"""The figures of the running text by name, as the JSON shows them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from gongkai.annual.finding import Number, plain
from gongkai.annual.phrases import Phrase, phrases, wording
from gongkai.annual.report import Figure

OWN_WORDS = "*"
"""The key of phrases whose figures are listed by the report's own words."""

_TAIL = re.compile(r"(?:(?:公开)?政府)?信息$")


def summary(figures: Sequence[Figure]) -> dict[str, Any]:
    """Named figures by name: ``{"published": 591, "published_by_kind": {"动态类": 371, …}, "fees_yuan": 0, …}``.

    Of several figures of one name the first counts. Percentages and approximate figures are left out. Money is in yuan.
    """
    found: dict[str, Any] = {}
    for figure in figures:
        if figure.what is None or figure.percent or figure.approximate:
            continue
        phrase = phrases()[figure.what]
        value = plain(_in_yuan(figure))
        if phrase.group is None:
            found.setdefault(figure.what, value)
        else:
            found.setdefault(phrase.group, {}).setdefault(_key(phrase, figure), value)
    return found


def _key(phrase: Phrase, figure: Figure) -> str:
    if phrase.key != OWN_WORDS:
        return phrase.key or phrase.what
    words = figure.phrase.split("…")[0]
    return _TAIL.sub("", words) or words


def _in_yuan(figure: Figure) -> Number:
    money = wording().money
    if figure.unit in money and money[figure.unit] != 1:
        return Decimal(figure.value) * money[figure.unit]
    return figure.value
