"""``gongkai compare``: two reports side by side, or the years of one agency in columns."""

from __future__ import annotations

from typing import Annotated

import typer

from gongkai.cli.options import Files, Lang, Megabytes, Out, Quiet, Seconds, formats
from gongkai.cli.usage import exits

FORMATS = ("text", "json", "html", "xlsx")

EXIT_CODES = """退出码：0 已对照，2 有读不出的、没有可比的或用法不对
Exit codes: 0 compared, 2 some unreadable, nothing to compare, or wrong usage"""


@exits(EXIT_CODES)
def compare(
    files: Files,
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
    reports = ordered(given.reports)
    if len(reports) < 2:
        if given.unread:
            raise typer.Exit(2)
        refuse("compared_needs_two", lang, n=len(reports))
    compared = compared_of(reports[0], reports[1], *reports[2:])
    results.show("comparing", compared, CompareView(compared, lang).headline, to, lang, quiet=quiet)
    raise typer.Exit(2 if given.unread else 0)
