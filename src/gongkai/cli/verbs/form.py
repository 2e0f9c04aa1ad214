"""``gongkai form``: the blank form of an annual report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gongkai.cli.options import Lang, Quiet, formats
from gongkai.cli.usage import exits
from gongkai.cli.verbs.write import FORMATS

EXIT_CODES = """退出码：0 已写出，2 写不成或用法不对
Exit codes: 0 written, 2 cannot be written, or wrong usage"""


@exits(EXIT_CODES)
def form(
    year: Annotated[
        int | None,
        typer.Option(
            metavar="Y", help="报告年度：按这一年的表样\nYear of the report: the form that is due for it", min=1
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="表样，如 2021；不写为最新\nForm, such as 2021; left out: the newest"),
    ] = None,
    agency: Annotated[str, typer.Option(metavar="NAME", help="行政机关名称，印在标题里\nAgency, for the title")] = "",
    format: Annotated[str | None, formats(*FORMATS)] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="PATH", help="写入文件或文件夹\nWrite to a file or into a folder"),
    ] = None,
    lang: Lang = "zh",
    quiet: Quiet = False,
) -> None:
    """写出空白表样：各表齐全，格子空着
    Write the blank form: every table, its cells to be filled in"""
    from gongkai.cli import writing

    place = writing.place([], format, out, FORMATS, lang)
    raise typer.Exit(writing.write_form(writing.chosen(form, year, lang), agency, year, place, lang, quiet=quiet))
