"""The command line: one thin command per verb. Exit codes: 0 valid, 1 invalid, 2 unreadable or wrongly used."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

import gongkai
from gongkai.cli.usage import Bilingual, BilingualCommand, one_of

app = typer.Typer(
    cls=Bilingual,
    help="公开：读取、核对政府信息公开工作年度报告\n"
    "Gongkai: read and check annual reports on government information disclosure",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…",
        help="年报文件、文件夹或通配符（** 表示各级子文件夹），- 为标准输入\n"
        "Reports, folders or patterns (** for folders at any depth); - for standard input",
        show_default=False,
    ),
]
Lang = Annotated[
    str, typer.Option(metavar="zh|en", envvar="GONGKAI_LANG", help="语言\nLanguage", callback=one_of("zh", "en"))
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        "-o",
        metavar="PATH",
        help="写入文件；不写 --format 时由扩展名定格式\n"
        "Write to a file; without --format its extension tells the format",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="不显示进度和提示\nNo progress, no hints")]
Seconds = Annotated[
    float, typer.Option(metavar="N", min=0.1, help="每个文件最多读多少秒\nSeconds that a file may take to read")
]
Megabytes = Annotated[
    int, typer.Option(metavar="N", min=64, help="每个文件最多用多少 MB 内存\nMegabytes of memory that a file may take")
]


def _format(*names: str) -> Any:
    help = "输出格式\nOutput format"
    return typer.Option(
        "--format", "-f", metavar="|".join(names), help=help, callback=one_of(*names), show_default=names[0]
    )


READ_FORMATS = ("table", "json", "html", "xlsx", "csv")
CHECK_FORMATS = ("text", "json", "html", "xlsx")


@app.command(cls=BilingualCommand)
def read(
    files: Files,
    format: Annotated[str | None, _format(*READ_FORMATS)] = None,
    lang: Lang = "zh",
    out: Out = None,
    quiet: Quiet = False,
    seconds: Seconds = 180,
    megabytes: Megabytes = 4096,
) -> None:
    """读出年报中的数字
    Read the figures of annual reports"""
    from gongkai.cli import running, writing

    target = writing.target(format, out, READ_FORMATS, lang)
    given = running.read_all(files, running.Limits(seconds, megabytes), lang, quiet=quiet)
    raise typer.Exit(writing.write(running.as_read(given), target, lang, quiet=quiet))


@app.command(cls=BilingualCommand)
def check(
    files: Files,
    format: Annotated[str | None, _format(*CHECK_FORMATS)] = None,
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
    from gongkai.cli import lists, running, writing

    target = writing.target(format, out, CHECK_FORMATS, lang)
    told = running.Told(lists.members(members, merged, lang), lists.published(published, lang))
    limits = running.Limits(seconds, megabytes)
    given = running.read_all(files, limits, lang, quiet=quiet, merged=merged)
    raise typer.Exit(writing.write(running.as_checked(given, told), target, lang, quiet=quiet))


@app.command(cls=BilingualCommand)
def demo(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER",
            help="样例存放处；不写则用临时文件夹\nWhere to put the samples; left out: a temporary folder",
            show_default=False,
        ),
    ] = None,
    lang: Lang = "zh",
) -> None:
    """自造样例年报，读取、核对，结果显示为网页
    Make sample reports, read and check them, show the result as a page"""
    from gongkai.cli import demonstration

    raise typer.Exit(demonstration.run(folder, lang))


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"gongkai {gongkai.__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", help="显示版本\nShow the version", is_eager=True, callback=_show_version),
    ] = False,
) -> None:
    """公开：读取、核对政府信息公开工作年度报告
    Gongkai: read and check annual reports on government information disclosure"""
