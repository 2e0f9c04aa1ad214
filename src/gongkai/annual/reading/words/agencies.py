"""Names of bodies in the text of a report: what may be one, and whose report the text says it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from gongkai.annual.phrases import wording

LONGEST = 45
"""A body's name has at most so many characters."""

_NAME = r"[\u4e00-\u9fff（）()·A-Za-z]"
_NEVER = re.compile(r"[，。；：！？“”\"《》|>＞]|政府信息公开|如有|根据|按照|统计(?!局)|本报告|年度|我们")


def plausible(name: str) -> bool:
    """Whether a text may be the name of a body: 某某局, 某某人民政府办公室, not a sentence or a heading."""
    return 3 < len(name) <= LONGEST and not _NEVER.search(name) and bool(_body_end().search(name))


def is_area(name: str) -> bool:
    """Whether a name is only a place (某某区), so that the body itself is still to be told."""
    return bool(_area_end().search(name)) and not _body_end().search(name)


def body(name: str) -> str:
    """The name with usual short forms written out (管委会 is 管理委员会)."""
    for short_form in wording().identity["short_forms"]:
        short, _, full = short_form.partition("=")
        if name.endswith(short):
            name = name[: -len(short)] + full
    return name.strip("·")


def completed(area: str, text: str) -> str | None:
    """The body that the text names for a place (某某区 → 某某区管理委员会), if it names exactly one.

    ``text`` has no blanks. Also 「区管委会办公室编制完成了本报告」 names it.
    """
    words = wording().identity
    bodies, party = "|".join(words["area_bodies"]), "|".join(words["party"])
    found = {match[1] for match in re.finditer(f"{re.escape(area)}(?:{party})?({bodies})", text)}
    if not found:
        found = {
            match[1] for match in re.finditer(f"[，。、；]{area[-1]}({bodies})[^，。；]{{0,6}}(?:编制|编写)", text)
        }
    named = {body(area + one) for one in found}
    return named.pop() if len(named) == 1 else None


def compiled_by(text: str) -> str | None:
    """The body that a text without blanks says compiled the report (本报告由…编制), if it says one."""
    found = set()
    for wanted in wording().identity["compiled"]:
        pattern = wanted.replace("X", rf"(?P<name>{_NAME}{{4,{LONGEST}}}?)")
        for match in re.finditer(pattern, text[:3000]):
            name = _without_lead(match["name"])
            if plausible(name) and not name.startswith(("我", "本")):
                found.add(body(name))
    return found.pop() if len(found) == 1 else None


def issued_by(lines: Iterable[str]) -> str | None:
    """The body that a page's head names as the one that issued it (发布机构：…), if it names one."""
    labels = "|".join(wording().identity["issuers"])
    pattern = re.compile(rf"(?:{labels})[〕】\]]?\s*[：:]?\s*({_NAME}{{4,{LONGEST}}})")
    lines = list(lines)
    found = set()
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        match = pattern.search(line) or (
            re.fullmatch(rf"(?:{labels})\s*[：:]?\s*", line)
            and re.fullmatch(rf"\s*({_NAME}{{4,{LONGEST}}})\s*", following)
        )
        if match and plausible(match[1]):
            found.add(body(match[1]))
    return found.pop() if len(found) == 1 else None


def spoken_of_twice(lines: Iterable[str]) -> str | None:
    """The body that a page's head names in two of these: 来源：…, 请与…联系, …网站; one may be another's."""
    text = "".join(re.sub(r"\s", "", line) + "\n" for line in lines)[:4000]
    places = [
        {_without_lead(match[1]) for match in re.finditer(pattern, text)} for pattern in wording().identity["spoken_of"]
    ]
    names = {name for place in places for name in place if plausible(name)}
    twice = {name for name in names if sum(any(one.startswith(name) for one in place) for place in places) > 1}
    return body(twice.pop()) if len(twice) == 1 else None


def _without_lead(name: str) -> str:
    """A name without words that run into it from the sentence before."""
    lead = "|".join(re.escape(word) for word in wording().identity["cut_behind"])
    return re.split(rf"(?:{lead}|由|要求|规定|精神)", name)[-1]


@cache
def _body_end() -> re.Pattern[str]:
    words = wording().identity
    ends = sorted({*words["bodies"], *words["area_bodies"]}, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(ends)})(?:（[^（）]{{2,20}}）)?$")


@cache
def _area_end() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(sorted(wording().identity['areas'], key=len, reverse=True))})$")
