"""``gongkai requests``: what is derived from the logs of requests, computed again and compared."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongkai.cli import platform
from gongkai.cli.options import Lang, formats
from gongkai.cli.usage import BilingualCommand, BilingualGroup, exits

if TYPE_CHECKING:
    from gongkai.requests.rebuilding import Difference

FORMATS = ("text", "json")
HELP = """依申请公开：由办理记录重新推算
Requests: derive again from their logs"""
EXIT_CODES = """退出码：0 与存储的一致，1 有不一致（已列出），2 读不到或用法不对
Exit codes: 0 all as stored, 1 differences (listed), 2 cannot be read, or wrong usage"""
DIFFERENT = 1

requests = typer.Typer(
    cls=BilingualGroup,
    help=HELP,
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    add_completion=False,
)


@requests.callback()
def several() -> None:
    """依申请公开：由办理记录重新推算
    Requests: derive again from their logs"""


@requests.command(cls=BilingualCommand)
@exits(EXIT_CODES)
def rebuild(
    write: Annotated[bool, typer.Option("--write", help="把不一致的改正过来\nPut right what differs")] = False,
    format: Annotated[str | None, formats(*FORMATS)] = None,
    demo: platform.DemoFolder = None,
    lang: Lang = "zh",
) -> None:
    """由每件申请的记录重新推算状态、到期日、结果，与存储的比较
    Derive state, due day and outcome of every request again from its log, and compare with what is stored"""
    from gongkai.annual.showing.words import say

    platform.begin(lang, demo=demo)
    from django.utils import timezone

    from gongkai.requests.models import Request
    from gongkai.requests.rebuilding import rebuild as derive

    with platform.with_database(lang):
        count = Request.objects.count()
        found = list(derive(timezone.localdate(), write))
    if (format or FORMATS[0]) == "json":
        told = {"requests": count, "written": write, "differences": [_as_json(one) for one in found]}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for one in found:
            typer.echo(say("rebuild_differs", lang, **_as_json(one)))
        key = "rebuild_same" if not found else "rebuild_written" if write else "rebuild_different"
        typer.echo(say(key, lang, requests=count, n=len(found)))
    raise typer.Exit(DIFFERENT if found else 0)


def _as_json(one: Difference) -> dict[str, Any]:
    return {"number": one.number, "column": one.column, "stored": _plain(one.stored), "derived": _plain(one.derived)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
