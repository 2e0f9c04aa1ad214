"""What a number counts: a clause held against the phrases of text.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from gongkai.annual.phrases import Phrase, phrases, wording
from gongkai.annual.reading.words.clauses import MARK

OWN, LAST, NEXT, OTHER = "", "上年", "下年", "某年"
"""How a year is written in a clause: the report's own is left out."""

CLAUSES = 16
"""So many clauses are remembered with what they speak of: a sentence's clauses are held against many phrases."""

_RANGE = re.compile(
    r"(?<!\d)(?:19|20)\d\d年?(?:[-—–~至到])(?:19|20)\d\d年?度?|(?<!\d)(?:19|20)\d\d[-—–/](?:19|20)\d\d年?"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?:度)?(?:以来)?")
_WHOLE_YEAR = re.compile(
    r"((?:19|20)\d\d年)?1月(?:1日|份)?(?:至|到|-|—|–|~|～)(?:\1)?12月(?:31日|底|份)?|(?<=年)(?:底|末|12月(?:31日|底))|12月31日|12月底"
)
_PART_OF_YEAR = re.compile(r"(?:\d{1,2}[-—–~至到])?(?<!\d)\d{1,2}月(?:份|底|初)?(?:\d{1,2}日)?")
_AROUND = re.compile(f"{LAST}|{NEXT}|{OTHER}")


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a clause: the nearest matter before it, all matters around it, the words before it in its
    sentence, whether the words before speak of another year, and the names of the number it is a part of."""

    topic: str | None
    within: frozenset[str]
    lead: str = ""
    year: str = OWN
    whole: str | None = None


def name(text: str, unit: str, setting: Setting) -> Phrase | None:
    """The phrase that the clause says, or None if it is none of them, or of another year, or of a part of the house."""
    before, _, _ = text.partition(MARK)
    if any(word in before for word in wording().words["narrower"]):
        return None
    topic = topic_of(text) or setting.topic
    within = setting.within | topics_in(text)
    of_own_year = setting.year == OWN and not _AROUND.search(text)
    for phrase in _counted_in(unit):
        if phrase.topic and topic not in phrase.topic:
            continue
        if phrase.within and not phrase.within & within:
            continue
        if not _belongs(phrase, setting):
            continue
        fitting = [pattern for pattern in phrase.patterns if pattern.search(text)]
        if not fitting or any(pattern.search(text) for pattern in phrase.unless):
            continue
        # 上年结转 and 结转下年 belong to the report's year; any other count of another year does not
        if of_own_year or (setting.year == OWN and any(_AROUND.search(pattern.pattern) for pattern in fitting)):
            return phrase
    return None


def none_of(clause: str, setting: Setting) -> Phrase | None:
    """The phrase that a clause without a number says there was none of (未收到政府信息公开申请), or None."""
    if setting.year != OWN or _AROUND.search(clause):
        return None
    for phrase in _said_to_be_none():
        if not any(pattern.search(clause) for pattern in phrase.none):
            continue
        if not phrase.within or phrase.within & (setting.within | topics_in(clause)):
            return phrase
    return None


@lru_cache(maxsize=CLAUSES)
def topic_of(text: str) -> str | None:
    """The matter that a clause speaks of: the nearest word before the number, else the first behind it."""
    before, _, after = text.partition(MARK)
    found = topics_at(before)[-1:] or topics_at(after)[:1]
    return found[0][1] if found else None


def topics_at(text: str) -> list[tuple[int, str]]:
    """Where words end that name a matter, and the matter, from left to right."""
    return [(match.end(), match.lastgroup) for match in _topics().finditer(text) if match.lastgroup]


@lru_cache(maxsize=CLAUSES)
def topics_in(text: str) -> frozenset[str]:
    """All matters that a text speaks of."""
    found = {match.lastgroup for match in _topics().finditer(text)}
    found |= {topic.name for topic in wording().topics if topic.background and _background(topic.name).search(text)}
    return frozenset(one for one in found if one)


def in_years(text: str, year: int | None) -> str:
    """The text with every year as it stands to the report's year: left out, 上年, 下年 or 某年."""

    def written(match: re.Match[str]) -> str:
        if year is None:
            return OTHER
        return {0: OWN, -1: LAST, 1: NEXT}.get(int(match[1]) - year, OTHER)

    text = _PART_OF_YEAR.sub(OTHER, _YEAR.sub(written, _RANGE.sub(OTHER, _WHOLE_YEAR.sub(_first_year, text))))
    text = _words("other_times").sub(OTHER, text)
    for words, written_as in (("last_year", LAST), ("next_year", NEXT), ("this_year", OWN)):
        text = _words(words).sub(written_as, text)
    return text


def years_named(text: str, year: int | None, head: int | None = None) -> tuple[str, int | None]:
    """The year that the last year word of a text names, as in ``in_years``, and as a number where there is one.

    ``head``: only so many characters are looked at.
    """
    text = _WHOLE_YEAR.sub(_first_year, text[:200])[:head]
    named, number, at = OWN, None, -1
    for match in _YEAR.finditer(text):
        offset = None if year is None else int(match[1]) - year
        named, number, at = (
            {0: OWN, -1: LAST, 1: NEXT}.get(offset, OTHER) if offset is not None else OTHER,
            int(match[1]),
            match.start(),
        )
    for match in _RANGE.finditer(text):
        if match.end() >= at:
            named, number, at = OTHER, None, match.start()
    for words, written_as, step in (("last_year", LAST, -1), ("next_year", NEXT, 1), ("this_year", OWN, 0)):
        for match in _words(words).finditer(text):
            if match.start() > at:
                named, number, at = written_as, None if year is None else year + step, match.start()
    if _PART_OF_YEAR.search(text, max(at, 0)) or _words("other_times").search(text, max(at, 0)):
        named = OTHER
    return named, number


def _first_year(match: re.Match[str]) -> str:
    return match[1] or ""


def _belongs(phrase: Phrase, setting: Setting) -> bool:
    if phrase.not_part_of and setting.whole in phrase.not_part_of:
        return False
    if phrase.part_of and setting.whole not in phrase.part_of:
        return any(pattern.search(setting.lead) for pattern in phrase.lead)
    return True


@cache
def _topics() -> re.Pattern[str]:
    groups = [
        f"(?P<{topic.name}>{'|'.join(f'(?:{w})' for w in topic.words)})"
        for topic in wording().topics
        if not topic.background
    ]
    return re.compile("|".join(re.sub(r"(?<!\\)\((?!\?)", "(?:", group) for group in groups))


@cache
def _background(topic: str) -> re.Pattern[str]:
    return re.compile("|".join(word for one in wording().topics if one.name == topic for word in one.words))


@cache
def _counted_in(unit: str) -> tuple[Phrase, ...]:
    """The phrases whose figures may have that unit, in the order in which they are tried."""
    return tuple(phrase for phrase in phrases().values() if not phrase.units or unit in phrase.units)


@cache
def _said_to_be_none() -> tuple[Phrase, ...]:
    """The phrases of which a text can say in words that there were none."""
    return tuple(phrase for phrase in phrases().values() if phrase.none)


@cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(wording().words[key], key=len, reverse=True)))
