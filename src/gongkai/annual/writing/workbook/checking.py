"""The live checks of a table: a column beside it for rules over rows, lines below it for all others.

Each check shows nothing until there is something to compare, then ✓, or ✗ (an error) or ◐ (a warning) with the
difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.annual.checking.footing import impossible
from gongkai.annual.finding import Number, Severity
from gongkai.annual.form import Rule, forms
from gongkai.annual.showing.boxes import MIDDLE, box_at, high_enough, spread
from gongkai.annual.showing.words import say
from gongkai.annual.writing.paper import FormTable
from gongkai.annual.writing.workbook import styles
from gongkai.annual.writing.workbook.formulas import BROKEN, KEPT, Check, Place, areas
from gongkai.annual.writing.workbook.saving import Book

_GAP, _CHECK_WIDTH = 2, 11
"""The widths of the empty column and of a column of checks beside a table."""

_ONE_CELL = 2 / 3
"""In a table without labels the rules' words take this share of the lines below, their results the rest."""

_CHARACTER = Alignment(horizontal="left", vertical="center", wrap_text=True)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The state of a table: formulas (from any sheet) that count blanks and broken rules, and what they come to now."""

    blank: tuple[str, int]
    broken: tuple[str, int]
    doubtful: tuple[str, int]


@dataclass(slots=True)
class Checking:
    """Writes the checks of one table."""

    book: Book
    sheet: Worksheet
    printed: FormTable
    checks: Sequence[Check]
    places: Mapping[str, Place]
    bottom: int
    lang: str

    def write(self) -> Outcomes:
        """Writes the checks and says how the state of the table is counted."""
        rules = [rule for rule in forms()[self.printed.table.form].rules if self._speaks_of(rule)]
        results: list[tuple[Place, str]] = []
        beside: dict[str, list[tuple[Place, str]]] = {}
        for number, rule in enumerate(rule for rule in rules if rule.each == "row" and not rule.looks_back):
            beside[rule.code] = self._beside(rule, self.printed.sheet.columns + 2 + 2 * number)
            results += beside[rule.code]
        line = self.bottom + 2
        if rules:
            self._heading(line)
        for rule in rules:
            line += 1
            results += self._line(line, rule, beside.get(rule.code))
        if rules:
            last = self.sheet.max_column
            self.book.aside(self.sheet, (self.bottom + 1, 1), (line, last))
            if last > self.printed.sheet.columns:
                self.book.aside(self.sheet, (1, self.printed.sheet.columns + 1), (self.bottom, last))
        return self._outcomes(results, any(rule.kind == "filled" for rule in rules))

    def _speaks_of(self, rule: Rule) -> bool:
        return rule.table == self.printed.table.name or (rule.table is None and rule.kind == "counts")

    def _figures(self, cells: Iterable[str]) -> dict[str, Number | None]:
        return {cell: self.printed.figures.get(cell) for cell in cells}

    def _beside(self, rule: Rule, column: int) -> list[tuple[Place, str]]:
        """The checks of a rule over rows, each beside its row, under its code."""
        self.sheet.column_dimensions[get_column_letter(column - 1)].width = _GAP
        self.sheet.column_dimensions[get_column_letter(column)].width = _CHECK_WIDTH
        mine = [check for check in self.checks if check.equation.rule.code == rule.code]
        lines = {self.places[check.equation.cells[0]].line: check for check in mine}
        box = box_at(self.sheet, min(lines, default=self.bottom) - 1, column)
        styles.put(box, f"{say('workbook_check', self.lang)} {rule.code}").alignment = MIDDLE
        found = []
        for line, check in lines.items():
            place = Place(line, column)
            found.append((place, self._outcome(place, check)))
        return found

    def _outcome(self, place: Place, check: Check) -> str:
        result = check.result(self._figures(check.equation.cells))
        box = spread(self.sheet, place.line, place.line, place.column - 1, place.column - 1 + place.width)
        box.alignment, box.font = MIDDLE, styles.font()
        self.book.formula(box, check.outcome, result)
        self._in_colour(place)
        return result

    def _in_colour(self, place: Place) -> None:
        for severity, sign in BROKEN.items():
            if severity is not Severity.INFO:
                address = place.address.replace("$", "")
                styles.mark_broken(self.sheet, address, f'LEFT({place.address},1)="{sign}"', severity)

    def _heading(self, line: int) -> None:
        box = spread(self.sheet, line, line, 0, self.printed.sheet.columns)
        styles.put(box, say("workbook_checks", self.lang), bold=True)

    def _line(self, line: int, rule: Rule, beside: list[tuple[Place, str]] | None) -> list[tuple[Place, str]]:
        """A rule below the table: its code and words, then what comes of it; the results that count."""
        layout = self.printed.sheet
        split = layout.labels or round(layout.columns * _ONE_CELL)
        words = f"{rule.code}  {rule.words if self.lang == 'zh' else rule.words_en}"
        styles.put(spread(self.sheet, line, line, 0, split), words, color=styles.QUIET).alignment = _CHARACTER
        high_enough(self.sheet, line, words, 0, split)
        whole = Place(line, split + 1, layout.columns - split)
        mine = [check for check in self.checks if check.equation.rule.code == rule.code]
        if beside is not None:
            self._of_rows(whole, rule, beside)
            return []
        if rule.kind == "counts":
            return [(whole, self._of_counts(whole))]
        if rule.kind == "filled":
            self._of_blanks(whole)
            return []
        if not mine:
            self._words(whole, say("workbook_year_before" if rule.looks_back else "workbook_agency_kind", self.lang))
            return []
        if len(mine) == 1:
            return [(whole, self._outcome(whole, mine[0]))]
        return [(place, self._outcome(place, check)) for place, check in self._below(line, mine)]

    def _below(self, line: int, mine: Sequence[Check]) -> list[tuple[Place, Check]]:
        """A rule over columns has its results below its columns."""
        over = [self.places[check.equation.cells[0]] for check in mine]
        return [(Place(line, place.column, place.width), check) for place, check in zip(over, mine, strict=True)]

    def _words(self, place: Place, words: str) -> None:
        box = spread(self.sheet, place.line, place.line, place.column - 1, place.column - 1 + place.width)
        styles.put(box, words, color=styles.QUIET).alignment = MIDDLE

    def _told(self, place: Place, formula: str, result: str) -> None:
        box = spread(self.sheet, place.line, place.line, place.column - 1, place.column - 1 + place.width)
        box.alignment, box.font = MIDDLE, styles.font()
        self.book.formula(box, formula, result)
        self._in_colour(place)

    def _of_rows(self, place: Place, rule: Rule, beside: list[tuple[Place, str]]) -> None:
        """How many rows break the rule; which ones is told beside them."""
        sign, ranges = BROKEN[rule.severity], areas(each for each, _ in beside)
        count, kept = count_of(sign, ranges), count_of(KEPT, ranges)
        words = formula_words("workbook_rows_broken", count, self.lang, sign=sign)
        broken = sum(result.startswith(sign) for _, result in beside)
        held = any(result == KEPT for _, result in beside)
        result = say("workbook_rows_broken", self.lang, n=broken, sign=sign) if broken else KEPT if held else ""
        self._told(place, f'IF({count}>0,{words},IF({kept}>0,"{KEPT}",""))', result)

    def _of_counts(self, place: Place) -> str:
        """How many cells hold what cannot be counted: words, negative or broken numbers."""
        parts = []
        for what, places in kinds_of_entries(self.printed, self.places).items():
            for area in areas(places):
                whole = "" if what == "amount" else f'*(1-ISNUMBER(FIND(".",{area}&"")))'
                least = "" if what == "signed" else f"*({area}>=0)"
                parts.append(f'SUMPRODUCT(--((ISNUMBER({area}){least}{whole}+({area}=""))=0))')
        count = "+".join(parts)
        cells = self.printed.table.cells
        bad = sum(impossible(self.printed.figures.get(name), *cells[name.partition("/")[2]]) for name in self.places)
        result = say("workbook_bad_cells", self.lang, n=bad) if bad else self._if_any(KEPT)
        words = formula_words("workbook_bad_cells", f"({count})", self.lang)
        self._told(place, f'IF({count}>0,{words},IF({self._filled()}>0,"{KEPT}",""))', result)
        return result

    def _of_blanks(self, place: Place) -> None:
        words = formula_words("workbook_state_blank", f"({self._blank()})", self.lang)
        count = sum(self.printed.figures.get(cell) is None for cell in self.places)
        result = say("workbook_state_blank", self.lang, n=count) if count else KEPT
        self._told(place, f'IF({self._blank()}>0,{words},"{KEPT}")', result)

    def _if_any(self, words: str) -> str:
        return words if any(self.printed.figures.get(cell) is not None for cell in self.places) else ""

    def _filled(self) -> str:
        return f"COUNT({','.join(areas(self.places.values()))})"

    def _blank(self) -> str:
        return f"{len(self.places)}-{self._filled()}"

    def _outcomes(self, results: Sequence[tuple[Place, str]], must_be_filled: bool) -> Outcomes:
        sheet = quote_sheetname(self.sheet.title)
        ranges = [f"{sheet}!{area}" for area in areas(place for place, _ in results)]
        signs = [BROKEN[severity] for severity in (Severity.ERROR, Severity.WARNING)]
        counts = [sum(result.startswith(sign) for _, result in results) for sign in signs]
        broken, doubtful = ((count_of(sign, ranges), count) for sign, count in zip(signs, counts, strict=True))
        if not must_be_filled:
            return Outcomes(("0", 0), broken, doubtful)
        filled = ",".join(f"{sheet}!{area}" for area in areas(self.places.values()))
        blank = sum(self.printed.figures.get(cell) is None for cell in self.places)
        return Outcomes((f"{len(self.places)}-COUNT({filled})", blank), broken, doubtful)


def count_of(sign: str, ranges: Sequence[str]) -> str:
    """The formula of how many cells of those ranges begin with that sign."""
    return "+".join(f'SUMPRODUCT(--(LEFT({area},1)="{sign}"))' for area in ranges) or "0"


def formula_words(key: str, count: str, lang: str, **values: object) -> str:
    """The words of the catalogue as a formula, the number in them worked out by ``count``."""
    before, after = say(key, lang, n="\0", **values).split("\0")
    return f'"{before}"&{count}&"{after}"'


def kinds_of_entries(printed: FormTable, places: Mapping[str, Place]) -> dict[str, list[Place]]:
    """The places of figures by what they may be: ``whole``, ``amount`` or ``signed``."""
    found: dict[str, list[Place]] = {}
    for name, place in places.items():
        row, column = printed.table.cells[name.partition("/")[2]]
        what = "amount" if row.decimal or column.decimal else "signed" if column.signed else "whole"
        found.setdefault(what, []).append(place)
    return found
