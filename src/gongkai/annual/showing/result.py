"""What a command has to show: reports, findings, files that could not be read, and one verdict over all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai.annual.finding import Finding
from gongkai.annual.report import Report


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read as a report: its name and what is wrong, in both languages."""

    source: str
    message: str
    message_en: str

    def words(self, lang: str = "zh") -> str:
        """What is wrong and what to do."""
        return self.message if lang == "zh" else self.message_en


@dataclass(frozen=True, slots=True)
class Result:
    """What a command has to show: the reports, the findings about them, and the files that could not be read.

    ``verdict`` is ``valid``, ``invalid`` or ``unreadable``, or None where nothing was checked; ``headline`` says it in
    one sentence, by language.
    """

    reports: tuple[Report, ...]
    findings: tuple[Finding, ...] = ()
    unread: tuple[Unread, ...] = ()
    verdict: str | None = None
    headline: Mapping[str, str] = field(default_factory=dict)
