"""``gongkai check``: annual reports against every rule of their form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gongkai.cli.options import Files, Lang, Megabytes, Out, Quiet, Seconds, formats
from gongkai.cli.usage import exits

FORMATS = ("text", "json", "html", "xlsx")

EXIT_CODES = """退出码：0 没有错误，1 有错误，2 读不出或用法不对
Exit codes: 0 no error, 1 errors, 2 unreadable or wrong usage"""


@exits(EXIT_CODES)
def check(
    files: Files,
    format: Annotated[str | None, formats(*FORMATS)] = None,
    lang: Lang = "zh",
    out: Out = None,
    merged: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="汇总年报：与 FILE… 各份相加逐格核对\nA merged report, checked cell by cell against the sum of FILE…",
        ),
    ] = None,
    members: Annotated[
        Path | None,
        typer.Option(
            metavar="LIST",
            help="汇总年报应包括的机关名单（文本，每行一个）：缺哪几份会列出\n"
            "Agencies that the merged report holds (text, one on a line): those missing are named",
        ),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            metavar="DAY|LIST",
            help="公布日期（如 2025-01-20），核对是否按期公布；多个机关用文本文件，每行“机关或文件名,日期”\n"
            "Day of publication, checked against the day due; for many a text file of lines “agency or file name,day”",
        ),
    ] = None,
    quiet: Quiet = False,
    seconds: Seconds = 180,
    megabytes: Megabytes = 4096,
) -> None:
    """核对年报：勾稽关系、空格、上下年衔接、正文与表格等
    Check annual reports against every rule of their form"""
    from gongkai.cli import lists, results, running
    from gongkai.cli.target import target

    to = target(format, out, FORMATS, lang)
    told = running.Told(lists.members(members, merged, lang), lists.published(published, lang))
    limits = running.Limits(seconds, megabytes)
    given = running.read_all(files, limits, lang, quiet=quiet, merged=merged)
    raise typer.Exit(results.write(running.as_checked(given, told), to, lang, quiet=quiet))
