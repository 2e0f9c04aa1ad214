"""What a table's row was seen to say: one reading, or several that the form's sums must decide between."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.annual.finding import Number, Where

Value = Number | None
Values = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class RowReading:
    """A row of a table as read.

    ``cells`` are the names of its cells (without the table); ``readings`` the possible values, each a tuple as long as
    ``cells`` (None: blank). One reading means that the document leaves no choice. ``by_position`` says that columns or
    the row were told by their order alone, so that sums must confirm them. ``places`` and ``texts`` are per cell where
    known, else one place for the row.
    """

    table: str
    row: str
    cells: tuple[str, ...]
    readings: tuple[Values, ...]
    where: Where
    text: str = ""
    by_position: bool = False
    places: tuple[Where, ...] = ()
    texts: tuple[str, ...] = ()
    form: str | None = None
    inferred: bool = False
    """The figures do not stand there as they are given: they were cut out of glued digits, joined or placed."""
    by_sums: bool = False
    """A sum told these readings from others, and could by chance: they stand where no other sum speaks against them."""
    doubtful: frozenset[str] = frozenset()
    """Cells that a recogniser was not sure of: they count only where a sum confirms them."""

    def place(self, index: int) -> Where:
        """Where the cell of that index stands."""
        return self.places[index] if self.places else self.where

    def printed(self, index: int) -> str:
        """What stands there."""
        return self.texts[index] if self.texts else self.text


@dataclass(frozen=True, slots=True)
class Doubt:
    """Cells that could not be read for sure, and why (a key of ``doubts``): they are left out and reported."""

    table: str
    cells: tuple[str, ...]
    why: str
    where: Where
    text: str = ""


@dataclass(slots=True)
class Evidence:
    """All that was seen of the tables of one document."""

    rows: list[RowReading] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    forms: list[tuple[str, str]] = field(default_factory=list)
    """(table, form) for each label that only one form has."""

    def of(self, table: str) -> list[RowReading]:
        """The rows of that table."""
        return [row for row in self.rows if row.table == table]

    def extend(self, other: Evidence) -> None:
        """Take over everything of another."""
        self.rows += other.rows
        self.doubts += other.doubts
        self.forms += other.forms
