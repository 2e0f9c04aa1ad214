"""The rules that no single form states (``forms/common.toml``), loaded and checked, and the findings made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, NamedTuple

from gongkai.annual.finding import Finding, Number, Severity, Where
from gongkai.annual.loading import BrokenForm, Loader
from gongkai.annual.report import Report

NAME = "common.toml"


class Both(NamedTuple):
    """Something in Chinese and in English."""

    zh: str
    en: str

    def fill(self, **fields: Any) -> Both:
        """The same with its places filled; a field that is itself in both languages gives each its own."""
        return Both(self.zh.format(**_fields(fields, 0)), self.en.format(**_fields(fields, 1)))

    def then(self, *others: Both) -> Both:
        """This and the others, one behind the other in each language."""
        parts = (self, *others)
        return Both("".join(part.zh for part in parts), "".join(part.en for part in parts))


def _fields(fields: Mapping[str, Any], at: int) -> dict[str, Any]:
    return {name: value[at] if isinstance(value, Both) else value for name, value in fields.items()}


NOTHING = Both("", "")


@dataclass(frozen=True)
class CommonRule:
    """A rule that no single form states: code, severity, message with places to fill, basis, thresholds.

    ``place`` is where the verdict counts it: ``text``, ``frame``, ``years`` or ``parts``.
    """

    code: str
    place: str
    severity: Severity
    words: Both
    basis: str
    settings: Mapping[str, Any] = field(default_factory=dict)

    def finding(
        self,
        report: Report,
        fields: Mapping[str, object] = MappingProxyType({}),
        *,
        cells: Sequence[str] = (),
        expected: Number | str | None = None,
        actual: Number | str | None = None,
        where: Where | None = None,
        details: dict[str, Any] | None = None,
    ) -> Finding:
        """A finding of this rule on that report; ``expected``, ``actual`` and ``fields`` fill the message."""
        message = self.words.fill(**{"expected": expected, "actual": actual, **fields})
        return Finding(
            code=self.code,
            severity=self.severity,
            message=message.zh,
            message_en=message.en,
            cells=tuple(cells),
            expected=expected,
            actual=actual,
            basis=self.basis,
            where=where,
            source=report.source,
            agency=report.agency,
            year=report.year,
            details=details or {},
        )


@dataclass(frozen=True)
class Names:
    """What is known of agencies' names: short and full forms, what a place looks like, kinds by pattern."""

    full: tuple[tuple[str, str], ...]
    departments: tuple[tuple[str, str], ...]
    places: re.Pattern[str]
    no_places: tuple[str, ...]
    kinds: tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True)
class Common:
    """Everything in ``common.toml``."""

    rules: Mapping[str, CommonRule]
    names: Names
    words: Mapping[str, Both]


@cache
def common() -> Common:
    """The common rules as the package ships them. Raises BrokenForm."""
    return load((resources.files("gongkai.annual") / "forms" / NAME).read_text(encoding="utf-8"), NAME)


def rule(code: str) -> CommonRule:
    """The common rule of that code. Raises KeyError."""
    return common().rules[code]


def words(name: str) -> Both:
    """The words of that name. Raises KeyError."""
    return common().words[name]


def joined(parts: Sequence[Both], by: str = "list") -> Both:
    """The parts as one list in both languages."""
    between = words(by)
    return Both(between.zh.join(part.zh for part in parts), between.en.join(part.en for part in parts))


def load(text: str, name: str) -> Common:
    """The common rules from the text of their file; ``name`` is used in messages. Raises BrokenForm."""
    loader = Loader(name)
    data = loader.take(loader.data(text), "file", {"rules": list, "names": dict, "words": dict}, {})
    names, told = _names(data["names"], f"{name}: names"), _words(data["words"], f"{name}: words")
    return Common(_rules(loader, data["rules"]), names, told)


@cache
def rules_in(name: str) -> Mapping[str, CommonRule]:
    """The rules of another file of the forms' folder, which holds nothing else: ``merging.toml``. Raises BrokenForm."""
    loader = Loader(name)
    text = (resources.files("gongkai.annual") / "forms" / name).read_text(encoding="utf-8")
    return _rules(loader, loader.take(loader.data(text), "file", {"rules": list}, {})["rules"])


def _rules(loader: Loader, entries: Sequence[Any]) -> dict[str, CommonRule]:
    rules: dict[str, CommonRule] = {}
    for at, entry in enumerate(entries):
        loaded = _rule(loader, entry, f"rules[{at}]")
        if loaded.code in rules:
            raise loader.fail("rules", f"code {loaded.code!r} is used twice")
        rules[loaded.code] = loaded
    return rules


def _rule(loader: Loader, entry: Any, place: str) -> CommonRule:
    required = dict.fromkeys(("code", "place", "severity", "words", "words_en", "basis"), str)
    entry = loader.take(entry, place, required, {"settings": dict})
    if entry["severity"] not in set(Severity):
        raise loader.fail(place, f"severity must be one of {', '.join(Severity)}, not {entry['severity']!r}")
    for key, value in _patterns(entry.get("settings", {})):
        _pattern(value, f"{loader.name}: {place}: settings.{key}")
    message = Both(entry["words"], entry["words_en"])
    return CommonRule(
        entry["code"], entry["place"], Severity(entry["severity"]), message, entry["basis"], entry.get("settings", {})
    )


def _patterns(settings: Mapping[str, Any]) -> list[tuple[str, str]]:
    several = [("patterns", value) for value in settings.get("patterns", [])]
    return several + [(key, settings[key]) for key in ("pattern", "preface") if key in settings]


def _pattern(text: Any, place: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except (re.error, TypeError) as error:
        raise BrokenForm(f"{place}: not a pattern: {error}") from error


def _names(data: Any, place: str) -> Names:
    try:
        full, departments = (
            tuple((str(short), str(long)) for short, long in data[key]) for key in ("full", "departments")
        )
        kinds = tuple((entry["kind"], _pattern(entry["pattern"], f"{place}.kinds")) for entry in data["kinds"])
        no_places = tuple(str(word) for word in data["no_places"])
        return Names(full, departments, _pattern(data["places"], f"{place}.places"), no_places, kinds)
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenForm(
            f"{place}: needs full and departments (pairs), places, no_places and kinds: {error}"
        ) from error


def _words(data: Any, place: str) -> dict[str, Both]:
    for key, value in data.items():
        if not (isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value)):
            raise BrokenForm(f"{place}.{key}: must be a pair, Chinese and English")
    return {key: Both(*value) for key, value in data.items()}
