"""Near-identical text (雷同): sections one and five against the agency's other years and against other agencies."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from rapidfuzz import fuzz

from gongkai.annual.checking import agency
from gongkai.annual.checking.common import rule
from gongkai.annual.checking.pairs import Paired
from gongkai.annual.checking.sentences import section as numeral
from gongkai.annual.finding import Finding, Where
from gongkai.annual.report import Report

SKETCH = 64
"""Shingles kept of each text to find texts that may be alike: those with the smallest hashes."""

CROWD = 50
"""A set phrase that very many texts have pairs each of them with so many of the others only."""

_NOISE = re.compile(r"[\W\d_]+")


@dataclass(frozen=True)
class _Text:
    """A section of a report: what is compared, and what is quoted."""

    report: Report
    section: int
    bare: str
    printed: str
    where: Where | None


def check(paired: Paired) -> list[Finding]:
    """A finding on the later of two alike reports of one agency, on the later or second of two agencies' reports."""
    settings = rule("X-8").settings
    found: list[Finding] = []
    for number in settings["sections"]:
        texts = [text for report in paired.reports if (text := _text(report, number, settings["least"]))]
        best: dict[int, tuple[float, _Text, _Text]] = {}
        for one, other in _candidates(texts, settings["shingle"], settings["candidates"]):
            if _copies(paired, one.report, other.report):
                continue
            earlier, later = sorted((one, other), key=lambda text: text.report.year or 0)
            likeness = fuzz.ratio(earlier.bare, later.bare, score_cutoff=_cutoff(paired, one, other))
            key = id(later.report)
            if likeness and (key not in best or likeness > best[key][0]):
                best[key] = (likeness, later, earlier)
        found += [_finding(paired, *alike) for alike in best.values()]
    return found


def _code(paired: Paired, one: _Text, other: _Text) -> str:
    return "X-8" if paired.same_agency(one.report, other.report) else "X-8b"


def _cutoff(paired: Paired, one: _Text, other: _Text) -> float:
    return float(rule(_code(paired, one, other)).settings["likeness"])


def _copies(paired: Paired, one: Report, other: Report) -> bool:
    """Whether both are the same report, or it cannot be told that they are not."""
    if one.agency is None or other.agency is None or one.year is None or other.year is None:
        return True
    return paired.same_agency(one, other) and one.year == other.year


def _text(report: Report, number: int, least: int) -> _Text | None:
    held = [(text, where) for section, text, where in report.narrative.paragraphs if section == number]
    printed = "".join(text for text, _ in held)
    plain = bare(printed, report.agency)
    if len(plain) < least:
        return None
    return _Text(report, number, plain, re.sub(r"\s+", "", printed), held[0][1])


def bare(printed: str, name: str | None) -> str:
    """A text as it is compared: without marks, figures, and the names of the agency and its places."""
    text = _NOISE.sub("", printed)
    names = {name or "", agency.full_name(name or ""), *agency.places(name or "")}
    for own in sorted(names - {""}, key=len, reverse=True):
        text = text.replace(own, "")
    return text


def _shingles(text: str, size: int) -> set[int]:
    return {crc32(text[at : at + size].encode()) for at in range(len(text) - size + 1)}


def _candidates(texts: Sequence[_Text], size: int, share: float) -> Iterator[tuple[_Text, _Text]]:
    """Pairs of texts whose sketches have so many shingles in common that they may be alike."""
    sketches = [sorted(_shingles(text.bare, size))[:SKETCH] for text in texts]
    holders: dict[int, list[int]] = defaultdict(list)
    for at, sketch in enumerate(sketches):
        for shingle in sketch:
            holders[shingle].append(at)
    common: dict[tuple[int, int], int] = defaultdict(int)
    for at_once in holders.values():
        for away in range(1, min(CROWD, len(at_once))):
            for pair in zip(at_once, at_once[away:], strict=False):
                common[pair] += 1
    for (one, other), count in sorted(common.items()):
        if count >= share * min(len(sketches[one]), len(sketches[other])):
            yield texts[one], texts[other]


def _finding(paired: Paired, likeness: float, later: _Text, earlier: _Text) -> Finding:
    code = _code(paired, later, earlier)
    length = rule("X-8").settings["quote"]
    return rule(code).finding(
        later.report,
        {
            "section": numeral(later.section),
            "year": earlier.report.year,
            "agency": earlier.report.agency,
            "quote": _common_passage(later.printed, earlier.printed, length),
        },
        expected=rule(code).settings["likeness"],
        actual=int(likeness),
        where=later.where,
    )


def _common_passage(one: str, other: str, length: int) -> str:
    """A passage of at most that length that both have, from the beginning of a clause where there is one."""
    for size in (length, length // 2, length // 4):
        windows = {other[at : at + size] for at in range(len(other) - size + 1)}
        common = [at for at in range(len(one) - size + 1) if one[at : at + size] in windows]
        if common:
            start = next((at for at in common if at == 0 or one[at - 1] in "，。；：、"), common[0])
            return one[start : start + size] + "……"
    return one[:length] + "……"
