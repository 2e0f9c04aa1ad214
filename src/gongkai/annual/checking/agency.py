"""Agencies' names: one spelling for one name, which kind of agency it is, which place it belongs to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from gongkai.annual.checking.common import common

_SPACE = re.compile(r"\s+")
_PLACE_ENDS = frozenset("省市县区旗州盟镇乡")
_GOVERNMENT = re.compile(r"(?<=[省市县区旗州镇乡])政府")


@lru_cache(maxsize=65536)
def full_name(name: str) -> str:
    """The name in one spelling, without spaces and with short forms written out (管委会 → 管理委员会)."""
    name = _SPACE.sub("", unicodedata.normalize("NFKC", name))
    name = _GOVERNMENT.sub("人民政府", name)
    for short, full in common().names.full:
        if name.endswith(short):
            return name[: -len(short)] + full
    for short, full in common().names.departments:
        if name.endswith(short) and name[-len(short) - 1 : -len(short)] in _PLACE_ENDS:
            return name[: -len(short)] + full
    return name


def kind(name: str | None) -> str | None:
    """``department``, ``county``, ``township``, ``area`` or ``central``, as the name says; None where it does not."""
    if not name:
        return None
    full = full_name(name)
    return next((known for known, pattern in common().names.kinds if pattern.search(full)), None)


def places(name: str) -> tuple[str, ...]:
    """The places at the front of a name, from large to small: 云岭省、青禾市、澄江区."""
    found: list[str] = []
    at = 0
    pattern = common().names.places
    while (match := pattern.match(name, at)) and not any(word in match[0] for word in common().names.no_places):
        found.append(match[0])
        at = match.end()
    return tuple(found)


def same_agency(names: Iterable[str]) -> dict[str, str]:
    """For each name the one by which its agency goes here: its full spelling with the places known from the others.

    A name without its province or city is that of a longer one only if exactly one of the names given can be meant and
    what it lacks are places: 澄江区数据局 is 青禾市澄江区数据局 unless 南溪市澄江区数据局 stands beside it.
    """
    spelled = {name: full_name(name) for name in names}
    known = set(spelled.values())
    by_tail: dict[str, list[str]] = {}
    for long in known:
        at = 0
        for place in places(long):
            at += len(place)
            if long[at:] in known:
                by_tail.setdefault(long[at:], []).append(long)
    return {name: _longest(full, by_tail) for name, full in spelled.items()}


def _longest(full: str, by_tail: dict[str, list[str]]) -> str:
    if not places(full):
        return full
    longer = sorted(by_tail.get(full, []), key=len)
    if longer and all(longer[-1].endswith(other) for other in longer):
        return longer[-1]
    return full


def elsewhere(agency: str, other: str) -> bool:
    """Whether the other name surely belongs to another place: both name a place of the same rank and these differ.

    The office of a government, its leading group or a higher or lower authority of the same area is not elsewhere; nor
    is a place under a shorter name (经开区 for 经济技术开发区) or one that was a county before it was a district.
    """
    mine, theirs = (_ranks(places(full_name(name))) for name in (agency, other))
    ranks = mine.keys() & theirs.keys()
    if not (_COUNTY in mine and _COUNTY in theirs):
        ranks -= {_CITY}  # a city may stand under a city: 昆山市 under 苏州市
    return any(not within(mine[rank], theirs[rank]) and not within(theirs[rank], mine[rank]) for rank in ranks)


def within(short: str, long: str) -> bool:
    """Whether the characters of the one stand in the other, in that order: 科工信 in 科技和工业信息化."""
    rest = iter(long)
    return all(char in rest for char in short)


_CITY, _COUNTY = 2, 3
_RANKS = {"省": 1, "自治区": 1, "市": _CITY, "州": _CITY, "盟": _CITY, "地区": _CITY}
_RANKS |= {"县": _COUNTY, "区": _COUNTY, "旗": _COUNTY, "镇": 4, "乡": 4, "街道": 4}


def _ranks(names: tuple[str, ...]) -> dict[int, str]:
    """The places without their endings by rank; a city under a city has the rank of a county."""
    ranked: dict[int, str] = {}
    for name in names:
        end = max((end for end in _RANKS if name.endswith(end)), key=len)
        rank = _RANKS[end] + (end == "市" and _CITY in ranked)
        ranked.setdefault(rank, name[: -len(end)])
    return ranked
