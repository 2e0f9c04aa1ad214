"""What was left in the text from elsewhere: another year's period or opening sentence, another agency's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual.checking import agency
from gongkai.annual.checking.common import rule
from gongkai.annual.finding import Finding, Where
from gongkai.annual.report import Report

_SPACE = re.compile(r"\s+")
_SENTENCE = re.compile(r"[^。！？；;\n]+[。！？；;]?")


def check(report: Report) -> list[Finding]:
    """Another year or another agency in the text of a report. Those that may well stand there are left alone."""
    paragraphs = [(section, _SPACE.sub("", text), where) for section, text, where in report.narrative.paragraphs]
    found: dict[tuple[str, str], Finding] = {}
    for section, text, where in paragraphs:
        for finding in (
            *_period(report, text, where),
            *_years(report, section, text, where),
            *_names(report, text, where),
        ):
            found.setdefault((finding.code, str(finding.actual)), finding)
    return list(found.values())


def _period(report: Report, text: str, where: Where) -> Iterator[Finding]:
    """The statistical period of another year: both of its ends must lie in the year that is reported."""
    if report.year is None:
        return
    for match in re.finditer(rule("X-7").settings["pattern"], text):
        if {int(year) for year in match.groups() if year} != {report.year}:
            quote = match[0]
            yield rule("X-7").finding(report, {"quote": quote}, expected=report.year, actual=quote, where=where)


def _years(report: Report, section: int | None, text: str, where: Where) -> Iterator[Finding]:
    """A sentence that opens with another year and tells what the agency did in it, neither planned nor compared.

    And the words before section one, where they give the report itself another year.
    """
    settings = rule("X-7b").settings
    if report.year is None:
        return
    if section is None and (match := re.search(settings["preface"], text)) and int(match[1]) != report.year:
        yield rule("X-7b").finding(report, {"quote": match[0]}, expected=report.year, actual=match[0], where=where)
    if section not in settings["sections"]:
        return
    for sentence in _SENTENCE.findall(text):
        for pattern in settings["patterns"]:
            match = re.match(pattern, sentence)
            if not match or int(match[1]) >= report.year:
                continue
            if str(report.year) in sentence or any(word in sentence for word in settings["unless"]):
                continue
            quote = match[0]
            yield rule("X-7b").finding(report, {"quote": quote}, expected=report.year, actual=quote, where=where)
            break


def _names(report: Report, text: str, where: Where) -> Iterator[Finding]:
    """A name in a place where the agency speaks of itself, that is surely not its own."""
    if not report.agency:
        return
    for pattern in rule("X-7c").settings["patterns"]:
        for match in re.finditer(pattern, text):
            code = "X-7c" if agency.elsewhere(report.agency, match[1]) else "X-7d"
            if code == "X-7c" or _other_body(report.agency, match[1]):
                fields = {"quote": match[0]}
                yield rule(code).finding(report, fields, expected=report.agency, actual=match[1], where=where)


def _other_body(mine: str, theirs: str) -> bool:
    """Whether both are departments with names that have nothing to do with each other.

    A short name (科工信局 for 科技和工业信息化局), a unit of the agency and its government are not another body.
    """
    if not agency.kind(mine) == agency.kind(theirs) == "department":
        return False
    ends = tuple(rule("X-7d").settings["bodies"])
    own, other = (_stem(name, ends) for name in (mine, theirs))
    if not own or not other:
        return False
    return not (agency.within(own, other) or agency.within(other, own))


def _stem(name: str, ends: tuple[str, ...]) -> str:
    full = agency.full_name(name)
    end = next((end for end in ends if full.endswith(end)), None)
    return full[len("".join(agency.places(full))) : -len(end)] if end else ""
