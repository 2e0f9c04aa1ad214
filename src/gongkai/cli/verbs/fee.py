"""``gongkai fee``: what may be charged for requests, or pages, beyond a number."""

from __future__ import annotations

from typing import Annotated

import typer

from gongkai.annual.showing.words import say
from gongkai.cli.judging import as_day, judged, put_json, put_lines
from gongkai.cli.options import Lang, Out, Quiet, formats
from gongkai.cli.usage import exits

FORMATS = ("text", "json")

EXIT_CODES = """退出码：0 已算出，2 没有那一日的规定，或用法不对
Exit codes: 0 computed, 2 no rule for that day, or wrong usage"""


@exits(EXIT_CODES)
def fee(
    items: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=0,
            help="按件：同一申请人一个自然月内的件数\nBy request: how many of one applicant in a calendar month",
        ),
    ] = None,
    before: Annotated[
        int,
        typer.Option(
            metavar="N",
            min=0,
            help="按件：这些件以前，当月已有多少件\nBy request: how many there were in the month before these",
        ),
    ] = 0,
    pages: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, help="按量：一件申请提供的页数\nBy page: pages given for one request"),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="哪一天的标准；不写为今天\nThe rates of which day; left out: today"),
    ] = None,
    format: Annotated[str | None, formats(*FORMATS)] = None,
    lang: Lang = "zh",
    out: Out = None,
    quiet: Quiet = False,
) -> None:
    """信息处理费：按件或者按量，逐档列出
    The fee for excessive requests, by request or by page, tier by tier"""
    from gongkai.cli.target import refuse, target
    from gongkai.law.fees import fee_by_items, fee_by_pages

    to = target(format, out, FORMATS, lang)
    if pages is not None and before:
        refuse("law_before_pages", lang)
    day = as_day(on, lang)
    with judged(to, lang, quiet=quiet):
        if items is not None and pages is None:
            found = fee_by_items(items, day, before=before)
        elif pages is not None and items is None:
            found = fee_by_pages(pages, day)
        else:
            refuse("law_one_of", lang)
        if to.format == "json":
            put_json(found.to_json(lang), to, lang, quiet=quiet)
            return
        standard, basis = found.standard, found.standard.basis
        zh = lang == "zh"
        lines = [say("law_fee", lang, yuan=found.amount, label=standard.label if zh else standard.label_en)]
        for part in found.parts:
            key = "law_fee_one" if part.first == part.last else "law_fee_part"
            several = standard.unit_en_one if part.first == part.last else standard.unit_en
            unit = standard.unit if zh else several
            told = {"first": part.first, "last": part.last, "each": part.yuan, "yuan": part.amount, "unit": unit}
            lines.append(f"  {say(key, lang, **told)}")
        lines.append(f"  {say('law_basis', lang, basis=basis.words if zh else basis.words_en)}")
        if basis.note:
            lines.append(f"  {say('law_unconfirmed', lang, note=basis.note if zh else basis.note_en)}")
        put_lines(lines, to, lang, quiet=quiet)
