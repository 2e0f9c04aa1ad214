"""The frame of a report: its tables, rows and headings, the form that its year prescribes, its name, year and day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from gongkai.annual.checking import agency
from gongkai.annual.checking.common import Both, joined, rule
from gongkai.annual.checking.equations import Shown, shown
from gongkai.annual.checking.sentences import section, table_name
from gongkai.annual.finding import Finding
from gongkai.annual.form import Form, Section, Table, form_for, forms
from gongkai.annual.report import Report


def check(report: Report, published: str | None = None) -> list[Finding]:
    """Everything about the frame. ``published`` is the day of publication (ISO) as the caller knows it."""
    held = shown(report)
    form = _form(report)
    found = _identity(report)
    if form is not None and not _is_plain_text(report, form):
        found += _tables(report, held, form)
        found += _headings(report, held, form)
        found += _forms(report, held)
    return found + _day(report, published)


def _form(report: Report) -> Form | None:
    """The form to measure against: the one prescribed for the year, or the one the report shows."""
    prescribed = form_for(report.year) if report.year else None
    return prescribed or forms().get(report.form or "")


def _is_plain_text(report: Report, form: Form) -> bool:
    """Whether the form asks for no section in particular (before 2019)."""
    return not any(part.required for part in form.sections) and not report.tables


def _identity(report: Report) -> list[Finding]:
    found = []
    if not report.agency:
        found.append(rule("F-5").finding(report))
    if not report.year:
        found.append(rule("F-5b").finding(report))
    title = rule("F-6")
    years = {int(year) for year in re.findall(title.settings["year"], report.title)}
    if report.year and years and report.year not in years:
        found.append(title.finding(report, {"title": report.title.strip()}, expected=report.year, actual=min(years)))
    return found


def _unread(report: Report) -> set[str]:
    """The cells about which reading itself has said something."""
    return {cell for finding in report.findings for cell in finding.cells}


def _tables(report: Report, held: Shown, form: Form) -> list[Finding]:
    """Tables that are missing, and rows missing from tables that are there."""
    found = []
    unread = _unread(report)
    for part in form.sections:
        for name in part.tables if part.required else ():
            table = form.tables[name]
            if name in held.forms:
                found += _rows(report, held, held.forms[name].tables[name], unread)
            elif not any(cell.partition("/")[0] == name for cell in unread):
                title = Both(table.title, table.title_en)
                found.append(rule("F-1").finding(report, {"section": section(part.number), "title": title}))
    return found


def _rows(report: Report, held: Shown, table: Table, unread: set[str]) -> list[Finding]:
    missing = []
    for row in table.rows:
        cells = [f"{table.name}/{key}" for key, (of, _) in table.cells.items() if of is row]
        if not any(cell in held.cells or cell in unread for cell in cells):
            missing.append((row, cells))
    if not missing:
        return []
    names = joined([Both(row.brief, row.label_en) for row, _ in missing])
    cells = [cell for _, of_row in missing for cell in of_row]
    fields = {"section": section(table.section), "count": len(missing), "rows": names}
    return [rule("F-1b").finding(report, fields, cells=cells)]


def _headings(report: Report, held: Shown, form: Form) -> list[Finding]:
    """Sections without heading: an error where their content is missing too, else a reminder."""
    narrative = report.narrative
    if not narrative.headings and not narrative.paragraphs:
        return []  # nothing of the text was kept: figures alone have no headings
    there = {heading.section for heading in narrative.headings}
    filled = {number for number, text, _ in narrative.paragraphs if text.strip()}
    filled |= {part.number for part in form.sections if any(table in held.forms for table in part.tables)}
    missing = [part for part in form.sections if part.required and part.number not in there]
    if not there - {None}:  # no headings at all: what belongs to which section cannot be told
        return [rule("F-2b").finding(report, {"headings": _named(missing)})] if missing else []
    empty = [part for part in missing if part.number not in filled]
    rest = [part for part in missing if part.number in filled]
    return [
        rule(code).finding(report, {"headings": _named(parts)})
        for code, parts in (("F-2", empty), ("F-2b", rest))
        if parts
    ]


def _named(parts: Iterable[Section]) -> Both:
    names = [
        Both(f"“{section(part.number).zh}、{part.heading}”", f"“{part.number}. {part.heading_en}”") for part in parts
    ]
    return joined(names)


def _forms(report: Report, held: Shown) -> list[Finding]:
    """Tables of a form that is not the year's: all of them, or some beside others."""
    prescribed = form_for(report.year) if report.year else None
    if prescribed is None:
        return []
    wrong = {name: form for name, form in held.forms.items() if not _fits(held, name, form, prescribed)}
    if not wrong:
        return []
    others = list(dict.fromkeys(form.name for form in wrong.values()))
    tables = [form.tables[name] for name, form in wrong.items()]
    distinct = [name for name in held.forms if _differs(name)]
    code = "F-3" if all(name in wrong for name in distinct) else "F-4"
    actual = "、".join(forms()[name].basis for name in others)
    fields = {"tables": joined([table_name(table) for table in tables]), "year": report.year}
    return [rule(code).finding(report, fields, expected=prescribed.basis, actual=actual)]


def _fits(held: Shown, name: str, form: Form, prescribed: Form) -> bool:
    if form.name == prescribed.name:
        return True
    table = prescribed.tables.get(name)
    return table is not None and all(
        cell.partition("/")[2] in table.cells for cell in held.cells if cell.startswith(f"{name}/")
    )


def _differs(name: str) -> bool:
    """Whether the forms disagree about that table at all (the table of disputes is the same in all)."""
    kinds = [frozenset(form.tables[name].cells) for form in forms().values() if name in form.tables]
    return len(set(kinds)) > 1 or len(kinds) == 1


def _day(report: Report, told: str | None) -> list[Finding]:
    """Whether the report was published in time; what the file itself says of its day is only a reminder."""
    day = _date(told or report.published)
    year = report.year or 0
    limits = [limit for limit in rule("X-9").settings["limits"] if limit["from"] <= year]
    if day is None or not limits:
        return []
    of_kind = "department" if agency.kind(report.agency) == "department" else "other"
    due = date.fromisoformat(f"{year + 1}-{limits[-1][of_kind]}")
    if day <= due:
        return []
    of = rule("X-9" if told else "X-9b")
    days = (day - due).days
    return [of.finding(report, {"year": year, "days": days}, expected=due.isoformat(), actual=day.isoformat())]


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
