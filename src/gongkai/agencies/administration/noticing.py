"""A notice of holidays as it is typed: days as the notice itself writes them, made into a file of ours."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.refusals import Refused
from gongkai.law.notices import SATURDAY

WHOLE = r"(?P<{0}y>\d{{4}})\s*[年./-]\s*(?P<{0}m>\d{{1,2}})\s*[月./-]\s*(?P<{0}d>\d{{1,2}})\s*日?"
"""A day with its year: 2027年1月1日, 2027-1-1, 2027.1.1, 2027/1/1."""
ASIDE = r"\s*[（(][^）)]*[）)]"
WEEKDAY = f"(?:{ASIDE})?"
"""What a notice says of the weekday: （周五）."""
STRETCH = re.compile(
    r"^(?P<festival>\D*?)[\s：:，,]*"
    + WHOLE.format("a")
    + WEEKDAY
    + r"(?:\s*(?:至|到|—+|-+|~|～)\s*"
    + r"(?:(?:(?P<zy>\d{4})\s*[年./-]\s*)?(?P<zm>\d{1,2})\s*[月./-]\s*)?(?P<zd>\d{1,2})\s*日?"
    + WEEKDAY
    + r")?(?:\D|\d+\s*天)*$"
)
"""A line: the festival, its first day, and the last one, which need not say year or month again; then no further day,
but perhaps how many there are."""
DAY = re.compile(WHOLE.format(""))
BETWEEN = re.compile(r"[\s、，,；;]+")
LONGEST = 200
"""So many characters a line has at most; no notice writes more of one holiday."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days off in a row."""

    festival: str
    first: date
    last: date


def stretches(text: str) -> list[Stretch]:
    """The days off, a line for each stretch. Raises Refused, which names the line."""
    return [_stretch(line.strip(), number) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def _stretch(line: str, number: int) -> Stretch:
    found = STRETCH.match(line) if len(line) <= LONGEST else None
    if found is None:
        raise _not_read(line, number)
    try:
        first = date(int(found["ay"]), int(found["am"]), int(found["ad"]))
        last = first
        if found["zd"]:
            last = date(int(found["zy"] or first.year), int(found["zm"] or first.month), int(found["zd"]))
    except ValueError as error:
        raise _not_read(line, number) from error
    if last < first:
        raise Refused(_("第%(line)s行：最后一天早于第一天。") % {"line": number}, "rest")
    return Stretch(found["festival"].strip() or "放假", first, last)


def _not_read(line: str, number: int) -> Refused:
    words = _("第%(line)s行没有看懂：“%(text)s”。请写成“元旦 2027年1月1日至1月3日”。")
    return Refused(words % {"line": number, "text": line[:50]}, "rest")


def days(text: str) -> list[date]:
    """The weekend days that are worked. Raises Refused, which names what is none."""
    found = []
    for word in BETWEEN.split(re.sub(ASIDE, "", text).strip()):
        if not word:
            continue
        match = DAY.fullmatch(word)
        try:
            day = date(int(match["y"]), int(match["m"]), int(match["d"])) if match else None
        except ValueError:
            day = None
        if day is None:
            raise Refused(_("没有看懂“%(text)s”。请写成“2027年2月14日”，一行一天。") % {"text": word[:50]}, "work")
        if day.weekday() < SATURDAY:
            raise Refused(_("%(text)s不是周六、周日，不用写。") % {"text": word[:50]}, "work")
        found.append(day)
    return found


def written(given: dict[str, Any]) -> str:
    """The notice as a file of ours. ``given``: title, document, region, year, rest (stretches), work (days)."""
    lines = [f"title = {_quoted(given['title'])}", "confirmed = true"]
    lines += [f"{name} = {_quoted(given[name])}" for name in ("document", "region") if given.get(name)]
    if given.get("year"):
        lines.append(f"year = {given['year']}")
    rest = [
        f"  {{ festival = {_quoted(one.festival)}, from = {one.first}, to = {one.last} }}," for one in given["rest"]
    ]
    return "\n".join([*lines, "rest = [", *rest, "]", f"work = [{', '.join(str(day) for day in given['work'])}]", ""])


def _quoted(text: str) -> str:
    """A text in the quotes of such a file, which are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
