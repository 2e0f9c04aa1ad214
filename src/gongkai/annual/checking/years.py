"""One year and the next: what was carried over, what is in force, which cases were pending."""

from __future__ import annotations

from gongkai.annual.checking import agency, footing, working
from gongkai.annual.checking.equations import shown
from gongkai.annual.checking.pairs import Paired
from gongkai.annual.finding import Finding


def check(paired: Paired) -> list[Finding]:
    """The rules that look back, for every report whose agency's report of the year before is there too."""
    found = []
    for report in paired.reports:
        before = paired.before(report)
        if before is not None:
            held = shown(report)
            done = working.worked(held, shown(before), agency.kind(report.agency))
            found += footing.sums(report, held, done, before)
    return found
