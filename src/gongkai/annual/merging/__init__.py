"""Merging: many agencies' reports → their government's report, each cell the sum of theirs and open to the addends."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from gongkai.annual.checking import check
from gongkai.annual.finding import Finding, Severity
from gongkai.annual.form import Form, form_for
from gongkai.annual.merging.adding import no_sums, put_together
from gongkai.annual.merging.merged import Addend, Merged, Part
from gongkai.annual.merging.vetting import Vetting, permissions, rule, subject
from gongkai.annual.report import Report, State

__all__ = ["Addend", "Merged", "Part", "State", "merge", "permissions", "subject"]


def merge(
    parts: Sequence[Report],
    *,
    agency: str,
    year: int | None = None,
    members: Sequence[str] = (),
    published: Mapping[str, str] | None = None,
    unread: Sequence[str] = (),
    allow: Collection[str] = (),
    take: Collection[str] = (),
    previous: Report | None = None,
) -> Merged:
    """The report of ``agency`` for that year out of the reports of its departments and towns, cell by cell.

    ``year`` may be left out where all parts are of one. ``members`` are the agencies whose reports it is to hold,
    ``published`` the days of publication or receipt (ISO) by file (``Report.source``) or agency, ``unread`` the files
    that could not be read, ``previous`` the merged report of the year before, for what is carried over.

    Whatever makes the sums doubtful refuses the merge (forms/merging.toml): agencies missing, late, invalid or given
    twice, other years or forms, blank or absent cells. ``allow`` names what is to be merged all the same (words:
    ``permissions()``); it is told as a warning. ``take`` names the files that count where an agency has several.
    Raises ValueError for a word that allows nothing.

    Basis: Regulation, art. 49; which cells are sums: rule X-6 (forms/common.toml).
    """
    if unknown := set(allow) - set(permissions()):
        raise ValueError(f"unknown permission {', '.join(sorted(unknown))}; known are {', '.join(permissions())}")
    years = sorted({report.year for report in parts if report.year})
    year = year if year is not None else years[0] if len(years) == 1 else None
    form = form_for(year) if year is not None else None
    whole = Report(agency=agency, year=year)
    if year is None or form is None:
        return _impossible(whole, parts, _no_year(whole, years), unread)
    vetting = Vetting(parts, whole, form, members, published or {}, frozenset(allow), take)
    vetting.years()
    vetting.itself()
    vetting.twice()
    vetting.places()
    missing = vetting.missing()
    vetting.unread(unread)
    addends = vetting.figures()
    if not vetting.left():
        vetting.tell("M-15")
    blank = no_sums(form)
    if blank and vetting.left():
        vetting.tell("M-13", None, blank, count=len(blank), cells=vetting.labels(blank, "M-13"))
    found = tuple(finding for _, finding in vetting.found)
    merged = None
    checked: tuple[Finding, ...] = ()
    if not any(finding.severity is Severity.ERROR for finding in found):
        warned = (finding for finding in found if finding.severity is Severity.WARNING)
        merged = replace(put_together(agency, year, form, addends), findings=tuple(map(_of_whole, warned)))
        checked = _checked(merged, form, previous)
    return Merged(
        agency=agency,
        year=year,
        form=form.name,
        report=merged,
        parts=tuple(
            Part(
                report,
                at not in vetting.out and at not in vetting.waits,
                _about(vetting, at),
            )
            for at, report in enumerate(parts)
        ),
        addends={
            name: tuple(addend for addend in of if addend.part not in vetting.waits) for name, of in addends.items()
        },
        findings=found,
        checked=checked,
        missing=missing,
        unread=tuple(unread),
        allowed=frozenset(allow),
    )


def _about(vetting: Vetting, at: int) -> tuple[Finding, ...]:
    """What was found about a part; of several that cannot all count each is told what is to be settled."""
    found = [one for about, one in vetting.found if about == at]
    return tuple(dict.fromkeys([*found, *([vetting.waits[at]] if at in vetting.waits else [])]))


def _of_whole(finding: Finding) -> Finding:
    """A finding about a part as one that the merged report carries: the cells are its own, the place is the part's."""
    return replace(finding, source="", agency=None, year=None, where=None)


def _no_year(whole: Report, years: Sequence[int]) -> Finding:
    if whole.year is not None:
        return rule("M-6c").finding(whole, {"year": whole.year})
    if not years:
        return rule("M-15").finding(whole, {"year": "—"})
    return rule("M-6b").finding(whole, {"years": "、".join(map(str, years))})


def _impossible(whole: Report, parts: Sequence[Report], why: Finding, unread: Sequence[str]) -> Merged:
    given = tuple(Part(report, counted=False) for report in parts)
    return Merged(whole.agency or "", whole.year, None, None, given, {}, (why,), unread=tuple(unread))


def _checked(merged: Report, form: Form, previous: Report | None) -> tuple[Finding, ...]:
    """What the rules find in the merged report, last year's beside it; the cells that are no sums are blank on purpose.

    What was found about the parts is told already.
    """
    given = [merged, *([previous] if previous else [])]
    left_blank = set(no_sums(form))
    found = []
    for finding in check(given).findings:
        own = (finding.agency, finding.year) == (merged.agency, merged.year)
        meant = finding.cells and left_blank.issuperset(finding.cells)
        if own and not meant and finding not in merged.findings:
            found.append(finding)
    return tuple(found)
