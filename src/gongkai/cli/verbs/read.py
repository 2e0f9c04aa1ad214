"""``gongkai read``: the figures of annual reports."""

from __future__ import annotations

from typing import Annotated

import typer

from gongkai.cli.options import Files, Lang, Megabytes, Out, Quiet, Seconds, formats
from gongkai.cli.usage import exits

FORMATS = ("table", "json", "html", "xlsx", "csv")

EXIT_CODES = """退出码：0 都读出，2 有读不出的或用法不对
Exit codes: 0 all were read, 2 some unreadable, or wrong usage"""


@exits(EXIT_CODES)
def read(
    files: Files,
    format: Annotated[str | None, formats(*FORMATS)] = None,
    lang: Lang = "zh",
    out: Out = None,
    quiet: Quiet = False,
    seconds: Seconds = 180,
    megabytes: Megabytes = 4096,
) -> None:
    """读出年报中的数字
    Read the figures of annual reports"""
    from gongkai.cli import results, running
    from gongkai.cli.target import target

    to = target(format, out, FORMATS, lang)
    given = running.read_all(files, running.Limits(seconds, megabytes), lang, quiet=quiet)
    raise typer.Exit(results.write(running.as_read(given), to, lang, quiet=quiet))
