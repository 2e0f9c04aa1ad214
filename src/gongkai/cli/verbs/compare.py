"""``gongkai compare``: two reports side by side, or the years of one agency in columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from gongkai.cli.options import Files, Lang, Megabytes, Out, Quiet, Seconds, formats
from gongkai.cli.usage import exits

if TYPE_CHECKING:
    from gongkai.annual.report import Report

FORMATS = ("text", "json", "html", "xlsx")

EXIT_CODES = """退出码：0 已对照，2 有读不出的、没有可比的或用法不对
Exit codes: 0 compared, 2 some unreadable, nothing to compare, or wrong usage"""


@exits(EXIT_CODES)
def compare(
    files: Files,
    agency: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="几个机关、几个年度的年报一起给时，对照这一个机关的各年\nCompare the years of this agency",
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            metavar="YEAR",
            help="几个机关、几个年度的年报一起给时，对照这一年的各机关\nCompare the agencies of this year",
        ),
    ] = None,
    format: Annotated[str | None, formats(*FORMATS)] = None,
    lang: Lang = "zh",
    out: Out = None,
    quiet: Quiet = False,
    seconds: Seconds = 180,
    megabytes: Megabytes = 4096,
) -> None:
    """对照：两个年度或两个机关的年报，数字和正文并排；多份时各年成列
    Compare two years or two agencies side by side, figures and text; several years in columns"""
    from gongkai.annual.comparing import compare as compared_of
    from gongkai.annual.comparing import ordered
    from gongkai.annual.showing.comparing.view import CompareView
    from gongkai.cli import results, running
    from gongkai.cli.target import refuse, target

    to = target(format, out, FORMATS, lang)
    given = running.read_all(files, running.Limits(seconds, megabytes), lang, quiet=quiet)
    reports = _chosen(ordered(given.reports), agency, year, lang)
    if len(reports) < 2:
        if given.unread:
            raise typer.Exit(2)
        refuse("compared_needs_two", lang, n=len(reports))
    compared = compared_of(reports[0], reports[1], *reports[2:])
    results.show("comparing", compared, CompareView(compared, lang).headline, to, lang, quiet=quiet)
    raise typer.Exit(2 if given.unread else 0)


def _chosen(reports: Sequence[Report], agency: str | None, year: int | None, lang: str) -> list[Report]:
    """The reports to be compared: those of that agency or year. Ends the command where several agencies and several
    years are left, unless there are only two reports, which stand beside each other whatever they are of.
    Reports of which it is not known whether they are of that agency or year are left out and named."""
    from gongkai.annual.checking.agency import same_agency
    from gongkai.cli import streams
    from gongkai.cli.target import refuse

    names = same_agency([*(report.agency or "" for report in reports), *([agency] if agency else [])])
    left = [report for report in reports if agency is None or names[report.agency or ""] == names[agency]]
    left = [report for report in left if year is None or report.year == year]
    for report in reports:
        if report not in left and ((agency and not report.agency) or (year and not report.year)):
            streams.complain("compared_unknown", lang, file=report.source)
    agencies = list(dict.fromkeys(names[report.agency or ""] for report in left))
    years = sorted({report.year for report in left if report.year})
    if len(left) > 2 and len(agencies) > 1 and len(years) > 1:
        comma = "、" if lang == "zh" else ", "
        named = {"agency_names": comma.join(filter(None, agencies)), "year_names": comma.join(map(str, years))}
        refuse("compared_mixed", lang, agencies=len(agencies), years=len(years), **named)
    return left
