"""``gongkai audit``: proves the logs, from the first entry to the last."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongkai.cli import platform
from gongkai.cli.options import Lang, formats
from gongkai.cli.usage import BilingualCommand, BilingualGroup, exits

if TYPE_CHECKING:
    from gongkai.audit.heads import Head
    from gongkai.audit.verifying import Broken, Verdict

FORMATS = ("text", "json")
HELP = """审计：证明办理记录和平台日志没有被改动
Audit: prove that the logs of requests and of the platform are as they were written"""
EXIT_CODES = """退出码：0 全部完好，1 有改动、缺失或截断，2 读不到日志或用法不对
Exit codes: 0 all proven, 1 changed, missing or cut, 2 the logs cannot be read, or wrong usage"""
BROKEN = 1

audit = typer.Typer(
    cls=BilingualGroup,
    help=HELP,
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    add_completion=False,
)


@audit.command(cls=BilingualCommand)
@exits(EXIT_CODES)
def verify(
    format: Annotated[str | None, formats(*FORMATS)] = None,
    heads: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="把各链的条数和末条摘要写入文件，另处保存\n"
            "Write each chain's length and last digest, to be kept elsewhere",
        ),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="与以前写下的比对，日志被截断、重写即可看出\n"
            "Compare with what was written before: shows a log that was cut or written anew",
        ),
    ] = None,
    demo: platform.DemoFolder = None,
    lang: Lang = "zh",
) -> None:
    """逐条证明全部日志链，指出第一条不符的
    Prove every chain entry by entry; name the first that is not as it was written"""
    from gongkai.cli.target import Target, put

    platform.begin(lang, demo=demo)
    kept = _kept(against, lang)
    from django.utils import timezone

    from gongkai.audit.heads import compare
    from gongkai.audit.heads import heads as ends
    from gongkai.audit.verifying import verify as prove

    with platform.with_database(lang):
        verdicts = list(prove())
        broken = [verdict.broken for verdict in verdicts if verdict.broken is not None]
        broken += [found for found in compare(kept) if found not in broken]
        requests = {found: _request_of(found) for found in broken}
        now_ends = ends()
    if heads is not None and not broken:
        put(_as_bytes(now_ends, timezone.now()), Target("json", heads), lang)
    if (format or FORMATS[0]) == "json":
        typer.echo(json.dumps(_as_json(verdicts, requests), ensure_ascii=False, indent=1))
    else:
        _tell(verdicts, requests, lang)
    raise typer.Exit(BROKEN if broken else 0)


def _kept(against: Path | None, lang: str) -> list[Head]:
    """The ends that were written to that file before. Ends the command where it is none of ours."""
    from gongkai.annual.showing.reasons import reason_of
    from gongkai.audit.heads import read_heads
    from gongkai.cli.target import refuse

    if against is None:
        return []
    try:
        return read_heads(json.loads(against.read_text(encoding="utf-8")))
    except OSError as error:
        refuse("about_file", lang, file=against, message=reason_of(error, lang))
    except ValueError:
        refuse("no_heads_file", lang, file=against)


def _as_bytes(ends: list[Head], now: datetime) -> bytes:
    data = {"written": now.isoformat(), "chains": [head.to_json() for head in ends]}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _request_of(broken: Broken) -> str:
    """The number of the request to which the entry belongs; empty where it is none, or is gone."""
    from gongkai.requests.models import Event

    found = Event.objects.filter(chain__name=broken.chain, number=broken.number).select_related("request").first()
    return found.request.number if found is not None else ""


def _as_json(verdicts: list[Verdict], requests: dict[Broken, str]) -> dict[str, Any]:
    return {
        "verdict": "broken" if requests else "proven",
        "chains": [{"chain": one.chain, "length": one.entries, "digest": one.digest} for one in verdicts],
        "broken": [
            {"chain": one.chain, "number": one.number, "why": one.why, "table": one.table, "request": number}
            for one, number in requests.items()
        ],
    }


def _tell(verdicts: list[Verdict], requests: dict[Broken, str], lang: str) -> None:
    from gongkai.annual.showing.words import say

    for one in verdicts:
        typer.echo(say("audit_chain", lang, chain=one.chain, n=one.entries, digest=one.digest))
    for broken, number in requests.items():
        why = say(f"audit_{broken.why}", lang)
        key = "audit_broken_request" if number else "audit_broken"
        typer.echo(say(key, lang, chain=broken.chain, number=broken.number, why=why, request=number))
    entries = sum(one.entries for one in verdicts)
    typer.echo(say("audit_failed" if requests else "audit_proven", lang, n=entries, chains=len(verdicts)))
