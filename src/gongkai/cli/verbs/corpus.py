"""``gongkai corpus``: reports by the thousand, read into one file, asked and checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gongkai.cli.options import Lang, Megabytes, Out, Quiet, Seconds, formats
from gongkai.cli.usage import BilingualCommand, BilingualGroup, one_of

QUERY_FORMATS = ("table", "csv", "json", "xlsx", "parquet")
DEFAULT_BY = "area,kind,year"
CHECK_FORMATS = ("text", "json", "csv", "xlsx")

HELP = """成批读取年报，存为一个语料库文件，查询、核对
Read reports by the thousand into one file, ask and check it"""

corpus = typer.Typer(
    cls=BilingualGroup,
    help=HELP,
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    add_completion=False,
)

Reports = Annotated[
    Path,
    typer.Argument(
        metavar="REPORTS", help="corpus build 建立的语料库（Parquet）\nThe file that corpus build wrote (Parquet)"
    ),
]


@corpus.command(cls=BilingualCommand)
def build(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="FOLDER…",
            help="文件夹，连同各级子文件夹\nFolders, with all folders below them",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            metavar="REPORTS",
            help="写入的 Parquet 文件；已有的则只读新的和改过的文件\n"
            "The Parquet file to write; if it is there, only new and changed files are read",
        ),
    ],
    processes: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help="同时读几个文件，默认每个处理器核心一个\nFiles read at a time, by default one for each processor core",
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="在 Dask 集群上读：调度器地址，如 tcp://主机:8786\n"
            "Read on a Dask cluster: the scheduler's address, such as tcp://host:8786",
        ),
    ] = None,
    again: Annotated[
        str | None,
        typer.Option(
            metavar="unreadable|all",
            help="没有改过也重读：读不出的，或全部\nRead again, though unchanged: what was unreadable, or all",
            callback=one_of("unreadable", "all"),
        ),
    ] = None,
    lang: Lang = "zh",
    quiet: Quiet = False,
    seconds: Seconds = 180,
    megabytes: Megabytes = 4096,
) -> None:
    """读文件夹里的全部年报，存为一个文件；中断后再运行即接着读
    Read all reports of folders into one file; stopped, it goes on when run again"""
    from gongkai.cli import corpora

    code = corpora.build(
        folders,
        out,
        lang,
        quiet=quiet,
        processes=processes,
        scheduler=scheduler,
        again=again,
        seconds=seconds,
        megabytes=megabytes,
    )
    raise typer.Exit(code)


@corpus.command(cls=BilingualCommand)
def query(
    reports: Reports,
    format: Annotated[str | None, formats(*QUERY_FORMATS)] = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="COLUMNS",
            show_default=DEFAULT_BY,
            help="按什么合计：area、agency、kind、year、form、format，用逗号分开\n"
            "What to add up by: area, agency, kind, year, form, format; with commas",
        ),
    ] = None,
    cells: Annotated[
        str | None,
        typer.Option(
            metavar="CELLS",
            help="哪些格，用逗号分开，如 requests/received:total\nWhich cells, with commas: requests/received:total",
        ),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CONDITION",
            help="条件，如 year=2024、form!=2014、requests/received:total>100；可写几次\n"
            "A condition, such as year=2024, form!=2014, requests/received:total>100; several may be given",
        ),
    ] = None,
    agency: Annotated[
        str | None, typer.Option(metavar="NAME", help="机关名称或其一部分\nThe agency's name or a part of it")
    ] = None,
    area: Annotated[str | None, typer.Option(metavar="NAME", help="地区，如 青禾市\nThe area, such as 青禾市")] = None,
    each: Annotated[bool, typer.Option("--each", help="逐份列出，不合计\nOne report a line, no sums")] = False,
    files: Annotated[
        str | None,
        typer.Option(
            metavar="STATUS",
            help="列出文件：read 已读、unreadable 读不出、no_report 不是年报、other_kind 不是所读的格式\n"
            "List files: read, unreadable, no_report, other_kind",
        ),
    ] = None,
    sql: Annotated[
        str | None,
        typer.Option(
            metavar="SELECT",
            help="DuckDB 查询，只读；表为 reports（每机关每年度一份）和 files\n"
            "A question to DuckDB, read only, over reports (one of each agency and year) and files",
        ),
    ] = None,
    duplicates: Annotated[
        str,
        typer.Option(
            metavar="RULE",
            help="同一机关同一年度有几份时：fullest 取数最全的，newest 取最新的，all 全要，refuse 报错\n"
            "Of several reports of one agency and year: fullest, newest, all, or refuse",
        ),
    ] = "fullest",
    lang: Lang = "zh",
    out: Out = None,
    quiet: Quiet = False,
) -> None:
    """按机关、地区、年度列表；一份一行；或用 SQL 查询
    Tables by agency, area and year; a report a line; or SQL"""
    from gongkai.cli import corpora
    from gongkai.cli.target import target

    to = target(format, out, QUERY_FORMATS, lang)
    asked = {
        "by": by,
        "cells": cells,
        "where": where or (),
        "agency": agency,
        "area": area,
        "each": each,
        "files": files,
        "sql": sql,
        "duplicates": duplicates,
    }
    raise typer.Exit(corpora.query(reports, asked, to, lang, quiet=quiet))


@corpus.command(cls=BilingualCommand)
def check(
    reports: Reports,
    format: Annotated[str | None, formats(*CHECK_FORMATS)] = None,
    lang: Lang = "zh",
    out: Out = None,
    quiet: Quiet = False,
) -> None:
    """按表样的规则核对全部年报：每条规则有几份不符、是哪几份
    Check all reports against the rules of their forms: how many break each, and which"""
    from gongkai.cli import corpora
    from gongkai.cli.target import target

    raise typer.Exit(corpora.check(reports, target(format, out, CHECK_FORMATS, lang), lang, quiet=quiet))
