"""``gongkai merge``: agencies' reports into the report of their government, cell by cell."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from gongkai.cli.options import Files, Lang, Megabytes, Out, Quiet, Seconds, formats
from gongkai.cli.usage import exits

FORMATS = ("text", "json", "html", "xlsx")

EXIT_CODES = """退出码：0 已汇总，1 没有汇总，或汇总表有错误，2 读不出或用法不对
Exit codes: 0 merged, 1 refused, or errors in the merged table, 2 unreadable or wrong usage"""


@exits(EXIT_CODES)
def merge(
    files: Files,
    agency: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="汇总年报是哪个机关的（必填）\nThe agency whose report is merged (required)"),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            metavar="Y",
            help="汇总哪一年度；各份同一年度时可不写\nThe year to merge; may be left out where all are of one",
        ),
    ] = None,
    members: Annotated[
        Path | None,
        typer.Option(
            metavar="LIST",
            help="应有年报的机关名单（文本，每行一个）：缺哪几份会列出\n"
            "Agencies that ought to have a report (text, one on a line): those missing are named",
        ),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            metavar="DAY|LIST",
            help="公布或收到的日期；多个机关用文本文件，每行“机关或文件名,日期”\n"
            "Day of publication or receipt; for many a text file of lines “agency or file name,day”",
        ),
    ] = None,
    previous: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="上年度的汇总年报，核对结转和现行有效件数\nLast year's merged report, for what is carried over",
        ),
    ] = None,
    allow: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WORDS",
            help="认可哪些问题而照做，用逗号隔开（如 missing,late,blank），说明见 docs/commands.md\n"
            "What is merged all the same, words with commas between (missing,late,blank); see docs/commands.md",
        ),
    ] = None,
    take: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="同一机关有几份不同的年报时，以这个文件为准；可写几次\n"
            "Where an agency has several reports that differ, the file that counts; may be given several times",
        ),
    ] = None,
    format: Annotated[str | None, formats(*FORMATS)] = None,
    lang: Lang = "zh",
    out: Out = None,
    quiet: Quiet = False,
    seconds: Seconds = 180,
    megabytes: Megabytes = 4096,
) -> None:
    """汇总：各机关年报逐格相加为本级政府年报，缺报、逾期、有错的列明
    Merge agencies' reports into their government's, telling which are missing, late or invalid"""
    from gongkai.annual.merging import merge as merged_of
    from gongkai.annual.showing.merging.view import MergedView
    from gongkai.cli import lists, results, running
    from gongkai.cli.target import refuse, target

    to = target(format, out, FORMATS, lang)
    if not agency:
        refuse("merged_needs_agency", lang)
    told = running.Told(lists.members(members, agency, lang), lists.published(published, lang))
    allowed = _permitted(allow or [], lang)
    given = running.read_all(files, running.Limits(seconds, megabytes), lang, quiet=quiet, merged=previous)
    sources = [report.source for report in given.reports]
    for file in take or []:
        if file not in sources and os.path.basename(file) not in map(os.path.basename, sources):
            refuse("merged_take_unknown", lang, file=file)
    if not given.reports or (previous and given.merged is None):
        raise typer.Exit(2)
    unread = [one.source for one in given.unread]
    merged = merged_of(
        given.reports,
        agency=agency,
        year=year,
        members=told.members,
        published=lists.by_source(told.published, given.reports),
        unread=unread,
        allow=allowed,
        take=take or [],
        previous=given.merged,
    )
    results.show("merging", merged, MergedView(merged, lang).headline, to, lang, quiet=quiet)
    if merged.refused and unread and "unread" not in allowed:
        raise typer.Exit(2)
    raise typer.Exit(0 if merged.valid else 1)


def _permitted(words: list[str], lang: str) -> frozenset[str]:
    """The words of ``--allow``. Ends the command where one is none of them."""
    from gongkai.annual.merging import permissions
    from gongkai.cli.target import refuse

    known = permissions()
    asked = [word.strip() for given in words for word in given.replace("，", ",").split(",") if word.strip()]
    for word in asked:
        if word not in known:
            refuse("merged_no_permission", lang, word=word, words=" ".join(known))
    return frozenset(asked)
