"""``gongkai compare``: two reports side by side, or the years of one agency in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from gongkai.cli.options import Files, Lang, Megabytes, Out, Quiet, Seconds, formats

if TYPE_CHECKING:
    from gongkai.annual.comparing import Comparison
    from gongkai.cli.target import Target

FORMATS = ("text", "json", "html", "xlsx")


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
    from gongkai.cli import running
    from gongkai.cli.target import refuse, target

    to = target(format, out, FORMATS, lang)
    given = running.read_all(files, running.Limits(seconds, megabytes), lang, quiet=quiet)
    reports = ordered(given.reports)
    if len(reports) < 2:
        if given.unread:
            raise typer.Exit(2)
        refuse("compared_needs_two", lang, n=len(reports))
    _write(compared_of(reports[0], reports[1], *reports[2:]), to, lang, quiet=quiet)
    raise typer.Exit(2 if given.unread else 0)


def _write(compared: Comparison, to: Target, lang: str, *, quiet: bool) -> None:
    from gongkai.annual.showing.comparing.view import CompareView
    from gongkai.cli import results

    headline = CompareView(compared, lang).headline
    if to.format == "text":
        from gongkai.annual.showing.comparing.text import text

        results.as_text(lambda out: text(compared, out, lang), headline, to, lang, quiet=quiet)
        return
    if to.format == "xlsx":
        from gongkai.annual.showing.comparing.xlsx import xlsx

        data = xlsx(compared, lang)
    elif to.format == "html":
        from gongkai.annual.showing.comparing.html import html

        data = html(compared, lang).encode()
    else:
        from gongkai.annual.showing.comparing.json import json

        data = json(compared, lang).encode(errors="backslashreplace")
    results.hand_over(data, headline, to, lang, quiet=quiet)
