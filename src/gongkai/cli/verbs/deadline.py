"""``gongkai deadline``: the day so many working days after a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from gongkai.annual.showing.words import say
from gongkai.cli.judging import Notices, as_day, calendar_with, judged, put_json, put_lines, written
from gongkai.cli.options import Lang, Out, Quiet, formats
from gongkai.cli.usage import exits

FORMATS = ("text", "json")
WEEKDAYS = {"zh": "星期一 星期二 星期三 星期四 星期五 星期六 星期日", "en": "Mon Tue Wed Thu Fri Sat Sun"}

EXIT_CODES = """退出码：0 已算出，2 没有那一日的规定或放假安排，或用法不对
Exit codes: 0 computed, 2 no rule or holiday arrangement for a day, or wrong usage"""


@exits(EXIT_CODES)
def deadline(
    day: Annotated[
        str,
        typer.Argument(
            metavar="DAY",
            help="起算的那一天（如收到日 2026-03-02），本身不计入\n"
            "The day from which the period runs (2026-03-02), itself not counted",
            show_default=False,
        ),
    ],
    days: Annotated[int | None, typer.Option(metavar="N", min=1, help="多少个工作日\nHow many working days")] = None,
    limit: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="哪一种法定期限，如 reply（默认）、supplement_notice、third_party_answer、publication\n"
            "Which limit of the law: reply (default), supplement_notice, third_party_answer, publication",
        ),
    ] = None,
    format: Annotated[str | None, formats(*FORMATS)] = None,
    lang: Lang = "zh",
    out: Out = None,
    quiet: Quiet = False,
    notice: Notices = None,
) -> None:
    """某日之后第若干个工作日是哪一天（含调休），不确定的标明暂定
    The day so many working days after a day, make-up weekends counted; provisional where it may move"""
    from gongkai.cli.target import refuse, target
    from gongkai.law.notices import SATURDAY
    from gongkai.law.provisions import limits

    to = target(format, out, FORMATS, lang)
    start = as_day(day, lang)
    calendar = calendar_with(notice, lang)
    if days is not None and limit is not None:
        refuse("law_days_or_limit", lang)
    known = [key for key, value in limits().items() if value.unit == "working_days"]
    name = limit or "reply"
    if name not in known:
        refuse("law_no_limit", lang, word=name, known="、".join(known) if lang == "zh" else ", ".join(known))
    with judged(to, lang, quiet=quiet):
        value = None if days is not None else limits()[name].on(start)
        count = days if days is not None else value.value if value else 0
        due = calendar.add(start, count)
        basis = "" if value is None else value.basis.words if lang == "zh" else value.basis.words_en
        if to.format == "json":
            found = {"start": start.isoformat(), "days": count, "due": due.day.isoformat()}
            put_json({**found, "provisional": due.provisional, "basis": basis or None}, to, lang, quiet=quiet)
            return
        weekday = WEEKDAYS[lang].split()[due.day.weekday()]
        key = "law_deadline_provisional" if due.provisional else "law_deadline"
        told = {"start": written(start, lang), "n": count, "due": written(due.day, lang), "weekday": weekday}
        lines = [say(key, lang, **told)]
        if basis:
            lines.append(say("law_basis", lang, basis=basis))
        unusual = []
        on_the_way = (start + timedelta(step) for step in range(1, (due.day - start).days + 1))
        for passed in on_the_way:
            works = calendar.is_working(passed)
            if works != (passed.weekday() < SATURDAY):
                why = calendar.why(passed)
                unusual.append(
                    say(
                        "law_day_worked" if works else "law_day_off",
                        lang,
                        day=passed,
                        weekday=WEEKDAYS[lang].split()[passed.weekday()],
                        basis=why.basis if why else say("law_statutory", lang),
                    )
                )
        lines.append(say("law_deadline_why" if unusual else "law_deadline_plain", lang))
        put_lines([*lines, *(f"  {line}" for line in unusual)], to, lang, quiet=quiet)
