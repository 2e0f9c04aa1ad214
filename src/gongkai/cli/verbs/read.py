"""``gongkai read``: the figures of annual reports."""

from __future__ import annotations

from typing import Annotated

import typer

from gongkai.cli.options import Files, Lang, Megabytes, Out, Quiet, Seconds, formats

FORMATS = ("table", "json", "html", "xlsx", "csv")


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
