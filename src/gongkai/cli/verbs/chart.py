"""``gongkai chart``: requests, outcomes and disputes of annual reports as charts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from gongkai.cli.options import Files, Lang, Megabytes, Out, Quiet, Seconds, formats
from gongkai.cli.usage import exits, one_of

if TYPE_CHECKING:
    from gongkai.annual.charts import Figures
    from gongkai.annual.report import Report

FORMATS = ("svg", "html", "json", "csv")
KINDS = ("requests", "outcomes", "disputes")

EXIT_CODES = """退出码：0 已画出，2 有读不出的、没有可画的或用法不对
Exit codes: 0 drawn, 2 some unreadable, nothing to draw, or wrong usage"""


@exits(EXIT_CODES)
def chart(
    files: Files,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(KINDS),
            help="画什么：收到与办理、办理结果、复议诉讼；不写时 svg 画第一种，其余格式三种都有\n"
            "What to draw: requests received and handled, their outcomes, disputes; left out: the first as svg, "
            "all three in the other formats",
            callback=one_of(*KINDS),
        ),
    ] = None,
    agency: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="几个机关、几个年度的年报一起给时，画这一个机关的各年\nDraw the years of this agency"
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            metavar="YEAR", help="几个机关、几个年度的年报一起给时，画这一年的各机关\nDraw the agencies of this year"
        ),
    ] = None,
    format: Annotated[str | None, formats(*FORMATS)] = None,
    lang: Lang = "zh",
    out: Out = None,
    quiet: Quiet = False,
    seconds: Seconds = 180,
    megabytes: Megabytes = 4096,
) -> None:
    """把年报的数字画成图：收到与办理、办理结果、复议诉讼
    Draw the figures of annual reports: requests, outcomes, disputes"""
    from gongkai.annual.showing.words import say
    from gongkai.cli import running, streams
    from gongkai.cli.target import put, target

    to = target(format, out, FORMATS, lang)
    given = running.read_all(files, running.Limits(seconds, megabytes), lang, quiet=quiet)
    wanted = [kind] if kind else list(KINDS[:1] if to.format == "svg" else KINDS)
    charts = _charts(given.reports, wanted, agency, year, lang) if given.reports else []
    if not charts:
        raise typer.Exit(2)
    put(_data(charts, to.format, lang), to, lang)
    if not quiet:
        for words in dict.fromkeys(note.words(lang) for figures in charts for note in figures.notes):
            streams.tell(words)
        if to.path is not None:
            streams.tell(say("written", lang, file=to.path))
    raise typer.Exit(2 if given.unread else 0)


def _charts(
    reports: Sequence[Report], wanted: Sequence[str], agency: str | None, year: int | None, lang: str
) -> list[Figures]:
    """The charts wanted; what cannot be drawn is told on standard error."""
    from gongkai.annual.charts import Mixed, Nothing
    from gongkai.annual.charts.figures import choose, figures_of
    from gongkai.annual.charts.kinds import kinds
    from gongkai.annual.showing.words import say
    from gongkai.cli import streams

    comma = "、" if lang == "zh" else ", "
    try:
        chosen = choose(reports, agency=agency, year=year)
    except Nothing:
        streams.complain("chart_nothing", lang, reason=say("chart_nothing_dated", lang))
        return []
    except Mixed as mixed:
        named = {"agency_names": comma.join(mixed.agencies), "year_names": comma.join(map(str, mixed.years))}
        streams.complain("chart_mixed", lang, agencies=len(mixed.agencies), years=len(mixed.years), **named)
        return []
    return [figures_of(chosen, kinds()[name]) for name in wanted]


def _data(charts: Sequence[Figures], format: str, lang: str) -> bytes:
    from gongkai.annual.charts import spec, svg

    if format == "svg":
        return svg(charts[0], lang).encode()
    if format == "html":
        from gongkai.annual.charts.page import html

        return html(charts, lang).encode()
    if format == "csv":
        from gongkai.annual.charts.listing import csv

        return csv(charts, lang).encode("utf-8-sig")
    specs = [spec(figures, lang) for figures in charts]
    return json.dumps(specs[0] if len(specs) == 1 else {"charts": specs}, ensure_ascii=False, indent=1).encode()
