"""``gongkai serve``: the platform for real, after what it needs has been checked."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING, Annotated

import typer

from gongkai.cli import platform
from gongkai.cli.options import Lang
from gongkai.cli.usage import WRONG_USAGE, exits

if TYPE_CHECKING:
    from gongkai.config.checks.found import Found
    from gongkai.config.environment import Environment

HIGHEST_PORT = 65535
WORKERS = 2
FOLDER_OF_OWNER = 0o700
EXIT_CODES = """退出码：0 已结束，或检查通过，2 缺少必需的条件、端口被占用或用法不对
Exit codes: 0 ended, or all checked, 2 something required is missing, port taken, or wrong usage"""


@exits(EXIT_CODES)
def serve(
    port: Annotated[int, typer.Option(metavar="N", min=1, max=HIGHEST_PORT, help="端口\nPort")] = 8000,
    bind: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="在哪个地址上服务；前面应有反向代理\nAddress; behind a reverse proxy"),
    ] = "127.0.0.1",
    workers: Annotated[
        int, typer.Option(metavar="N", min=1, help="进程数，约为处理器核心数的两倍\nProcesses, about two for each core")
    ] = WORKERS,
    check: Annotated[bool, typer.Option("--check", help="只检查，不服务\nOnly check")] = False,
    migrate: Annotated[
        bool,
        typer.Option(
            "--migrate", help="先更新数据库各表、整理页面文件\nFirst apply migrations and collect static files"
        ),
    ] = False,
    lang: Lang = "zh",
) -> None:
    """正式运行平台：设置取自环境变量，先检查条件是否具备（docs/operators.md）
    Run the platform for real: settings from the environment, checked first (docs/operators.md)"""
    from gongkai.annual.showing.words import say
    from gongkai.cli.target import refuse
    from gongkai.config.environment import Environment

    given = Environment()
    if not given.text("GONGKAI_SECRET"):  # so that all that is missing can be told at once
        os.environ["GONGKAI_SECRET"] = secrets.token_urlsafe()
    platform.begin(lang)
    if migrate:
        _update(lang)
    missing = _tell(given, lang)
    if missing:
        typer.echo(say("check_not_ready", lang, n=missing))
        raise typer.Exit(WRONG_USAGE)
    typer.echo(say("check_ready", lang))
    if check:
        return
    from gongkai.cli import streams
    from gongkai.config.serving import Server, is_free

    if not is_free(bind, port):
        refuse("port_taken", lang, port=port)
    Server(f"{bind}:{port}", workers, lambda: streams.complain("serving", lang)).run()


def _update(lang: str) -> None:
    from django.conf import settings

    from gongkai.config import preparing

    settings.GONGKAI_DATA.mkdir(mode=FOLDER_OF_OWNER, parents=True, exist_ok=True)
    with platform.with_database(lang):
        preparing.migrate()
    preparing.collect_static()


def _tell(given: Environment, lang: str) -> int:
    """Says of each condition whether it holds; gives how many required ones do not."""
    from django.utils import timezone

    from gongkai.config.checks import examine

    missing = 0
    for found in examine(given, timezone.now()):
        typer.echo(_line(found, lang))
        missing += found.required and not found.holds
    return missing


def _line(found: Found, lang: str) -> str:
    name = found.name.words(lang)
    if found.wrong is None or found.remedy is None:
        return f"● {name}"
    colon, sign = (": ", "▲") if lang == "en" else ("：", "▲")
    if not found.required:
        sign = "◐"
    return f"{sign} {name}{colon}{found.wrong.words(lang)}\n    {found.remedy.words(lang)}"
