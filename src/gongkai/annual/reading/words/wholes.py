"""Which number of a sentence is a part of which: 其中, brackets, lists behind a colon, shares (占…%).

Only what is clearly said makes a part. Where 其中 may refer to either of two numbers, the sum of the list decides; if
it fits neither, the parts stay without a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from gongkai.annual.phrases import wording
from gongkai.annual.reading.words.clauses import Clause
from gongkai.annual.reading.words.counts import Count

_CLOSED = re.compile(r"（[^（）]*）")
_STRENGTH = {"、": 1, "，": 2, "；": 3}


@dataclass(slots=True)
class _List:
    """A list of parts being read: to which counts it may belong, its items, and what separates them."""

    candidates: list[int]
    said: bool
    bracket: bool = False
    items: list[int] = field(default_factory=list)
    separator: str = ""
    over: bool = False
    outer: _List | None = None


def wholes(made: Sequence[Clause], before: Sequence[int] = (), counts_before: Sequence[Count] = ()) -> list[int | None]:
    """For each clause of a sentence the index of the one that it is a part of.

    ``before`` are the indices (negative) under which the counts of the sentence before are known, ``counts_before``
    those counts: a sentence that begins with 其中 speaks of them.
    """
    reader = _Reader(made, dict(zip(before, counts_before, strict=True)))
    for i in range(len(made)):
        reader.read(i)
    return reader.finished()


def shares(gap: str) -> bool:
    """Whether the words before a percentage say that it is a share (占) of a whole."""
    return bool(_share().search(gap))


class _Reader:
    def __init__(self, made: Sequence[Clause], before: dict[int, Count]) -> None:
        self.made = made
        self.before = before
        self.open: list[_List] = []
        self.done: list[_List] = []
        self.segment: list[int] = []
        self.unread = 0  # brackets opened before a percentage: 公开6件（占86%）

    def count(self, index: int) -> Count:
        return self.made[index].count if index >= 0 else self.before[index]

    def read(self, i: int) -> None:
        clause = self.made[i]
        if clause.count.percent:
            opened = clause.gap.count("（") - clause.gap.count("）")
            self.unread += max(0, opened)
            self.leave_brackets(-opened)
            return
        self.walk(clause.gap, i)
        if self.open:
            if not self.open[-1].over:
                self.open[-1].items.append(i)
        else:
            self.segment.append(i)

    def walk(self, gap: str, i: int) -> None:
        """Goes through the words between two counts: what they close and what they open."""
        previous = next((j for j in range(i - 1, -1, -1) if not self.made[j].count.percent), None)
        gap = _CLOSED.sub(lambda match: "·" * len(match[0]), gap)
        opens = _opens().search(gap)
        after_share = i > 0 and self.made[i - 1].count.percent
        at = 0
        while at < len(gap):
            char = gap[at]
            if char == "（":
                nearest = not re.search("[，；。：、）]", gap[:at].lstrip("，")) and not after_share
                self.open.append(_List([previous] if nearest and previous is not None else [], False, bracket=True))
            elif char == "）":
                self.leave_brackets(1)
            elif char in _STRENGTH:
                self.separate(char, opens is not None and opens.start() - at in (1, 2))
            elif (
                char == "："
                and previous is not None
                and not opens
                and not re.search("[，；。]", gap[:at])
                and not after_share
            ):
                self.open.append(_List([previous], said=False))
            at += 1
        if previous is not None and not opens and not after_share and not self.open and _among().match(gap):
            self.open.append(_List([previous], said=True))  # 办结的 12 件中，予以公开 8 件，…
        elif opens:
            self.open_list(previous, gap[: opens.start()])
        elif _beside().search(gap) and self.open:
            self.open[-1].over = True

    def open_list(self, previous: int | None, ahead: str) -> None:
        if self.open and self.open[-1].bracket and not self.open[-1].items:
            self.open[-1].said = True  # 3050件（含上年结转34件）
            return
        if previous is None:
            candidates = list(self.before)[::-1] if not ahead.strip() else []
        elif self.open:
            candidates = [previous]
        else:
            candidates = [previous, *(j for j in reversed(self.segment) if j != previous)]
        self.open.append(_List(candidates, said=True, outer=self.open[-1] if self.open else None))

    def separate(self, char: str, list_follows: bool) -> None:
        """A separator closes the lists whose items are separated by a weaker one."""
        while self.open and not self.open[-1].bracket:
            innermost = self.open[-1]
            if innermost.separator and _STRENGTH[char] > _STRENGTH[innermost.separator]:
                self.done.append(self.open.pop())
                continue
            if not innermost.separator and innermost.items and not list_follows:
                if char == "；" and any(other.separator in ("", "；") and other.items for other in self.open[:-1]):
                    # 「…；不予公开 2 宗，其中甲 2 宗；无法提供…」: a list of one item inside a list
                    self.done.append(self.open.pop())
                    continue
                innermost.separator = char
            break
        if char == "；" and not self.open:
            self.segment = []

    def leave_brackets(self, times: int) -> None:
        for _ in range(max(0, times)):
            if self.unread:
                self.unread -= 1
                continue
            while any(one.bracket for one in self.open):
                last = self.open.pop()
                self.done.append(last)
                if last.bracket:
                    break

    def finished(self) -> list[int | None]:
        found: list[int | None] = [None] * len(self.made)
        for one in [*self.done, *reversed(self.open)]:
            whole = self.whole(one)
            if whole is None:
                continue
            for item in self.belonging(one, whole):
                found[item] = whole
        return found

    def whole(self, one: _List) -> int | None:
        """The count that a list's items are parts of, or None if that is not clear."""
        candidates = [
            index
            for index in one.candidates
            if any(same_units(self.count(index), self.count(item)) for item in one.items)
        ]
        fitting = [index for index in candidates if self.fits(one, index)]
        if fitting:
            return fitting[0]
        if len(candidates) != 1 or (not one.said and len(one.items) < 2):
            return None
        return candidates[0]

    def fits(self, one: _List, whole: int) -> bool:
        return sum(self.count(item).value for item in self.belonging(one, whole)) == self.count(whole).value

    def belonging(self, one: _List, whole: int) -> list[int]:
        """The items that are counted like the whole; where the first of them already make it up, only those."""
        items = [item for item in one.items if same_units(self.count(item), self.count(whole)) and item != whole]
        wanted = self.count(whole).value
        if sum(self.count(item).value for item in items) == wanted:
            return items
        for size in range(len(items) - 1, 0, -1):
            if sum(self.count(item).value for item in items[:size]) == wanted:
                if one.outer is not None:
                    one.outer.items += items[size:]
                return items[:size]
        return items


def same_units(one: Count, other: Count) -> bool:
    """Whether two counts are in units that may be added up."""
    if one.percent or other.percent:
        return False
    if one.unit == other.unit:
        return True
    return any(one.unit in units and other.unit in units for units in wording().addable)


@cache
def _opens() -> re.Pattern[str]:
    return _words("parts")


@cache
def _among() -> re.Pattern[str]:
    return re.compile(f"[^，；。：（）]*(?:{_words('among').pattern})[，：]")


@cache
def _beside() -> re.Pattern[str]:
    return _words("beside")


@cache
def _share() -> re.Pattern[str]:
    return _words("share")


def _words(key: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(wording().words[key], key=len, reverse=True)))
