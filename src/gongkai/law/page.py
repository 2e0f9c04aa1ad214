"""The page that lists every rule of the data (docs/law.md): ``python -m gongkai.law.page > docs/law.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.law.disputes import results
from gongkai.law.duties import everything
from gongkai.law.fees import Standard, standards
from gongkai.law.notices import shipped
from gongkai.law.outcomes import outcomes
from gongkai.law.procedure import channels, deliveries, steps
from gongkai.law.provisions import LAST_DAY, Basis, Span, limits, sources
from gongkai.law.remedies import bodies, remedies, remedy_for
from gongkai.law.words import Said, say


@dataclass(frozen=True, slots=True)
class Line:
    """One rule of the page: what, its value, since when, on which basis. ``more`` are columns of its own section."""

    rule: Said
    value: Said
    span: Span
    basis: Basis
    more: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its rules. ``columns`` names those beyond the common ones."""

    heading: str
    lines: tuple[Line, ...]
    columns: tuple[str, ...] = ()


NOTHING = Said("", "")
ANCHOR = "the-law-as-data"
"""Where the English half begins."""


def sections() -> Sequence[Section]:
    """Every rule of the data, by subject."""
    return (
        Section("page_limits", tuple(_limits())),
        Section("page_receipt", tuple(_ways("receipt"))),
        Section("page_steps", tuple(_steps())),
        Section("page_delivery", tuple(_ways("delivery"))),
        Section("page_outcomes", tuple(_outcomes()), ("col_cell", "col_letter", "col_ground")),
        Section("page_remedies", tuple(_remedies())),
        Section("page_bodies", tuple(_bodies())),
        Section("page_disputes", tuple(_disputes())),
        Section("page_fees", tuple(Line(_labelled(s), _tiers(s), s.span, s.basis) for s in standards().values())),
        Section("page_duties", tuple(_duties())),
        Section("page_reports", tuple(_reports())),
        Section("page_columns", tuple(Line(_labelled(c), NOTHING, c.span, c.basis) for c in everything().columns)),
    )


def _labelled(thing: object) -> Said:
    return Said(str(getattr(thing, "label", "")), str(getattr(thing, "label_en", "")))


def _limits() -> Iterator[Line]:
    for limit in limits().values():
        for value in limit.values:
            yield Line(_labelled(limit), say(f"unit_{limit.unit}", n=value.value), value.span, value.basis)


def _ways(which: str) -> Iterator[Line]:
    for way in (channels() if which == "receipt" else deliveries()).values():
        for rule in way.rules:
            value = say("counts_day", step=_labelled(steps()[rule.event])) if way.allowed else say("not_allowed")
            yield Line(_labelled(way), value, rule.span, rule.basis)


def _steps() -> Iterator[Line]:
    for step in steps().values():
        for rule in step.rules:
            yield Line(_labelled(step), say(f"effect_{rule.effect}"), rule.span, rule.basis)


def _outcomes() -> Iterator[Line]:
    for outcome in outcomes().values():
        for rule in outcome.rules:
            last = min(rule.span.until, date(LAST_DAY.year - 1, 1, 1))
            remedy = _labelled(remedy_for(rule.ground, last))
            more = (Said(outcome.cell, outcome.cell), _labelled(outcome.letter), remedy)
            yield Line(_labelled(outcome), _joined(outcome.letter.contents), rule.span, rule.basis, more)


def _remedies() -> Iterator[Line]:
    for remedy in remedies():
        names = {"body": "（复议机关）", "court": "（法院）", "body_en": "(the body)", "court_en": "(the court)"}
        yield Line(_labelled(remedy), remedy.clause(**names), remedy.span, remedy.basis)


def _bodies() -> Iterator[Line]:
    for body in bodies():
        yield Line(_labelled(body), Said(body.body, body.body_en), body.span, body.basis)


def _disputes() -> Iterator[Line]:
    for kind, of_kind in results().items():
        for result in of_kind.values():
            kinds = say(f"dispute_{kind}")
            rule = Said(f"{kinds.zh}：{result.label}", f"{kinds.en}: {result.label_en}")
            yield Line(rule, say(f"counts_{result.counts}"), result.span, result.basis)


def _tiers(standard: Standard) -> Said:
    parts = []
    unit = Said(standard.unit, standard.unit_en)
    for tier in standard.tiers:
        more = say("fee_tier_rise", step=tier.step, rise=tier.rise) if tier.step else NOTHING
        key = "fee_tier_open" if tier.last is None else "fee_tier"
        values = {"first": tier.first, "last": tier.last, "unit": unit, "yuan": tier.yuan}
        parts.append(say(key, **values, **({"more": more} if tier.last is None else {})))
    return _joined(parts)


def _joined(parts: Sequence[Said]) -> Said:
    return Said("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def _duties() -> Iterator[Line]:
    for duty in everything().duties:
        to_whom = _joined([say(f"level_{level}") for level in duty.levels])
        yield Line(_labelled(duty), to_whom, duty.span, duty.basis)
    for limit in everything().special_limits:
        yield Line(_labelled(limit), say(f"unit_{limit.unit}", n=limit.value), limit.span, limit.basis)


def _reports() -> Iterator[Line]:
    for report in everything().reports:
        by = say("by_day", month=report.month, day=report.day)
        yield Line(_labelled(report), by, report.span, report.basis)


def page() -> str:
    """The whole page in Markdown: Chinese, then English."""
    zh, en = say("page_title")
    return f"# {zh}\n\n[English below](#{ANCHOR})\n\n{_half('zh')}\n---\n\n# {en}\n\n{_half('en')}"


def _half(lang: str) -> str:
    found = sections()
    lines = [line for section in found for line in section.lines]
    unread = [line for line in lines if not line.basis.confirmed]
    parts = [say("page_intro").words(lang), say("page_count", all=len(lines), open=len(unread)).words(lang)]
    for section in found:
        parts.append(f"## {say(section.heading).words(lang)}")
        names = ("col_rule", "col_value", *section.columns, "col_since", "col_basis", "col_status")
        rows = [_row(line, lang) for line in section.lines]
        parts.append(_table([say(name).words(lang) for name in names], rows))
    parts += [f"## {say('page_notices').words(lang)}", _notices(lang)]
    parts += [f"## {say('page_sources').words(lang)}", _sources(lang)]
    parts += [f"## {say('page_open').words(lang)}", "\n".join(_open(line, lang) for line in unread)]
    return "\n\n".join(parts) + "\n"


def _row(line: Line, lang: str) -> list[str]:
    status = say("is_confirmed" if line.basis.confirmed else "is_open").words(lang)
    note = line.basis.note_en if lang == "en" else line.basis.note
    basis = line.basis.words_en if lang == "en" else line.basis.words
    more = [column.words(lang) for column in line.more]
    shown = f"{status}：{note}" if note and lang == "zh" else f"{status}: {note}" if note else status
    return [line.rule.words(lang), line.value.words(lang), *more, _span(line.span, lang), basis, shown]


def _open(line: Line, lang: str) -> str:
    rule, _, *_, since, basis, status = _row(line, lang)
    return f"- {rule} ({since}): {basis}; {status}" if lang == "en" else f"- {rule}（{since}）：{basis}。{status}"


def _span(span: Span, lang: str) -> str:
    key = "still" if span.until == LAST_DAY else "no_longer"
    values = {"since": span.since.isoformat()} | ({} if key == "still" else {"until": span.until.isoformat()})
    return say(key, **values).words(lang)


def _notices(lang: str) -> str:
    rows = []
    for notice in sorted(shipped(), key=lambda notice: notice.name):
        title = notice.title
        document = notice.document or say("no_document").words(lang)
        year = notice.year or notice.rest[0].year
        stretches = [_stretch(part, year) for part in _in_a_row(notice.rest)]
        rows.append([title, document, ", ".join(stretches), ", ".join(_stretch([day], year) for day in notice.work)])
    names = ("col_rule", "col_document", "col_off", "col_work")
    return _table([say(name).words(lang) for name in names], rows)


def _in_a_row(days: Sequence[date]) -> list[list[date]]:
    """Days that follow one another, together."""
    found: list[list[date]] = []
    for day in days:
        if found and (day - found[-1][-1]).days == 1:
            found[-1].append(day)
        else:
            found.append([day])
    return found


def _stretch(days: Sequence[date], year: int) -> str:
    """02-15–02-23; with the year where it is not the notice's own: 2018-12-30–01-01."""
    first, last = days[0], days[-1]
    begin = f"{first:%m-%d}" if first.year == year else first.isoformat()
    return begin if first == last else f"{begin}–{last:%m-%d}"


def _sources(lang: str) -> str:
    rows = []
    for source in sources().values():
        status = say("is_confirmed" if source.confirmed else "is_open").words(lang)
        note = source.note if lang == "zh" else ""
        rows.append([source.title_en if lang == "en" else source.title, f"{status}：{note}" if note else status])
    return _table([say(name).words(lang) for name in ("col_document", "col_status")], rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(page())
