"""``gongkai clock``: the period of a request from its events, each step explained with its article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from gongkai.annual.showing.reasons import reason_of
from gongkai.annual.showing.words import say
from gongkai.cli.judging import Notices, as_day, calendar_with, judged, put_json, put_lines, written
from gongkai.cli.options import Lang, Out, Quiet, formats
from gongkai.cli.usage import exits

if TYPE_CHECKING:
    from gongkai.law.clock import Clock

FORMATS = ("text", "json")
SIGNS = {"overdue": "▲", "answered_late": "▲", "answered": "●", "running": "●", "closed": "○", "not_received": "○"}
"""The sign of a state; of a wait ◐."""

EXIT_CODES = """退出码：0 已算出，1 依法不能这样办，或记录前后矛盾，2 文件写得不对、没有那一日的规定或用法不对
Exit codes: 0 computed, 1 not lawful, or contradictory, 2 file wrongly written, no rule for a day, or wrong usage"""


@exits(EXIT_CODES)
def clock(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="一件申请的记录（YAML），- 为标准输入；写法见 docs/commands.md\n"
            "The log of a request (YAML); - for standard input; docs/commands.md shows how it is written",
            show_default=False,
        ),
    ],
    format: Annotated[str | None, formats(*FORMATS)] = None,
    lang: Lang = "zh",
    out: Out = None,
    quiet: Quiet = False,
    today: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            help="算到哪一天（如 2026-04-01）；不写则为记录里的 today，再不然是今天\n"
            "As of which day (2026-04-01); left out: the log's today, else today",
        ),
    ] = None,
    notice: Notices = None,
) -> None:
    """由一件申请的记录算出收到日、到期日、已用和剩余的工作日，每一步说明依据
    From the log of a request: day of receipt, due day, days used and left, each step with its article"""
    from gongkai.cli import logs, streams
    from gongkai.cli.target import refuse, target
    from gongkai.law.clock import explain

    to = target(format, out, FORMATS, lang)
    calendar = calendar_with(notice, lang)
    try:
        log = logs.open_log(file)
    except logs.BadLog as error:
        streams.tell(error.lines[lang])
        raise typer.Exit(2) from error
    except OSError as error:
        message = say("no_such_file", lang)
        if not isinstance(error, FileNotFoundError):
            message = say("cannot_open", lang, reason=reason_of(error, lang))
        refuse("about_file", lang, file=file, message=message)
    day = log.today if today is None and log.today is not None else as_day(today, lang)
    with judged(to, lang, quiet=quiet):
        found = explain(log, day, calendar)
        if to.format == "json":
            put_json(found.to_json(lang), to, lang, quiet=quiet)
        else:
            put_lines(_lines(found, lang), to, lang, quiet=quiet)


def _lines(found: Clock, lang: str) -> list[str]:
    """What people read: the state and the due day first, then the steps, then what is uncertain."""
    from gongkai.law.procedure import steps
    from gongkai.law.words import say as law_says

    head = [law_says(f"state_{found.state}").words(lang)]
    if found.passed is not None:
        key = "law_fee_passed" if found.state == "awaiting_fee" else "law_supplement_passed"
        head.append(say(key, lang, day=written(found.passed, lang)))
    if found.due is not None:
        key = "law_due_provisional" if found.provisional else "law_due"
        head.append(say(key, lang, day=written(found.due, lang)))
    elif found.state != "closed":
        head.append(say("law_no_due", lang))
    if found.left is not None and found.state in ("running", "consulting", "awaiting_reasons", "overdue"):
        head.append(_left(found.left, lang))
    received = say("law_not_received", lang)
    if found.received is not None:
        received = say("law_received", lang, day=written(found.received, lang))
    facts = [received, say("law_used", lang, n=found.used)]
    if found.answered is not None:
        facts.append(say("law_answered_on", lang, day=written(found.answered, lang)))
    facts.append(say("law_today", lang, day=written(found.today, lang)))
    lines = [f"{SIGNS.get(found.state, '◐')} {'  '.join(head)}", f"  {'  '.join(facts)}", ""]
    for step in found.steps:
        label = steps()[step.event].label if lang == "zh" else steps()[step.event].label_en
        lines.append(f"  {step.day}  {label}")
        lines.append(f"    {step.effect.words(lang)}")
        if step.basis.words(lang):
            lines.append(f"    {say('law_basis', lang, basis=step.basis.words(lang))}")
    for heading, told in (("law_because", found.doubts), ("law_remarks", found.remarks)):
        if told:
            lines += ["", f"  {say(heading, lang)}", *(f"  - {one.words(lang)}" for one in told)]
    return lines


def _left(left: int, lang: str) -> str:
    if left == 0:
        return say("law_last_day", lang)
    return say("law_left", lang, n=left) if left > 0 else say("law_over", lang, n=-left)
