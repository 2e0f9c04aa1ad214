"""The figures of the running text against those of the tables, and what it says of fees and supplements."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.annual.checking.common import Both, joined, rule
from gongkai.annual.checking.equations import Shown, shown
from gongkai.annual.finding import Finding, Number
from gongkai.annual.phrases import Phrase, phrases, wording
from gongkai.annual.report import Figure, Report


def check(report: Report) -> list[Finding]:
    """Everything that the text's figures say against the tables (X-1, X-4, X-5) and about fees (X-3)."""
    held = shown(report)
    return [*_against_tables(report, held, phrases()), *_fees(report, held)]


# ── Text against tables ────────────────────────────────────────────────────────────────────────────────────


def _against_tables(report: Report, held: Shown, known: Mapping[str, Phrase]) -> list[Finding]:
    """Figures that none of the sums which they may mean confirms."""
    found = []
    stated = [one for one in report.narrative.figures if _comparable(report, one) and one.what in known]
    confirmed: dict[str, Number] = {}
    unconfirmed = []
    for one in stated:
        sums = _possible(held, known[one.what or ""])
        if not sums:
            continue
        if any(value == one.value for _, value in sums):
            confirmed[one.what or ""] = max(one.value, confirmed.get(one.what or "", 0))
        else:
            unconfirmed.append((one, sums[0]))
    for one, (cells, value) in unconfirmed:
        if one.value < confirmed.get(one.what or "", 0):
            continue  # beside the figure of the table a smaller one of the same name: part of it
        named = joined([Both(held.label(cell), held.label(cell, "en")) for cell in cells])
        found.append(
            rule("X-1").finding(
                report,
                {"phrase": one.phrase, "unit": one.unit, "named": named},
                cells=cells,
                expected=value,
                actual=one.value,
                where=one.where,
            )
        )
    return found


def _comparable(report: Report, one: Figure) -> bool:
    return not one.percent and not one.approximate and one.year in (None, report.year)


def _possible(held: Shown, phrase: Phrase) -> list[tuple[tuple[str, ...], Number]]:
    """What the figure may equal, by the tables that the report has; nothing where one of these was not read."""
    sums: list[tuple[tuple[str, ...], Number]] = []
    for cells in phrase.cells:
        if not all(_has_place(held, cell) for cell in cells):
            continue  # cells of a form that the report does not use
        values = [held.cells[cell].value if cell in held.cells else None for cell in cells]
        if all(value is None for value in values) or any(cell not in held.cells for cell in cells):
            return []
        sums.append((cells, sum(value or 0 for value in values)))
    return sums


def _has_place(held: Shown, cell: str) -> bool:
    table, _, key = cell.partition("/")
    return table in held.forms and key in held.forms[table].tables[table].cells


# ── Fees and supplements ─────────────────────────────────────────────────────────────────────────


def _fees(report: Report, held: Shown) -> list[Finding]:
    found = []
    settings = rule("X-3").settings
    notices, notified, collected = (_stated(report, settings[name]) for name in ("notices", "notified", "collected"))
    if notices is not None and notices.value == 0:
        for amount in (notified, collected):
            if amount is not None and (yuan := _yuan(amount)) > 0:
                fields = {"phrase": amount.phrase}
                found.append(rule("X-3").finding(report, fields, expected=0, actual=yuan, where=amount.where))
    if notified is not None and collected is not None and _yuan(collected) > _yuan(notified) and not found:
        where = collected.where
        amounts = (_yuan(notified), _yuan(collected))
        found.append(rule("X-3b").finding(report, expected=amounts[0], actual=amounts[1], where=where))
    for code in ("X-4", "X-5"):
        cell, what = rule(code).settings["cell"], rule(code).settings["figure"]
        stated, value = _stated(report, what), held.cells[cell].value if cell in held.cells else None
        if stated is not None and stated.value == 0 and value:
            name = Both(held.label(cell), held.label(cell, "en"))
            found.append(
                rule(code).finding(report, {"cell": name}, cells=[cell], expected=0, actual=value, where=stated.where)
            )
    return found


def _stated(report: Report, what: str) -> Figure | None:
    """The figure of that name, if the text states it, exactly and with one value only."""
    stated = [one for one in report.narrative.figures if one.what == what and _comparable(report, one)]
    return stated[0] if stated and len({_yuan(one) for one in stated}) == 1 else None


def _yuan(amount: Figure) -> Number:
    """An amount in yuan; a figure that is no amount as it stands."""
    return amount.value * wording().money.get(amount.unit, 1)
