"""Titles of annual reports at the head of a document, however they are broken, ordered or surrounded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from gongkai.annual.phrases import wording
from gongkai.annual.reading.words.agencies import LONGEST, is_area, plausible
from gongkai.annual.reading.words.dates import possible
from gongkai.annual.reading.words.prose import plain

_WORDS = r"[\u4e00-\u9fff（）·]"
_YEAR = r"(?P<year>20[0-4]\d)(?:年度?|度|(?=政府|政务|信息))"
_BEFORE = re.compile(rf"(?P<first>{_WORDS}{{2,{LONGEST}}})?（?{_YEAR}）?的?(?P<second>{_WORDS}{{2,{LONGEST}}})?$")
_BEFORE_WITHOUT_YEAR = re.compile(rf"(?P<first>{_WORDS}{{2,{LONGEST}}})$")
_BEHIND = re.compile(r"（(?P<year>20[0-4]\d)年?度?）")
_ABOUT_REPORTS = re.compile(r"》?(?:的)?(?:有关|格式|编制|编写|编报|事项|要求|栏|模板|数据|工作|和|、|等)")
_WE = ("我", "本", "全", "各", "该")
SHORT = 70
"""A line of at most so many characters may be a title and nothing else."""


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line at the head of a document: as printed, and in plain writing; both have as many characters."""

    printed: str
    plain: str

    def __add__(self, other: HeadLine) -> HeadLine:
        return HeadLine(self.printed + other.printed, self.plain + other.plain)


@dataclass(frozen=True, slots=True)
class Title:
    """A title found: the agency and the year that it names, what is printed, and in which line it stands."""

    agency: str | None
    year: int | None
    printed: str
    line: int


def titles_in(lines: Sequence[HeadLine]) -> list[Title]:
    """All titles at the head of a document, in order."""
    found: list[Title] = []
    for i, line in enumerate(lines):
        found += _titles(lines, i, line, 0)
        if i + 1 < len(lines) and len(line.plain) <= SHORT and len(lines[i + 1].plain) <= SHORT:
            found += _titles(lines, i, line + lines[i + 1], len(line.plain))
    return found


def best_title(titles: Iterable[Title]) -> Title | None:
    """The title that says most; of equals the first. What it lacks is taken from the others where they agree."""
    ranked = sorted(titles, key=lambda one: (-_worth(one), one.line))
    if not ranked:
        return None
    best = ranked[0]
    for other in sorted(ranked, key=lambda one: one.line):
        area = other.agency if other.line < best.line and other.agency and is_area(other.agency) else None
        if area and other.year == best.year and (best.agency or "").startswith(area):
            best = Title(best.agency, best.year, other.printed, other.line)  # the title; best is a sentence below it
            break
    years = {one.year for one in ranked if one.year}
    agencies = {one.agency for one in ranked if one.agency}
    year = best.year or (years.pop() if len(years) == 1 else None)
    agency = best.agency or (agencies.pop() if len(agencies) == 1 else None)
    return Title(agency, year, best.printed, best.line)


def _worth(title: Title) -> int:
    agency = 0
    if title.agency:
        agency = 3 if plausible(title.agency) else 2 if is_area(title.agency) else 1
    return agency * 2 + (3 if title.year else 0)


def _titles(lines: Sequence[HeadLine], i: int, line: HeadLine, broken_at: int) -> Iterator[Title]:
    """The titles of a line; of two lines put together only a title that is broken where they meet."""
    if not _parts_of_names().search("".join(line.plain.split())):
        return
    text, offsets = _without_blanks(line.plain)
    for match in _names().finditer(text):
        if broken_at and not offsets[match.start()] < broken_at <= offsets[match.end() - 1]:
            continue
        if _ABOUT_REPORTS.match(text, match.end()):
            continue
        ahead = text[max(0, match.start() - 2 * LONGEST) : match.start()].rstrip(" 的")
        before = _BEFORE.search(ahead) or _BEFORE_WITHOUT_YEAR.search(ahead)
        behind = _BEHIND.match(text, match.end())
        said = [
            found
            for found in (before and before.groupdict().get("year"), match["year"], behind and behind["year"])
            if found
        ]
        year = int(said[0]) if said and possible(int(said[0])) else None
        agency = _agency(before)
        if year is None and (len(line.plain) > SHORT or match.start() > LONGEST + 5):
            continue  # a report spoken of in a sentence
        start = match.start()
        if before:
            shown_from = [at for at in (ahead.rfind(agency) if agency else -1, _year_at(before)) if at >= 0]
            start -= len(text[max(0, start - 2 * LONGEST) : start]) - min(shown_from) if shown_from else 0
        shown = line.printed[offsets[start] : offsets[(behind or match).end() - 1] + 1]
        rest = ahead[: before.start() if before else len(ahead)] if not agency else ""
        if (
            agency is None
            and not broken_at
            and not re.search(r"[\u4e00-\u9fff]", rest)
            and not (before and before["first"])
        ):
            agency, above = _above(lines, i)
            shown = above + shown
            if year is None and agency and (dated := re.search(r"(20\d\d)年度?$", re.sub(r"\s", "", plain(above)))):
                year = int(dated[1]) if possible(int(dated[1])) else None
        yield Title(agency, year, re.sub(r"\s+", " ", shown).strip(" 《》"), i)


def _year_at(before: re.Match[str]) -> int:
    return before.start("year") if "year" in before.groupdict() else -1


def _without_blanks(text: str) -> tuple[str, list[int]]:
    """The text with the place of each character; blanks taken out around the year, and all of them if it is short."""
    short = len(text) <= SHORT
    kept: list[int] = []
    for i, char in enumerate(text):
        if char.isspace():
            before = text[max(0, i - 6) : i].rstrip()[-1:]
            behind = text[i : i + 6].lstrip()[:1]
            if (
                short
                or before.isdigit()
                or behind.isdigit()
                or behind == "年"
                or (before in "年度" and behind in "度政")
            ):
                continue
        kept.append(i)
    return "".join(text[i] for i in kept), kept


@cache
def _parts_of_names() -> re.Pattern[str]:
    """What stands in every line, blanks taken out, that names a report: most lines need no closer look."""
    words = wording().identity
    names = (*words["titles"], *(pair.replace("|", ".*") for pair in words["titles_around_year"]))
    return re.compile("|".join(names))


@cache
def _names() -> re.Pattern[str]:
    words = wording().identity
    whole = [r"\s?".join(name) for name in sorted(words["titles"], key=len, reverse=True)]
    around = [
        rf"{first}（?YEAR）?(?:工作)?{second}"
        for first, _, second in (pair.partition("|") for pair in words["titles_around_year"])
    ]
    year = r"(?P<year>20[0-4]\d)年?度?"
    names = "|".join([*whole[:0], *around]).replace("YEAR", "20[0-4]\\d年?(?=年|度|报|情|工|）)度?")
    return re.compile(rf"(?:{'|'.join(whole)}|(?=[^\d]{{2,12}}{year})(?:{names}))")


def _agency(before: re.Match[str] | None) -> str | None:
    """The agency in the words before a title's name: behind the year or before it, without what runs into it."""
    if before is None:
        return None
    groups = before.groupdict()
    tried = [_cut(groups.get("second") or ""), _cut(groups["first"] or "")]
    return next(
        (one for one in tried if plausible(one) or is_area(one)), next((one for one in tried if len(one) > 3), None)
    )


def _cut(text: str) -> str:
    """A name without the words that a site or a notice puts around it: 关于公布…, 当前位置…, …关于."""
    words = wording().identity
    behind = "|".join(re.escape(word) for word in words["cut_behind"])
    noticed = re.fullmatch(rf"(.{{4,}}?)(?:{'|'.join(words['cut_before'])})(?:{behind})?", text)
    if noticed:
        text = noticed[1]
    text = re.split(behind, text)[-1].strip(" 的")
    if text.count("（") != text.count("）"):
        text = re.split("[（）]", text)[-1]
    return "" if text.startswith(_WE) else text


def _above(lines: Sequence[HeadLine], i: int) -> tuple[str | None, str]:
    """The agency in the line, or the two lines, above a title that begins with its year; and that line as printed."""
    one = re.sub(r"\s", "", lines[i - 1].plain) if i else ""
    two = re.sub(r"\s", "", lines[i - 2].plain) + one if i > 1 else ""
    if (dated := re.fullmatch(r"(.+?)20\d\d年度?", one)) and (plausible(dated[1]) or is_area(dated[1])):
        return dated[1], lines[i - 1].printed.strip()
    alone = plausible(one) or is_area(one)
    if alone and not (len(one) < 6 and plausible(two) and not plausible(two[: -len(one)])):
        return one, lines[i - 1].printed.strip()
    if two and plausible(two) and len(two) <= LONGEST and not plausible(two[: len(two) - len(one)]):
        return two, lines[i - 2].printed.strip() + lines[i - 1].printed.strip()
    return None, ""
