"""What a merge comes to: the merged report, the agencies' figures behind each of its cells, and what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.annual.finding import Finding, Number, Severity, Where, plain
from gongkai.annual.report import Report, State


@dataclass(frozen=True, slots=True)
class Addend:
    """What one part adds to a cell: its figure (None if it has none), and where it stands in the part.

    ``part`` is the index in ``Merged.parts``; ``cells`` are the part's own cells by full name, several where its form
    divides what the merged form has in one row.
    """

    part: int
    state: State
    value: Number | None
    cells: tuple[str, ...]
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A report given to be merged: whether its figures are counted, and what was found about it."""

    report: Report
    counted: bool
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """The result of a merge.

    ``report`` is the merged report, or None where the merge is refused: ``findings`` then holds the errors that refuse
    it. What was allowed is there as a warning. ``checked`` is what the rules of the form find in the merged report
    itself. ``missing`` are the agencies on the list without a report, ``unread`` the files that could not be read.
    ``addends`` has for each cell of the merged report what every counted part adds; cells that are no sums are not
    in it.
    """

    agency: str
    year: int | None
    form: str | None
    report: Report | None
    parts: tuple[Part, ...]
    addends: Mapping[str, tuple[Addend, ...]]
    findings: tuple[Finding, ...] = ()
    checked: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    allowed: frozenset[str] = frozenset()

    @property
    def refused(self) -> bool:
        """Whether nothing was merged."""
        return self.report is None

    @property
    def valid(self) -> bool:
        """Whether a report was merged in which the rules of its form find no error."""
        return self.report is not None and all(one.severity is not Severity.ERROR for one in self.checked)

    @property
    def counted(self) -> tuple[Part, ...]:
        """The parts whose figures are added up."""
        return tuple(part for part in self.parts if part.counted)

    def lacking(self, cell: str) -> Iterator[Addend]:
        """The addends of that cell that have no figure."""
        return (addend for addend in self.addends.get(cell, ()) if addend.state is not State.FIGURE)

    def to_json(self, lang: str = "zh") -> dict[str, Any]:
        """The merged report's object (vocabulary.md) with a part ``merged``; refused: only agency, year and ``merged``.

        ``merged.addends`` has for each cell the parts (by their number in ``merged.parts``, from 0) that add something
        or lack a figure; the counted parts that are not named there have 0.
        """
        whole = self.report.to_json(lang) if self.report else {"agency": self.agency, "year": self.year}
        return {
            **whole,
            "merged": {
                "verdict": "refused" if self.refused else "valid" if self.valid else "invalid",
                "allowed": sorted(self.allowed),
                "parts": [_part(part) for part in self.parts],
                "missing": list(self.missing),
                "unread": list(self.unread),
                "findings": [finding.to_json(lang) for finding in (*self.findings, *self.checked)],
                "addends": {
                    cell: [_addend(addend) for addend in addends if addend.value != 0]
                    for cell, addends in self.addends.items()
                },
            },
        }


def _part(part: Part) -> dict[str, Any]:
    report = part.report
    codes = list(dict.fromkeys(finding.code for finding in part.findings))
    return {
        "agency": report.agency,
        "year": report.year,
        "source": report.source,
        "counted": part.counted,
        "findings": codes,
    }


def _addend(addend: Addend) -> dict[str, Any]:
    told: dict[str, Any] = {"part": addend.part, "value": plain(addend.value)}
    if addend.state is not State.FIGURE:
        told["state"] = addend.state.value
    if len(addend.cells) > 1:
        told["cells"] = list(addend.cells)
    if addend.where:
        told["where"] = addend.where.to_json()
    return told
