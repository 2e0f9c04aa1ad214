"""``gongkai write``: annual reports as clean files, read back and checked before they are handed over."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gongkai.cli.options import Files, Lang, Megabytes, Quiet, Seconds, formats
from gongkai.cli.usage import exits

FORMATS = ("docx", "pdf", "html", "xlsx", "json")

EXIT_CODES = """退出码：0 已写出，1 有年报有错（没有写出，或用 --anyway 连同错误写出），2 读不出或用法不对
Exit codes: 0 written, 1 a report has errors (with --anyway written), 2 unreadable or wrong usage"""


@exits(EXIT_CODES)
def write(
    files: Files,
    format: Annotated[str | None, formats(*FORMATS)] = None,
    lang: Lang = "zh",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="PATH",
            help="写入文件，或写入文件夹（几份时）；不写 --format 时由扩展名定格式\n"
            "Write to a file, or into a folder (several reports); without --format the extension tells the format",
        ),
    ] = None,
    anyway: Annotated[
        bool,
        typer.Option(
            "--anyway", help="有错也写出，错误印在首页\nWrite reports with errors too, the errors on their face"
        ),
    ] = False,
    quiet: Quiet = False,
    seconds: Seconds = 180,
    megabytes: Megabytes = 4096,
) -> None:
    """写出年报：读入任何格式的年报，核对后按公文格式写出
    Write annual reports: read from any file, checked, written in the official layout"""
    from gongkai.cli import running, writing

    place = writing.place(files, format, out, FORMATS, lang)
    given = running.read_all(files, running.Limits(seconds, megabytes), lang, quiet=quiet)
    raise typer.Exit(writing.write_all(given, place, lang, anyway=anyway, quiet=quiet))
