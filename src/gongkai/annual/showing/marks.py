"""The parts of a report as it is shown: cells with their state, findings with their number, tables laid out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongkai.annual.finding import Finding, Number, Severity, Where
from gongkai.annual.form.layout import Sheet
from gongkai.annual.report import Figure, Indicator
from gongkai.annual.showing.naming import number

GRAVITY = (Severity.ERROR, Severity.WARNING, Severity.INFO)
"""The severities, gravest first."""


class State(StrEnum):
    """How a cell stands in the document and in the reading."""

    READ = "read"
    INFERRED = "inferred"
    """The form's sums decided between several readings."""
    BLANK = "blank"
    """The document leaves it empty."""
    UNREAD = "unread"
    """It is there, but could not be read for sure."""
    ABSENT = "absent"
    """The document has no such row or column."""


@dataclass(frozen=True, slots=True)
class Note:
    """A finding under the number by which a report shows it.

    ``suspect`` are the cells of the report that are ringed; the others that the finding names are lit with them.
    """

    number: int
    finding: Finding
    suspect: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of the report itself."""
        return tuple(cell for cell in self.finding.cells if not of_another(cell))

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """Cells of another year's report: ``2023:requests/carried_out:total``."""
        return tuple(cell for cell in self.finding.cells if of_another(cell))

    def words(self, lang: str = "zh") -> str:
        """What is wrong, where, and what to do."""
        return self.finding.message if lang == "zh" else self.finding.message_en

    def beside(self, value: Number | str | None, lang: str = "zh") -> str:
        """What was expected or found, to stand beside the words; empty where it is a text that they quote already."""
        return "" if isinstance(value, str) and value in self.words(lang) else number(value)


@dataclass(frozen=True, slots=True)
class Seen:
    """A cell as it is shown: its state, the figure in digits, the notes about it, where it was read."""

    name: str
    state: State
    figure: str = ""
    notes: tuple[Note, ...] = ()
    where: Where | None = None

    @property
    def ringed(self) -> tuple[Note, ...]:
        """The notes for which the cell itself is suspect, not only a part of a sum."""
        return tuple(note for note in self.notes if self.name in note.suspect)

    @property
    def severity(self) -> Severity | None:
        """The gravest of the notes for which it is suspect."""
        return gravest(note.finding for note in self.ringed)


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table of a report: its layout, its cells by full name, and figures that stand outside of the form's cells."""

    sheet: Sheet
    cells: Mapping[str, Seen]
    others: tuple[Seen, ...] = ()

    @property
    def there(self) -> bool:
        """Whether the document has the table at all."""
        return any(cell.state is not State.ABSENT for cell in self.cells.values()) or bool(self.others)

    @property
    def inferred(self) -> bool:
        """Whether every figure of the table was inferred, so that marking each would say nothing."""
        states = {cell.state for cell in (*self.cells.values(), *self.others)}
        return State.INFERRED in states and State.READ not in states

    @property
    def marked(self) -> bool:
        """Whether a note is about one of its cells."""
        return any(cell.notes for cell in (*self.cells.values(), *self.others))


@dataclass(frozen=True, slots=True)
class ShownIndicator:
    """A row of a statistical table of before 2019, as the document has it."""

    indicator: Indicator
    seen: Seen
    cumulative: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure of the narrative, and the figure that the tables have for it: the sum of ``cells``."""

    figure: Figure
    table: str
    cells: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


def gravest(findings: Iterable[Finding]) -> Severity | None:
    """The gravest severity among the findings; None if there are none."""
    return min((finding.severity for finding in findings), key=GRAVITY.index, default=None)


def of_another(cell: str) -> bool:
    """Whether the cell's name begins with a year: a cell of another year's report."""
    return cell[:4].isdigit() and cell[4:5] == ":"
