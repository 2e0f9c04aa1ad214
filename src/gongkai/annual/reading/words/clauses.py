"""A sentence cut into the clauses of its counts: what is said before each number, and what behind it.

「收到申请 95 件（含转来 2 件），办结 94 件」 has three clauses: 收到申请#, 转来#, 办结#.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from gongkai.annual.phrases import wording
from gongkai.annual.reading.words.counts import Count

MARK = "#"
"""Stands for the number and its unit in a clause."""

LONGEST = 80
"""So many characters before a number are looked at."""

_SEPARATORS = "，；。：！？\n"
_BRACKET = re.compile(r"（[^（）]*）")
_QUOTES = re.compile(r"[“”\"‘’《》〈〉「」『』〔〕*]")
_NUMBERING = re.compile(
    r"^(?:\d{1,2}[.．、）]|[①-⑳]|[一二三四五六七八九十]{1,2}(?:是|、)|（[一二三四五六七八九十\d]{1,2}）|、|以及|和|与|及(?!时)|并(?!案))+"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """The clause of one count.

    ``text`` is what patterns are held against; ``phrase`` the counted thing in the report's own words; ``start`` where
    the clause begins in the sentence; ``gap`` what stands between the count before and this one.
    """

    count: Count
    text: str
    phrase: str
    start: int
    gap: str


def clauses(sentence: str, found: Sequence[Count]) -> list[Clause]:
    """The clauses of the counts of a sentence, in order."""
    cuts = _cuts(sentence, found)
    made: list[Clause] = []
    for i, count in enumerate(found):
        last = found[i - 1].end if i else 0
        following = found[i + 1].start if i + 1 < len(found) else len(sentence)
        inside = [cut for cut in cuts if last <= cut < count.start]
        start = inside[-1] + 1 if inside else last
        behind = [cut for cut in cuts if count.end <= cut < following]
        after = sentence[count.end : behind[0]] if behind else ("" if i + 1 < len(found) else sentence[count.end :])
        before = clean(sentence[max(start, count.start - LONGEST) : count.start])
        if not bare_of_fillers(before) and len(inside) > 1 and sentence[inside[-1]] in "，：":
            earlier = inside[-2] + 1  # 「主动公开政府信息，共计 95 条」
            before = clean(sentence[max(earlier, count.start - LONGEST) : count.start])
        elif not bare_of_fillers(before) and len(inside) == 1 and sentence[inside[0]] in "，：" and not clean(after):
            before = clean(sentence[max(last, count.start - LONGEST) : count.start]) if i == 0 else before
        after = clean(after)
        text = bare_of_fillers(before) + MARK + after[:LONGEST]
        made.append(Clause(count, text, _phrase(before, after), start, sentence[last : count.start]))
    return _respectively(sentence, made)


def clean(text: str) -> str:
    """A piece of a sentence without brackets, quotation marks, numbering and words such as 其中 at its head."""
    text = _BRACKET.sub("", text)
    text = re.sub(r"[（）]", "", text)
    text = _QUOTES.sub("", text).strip(" 、，：；")
    while True:
        shorter = _head_words().sub("", _NUMBERING.sub("", text, count=1), count=1).lstrip(" 、，：；")
        if shorter == text:
            return text
        text = shorter


def bare_of_fillers(text: str) -> str:
    """Without the words right before a number that say nothing of what is counted (共, 为, 有, 达 …)."""
    kept = wording().words["no_fillers"]
    while not text.endswith(kept):
        shorter = _fillers().sub("", text)
        if shorter == text:
            break
        text = shorter
    return text


@cache
def _fillers() -> re.Pattern[str]:
    return re.compile(f"(?:{_any_of('fillers')}|，)$")


@cache
def _head_words() -> re.Pattern[str]:
    return re.compile(f"^(?:{_any_of('parts')}|{_any_of('beside')})")


def _any_of(key: str) -> str:
    return "|".join(re.escape(word) for word in sorted(wording().words[key], key=len, reverse=True))


def _cuts(sentence: str, found: Sequence[Count]) -> list[int]:
    """Where clauses end: at separators, at brackets with a count in them, and at the 、 of a list of counts."""
    ends = {count.start: count.end for count in found}
    skipped = _plain_brackets(sentence, found)
    cuts: list[int] = []
    counted = False
    at = 0
    while at < len(sentence):
        if at in skipped:
            at = skipped[at]
            continue
        if at in ends:
            counted, at = True, ends[at]
            continue
        char = sentence[at]
        if char in _SEPARATORS or char in "（）" or (char == "、" and counted):
            cuts.append(at)
            counted = False
        at += 1
    return cuts


def _plain_brackets(sentence: str, found: Sequence[Count]) -> dict[int, int]:
    """The brackets that hold no count: they belong to the words around them."""
    starts = [count.start for count in found]
    brackets = {}
    for match in _BRACKET.finditer(sentence):
        if not any(match.start() < start < match.end() for start in starts):
            brackets[match.start()] = match.end()
    return brackets


def _phrase(before: str, after: str) -> str:
    """The counted thing in the report's own words."""
    shown = bare_of_fillers(before)
    after = "" if after[:1] in ("占", "比") else after[:24]
    if shown and after:
        return f"{shown[-40:]}…{after}"
    return shown[-40:] or after


def _respectively(sentence: str, made: list[Clause]) -> list[Clause]:
    """「自然人、法人申请分别为 5 件、2 件」: each number gets the name in its place, if there are as many of both."""
    words = re.compile(f"(?P<names>[^，；。：（）]*?)(?:{_any_of('respectively')})[^，；。：（）]{{0,6}}$")
    for i, clause in enumerate(made):
        match = words.search(sentence[clause.start : clause.count.start])
        if not match:
            continue
        run = [clause]
        for other in made[i + 1 :]:
            if not re.fullmatch("[、，和及与]", other.gap):
                break
            run.append(other)
        names = [clean(name) for name in re.split("、|和|及|与", match["names"]) if clean(name)]
        for place, one in enumerate(run):
            name = names[place] if len(names) == len(run) else ""
            if len(run) > 1:
                made[i + place] = Clause(one.count, (name or "—") + MARK, name or clean(match[0]), one.start, one.gap)
    return made
