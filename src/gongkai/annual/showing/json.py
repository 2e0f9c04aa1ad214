"""Results as JSON, in the shapes that the vocabulary fixes."""

from __future__ import annotations

import json as _json
from typing import Any

from gongkai.annual.finding import Finding, Severity
from gongkai.annual.showing.result import Result, Unread

UNREADABLE = "unreadable"
"""The code of the finding that stands for a file that could not be read."""


def read_json(result: Result, lang: str = "zh") -> str:
    """What ``gongkai read`` prints: one object for one report, ``{"reports": […]}`` for several."""
    reports = [report.to_json(lang) for report in result.reports]
    return _written(reports[0] if len(reports) == 1 and not result.unread else {"reports": reports})


def check_json(result: Result, lang: str = "zh") -> str:
    """What ``gongkai check`` prints: ``{"verdict", "headline", "reports", "findings"}``.

    A file that could not be read has a finding of its own, with the code ``unreadable``.
    """
    findings = [*map(_unread, result.unread), *result.findings]
    return _written(
        {
            "verdict": result.verdict,
            "headline": result.headline[lang],
            "reports": [report.to_json(lang) for report in result.reports],
            "findings": [finding.to_json(lang) for finding in findings],
        }
    )


def _unread(unread: Unread) -> Finding:
    return Finding(UNREADABLE, Severity.ERROR, unread.message, unread.message_en, source=unread.source)


def _written(value: Any) -> str:
    return _json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
