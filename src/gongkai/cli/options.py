"""The arguments and options that several commands share, each explained in Chinese and English."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from gongkai.cli.usage import one_of

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


def formats(*names: str) -> Any:
    """The option of an output format: one of these names, the first where it is left out."""
    help = "输出格式\nOutput format"
    return typer.Option(
        "--format", "-f", metavar="|".join(names), help=help, callback=one_of(*names), show_default=names[0]
    )
