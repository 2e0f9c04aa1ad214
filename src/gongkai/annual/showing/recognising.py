"""Telling results that this software wrote from reports, so that none is read as a report again."""

from __future__ import annotations

import os
import re
import zipfile

from gongkai.annual.showing.csv import COLUMNS
from gongkai.annual.showing.naming import CREATOR

_CHECKED = re.compile(r'\s*\{\s*"verdict"')
"""How the JSON of a check begins."""

_REPORT = re.compile(r'\s*\{\s*"(?:notices|agency)"')
"""How a report in JSON begins, read or written by this software; other programs may order its names otherwise."""


def is_stored_report(name: str) -> bool:
    """Whether a JSON file begins as a report does: a folder may hold JSON of any other kind."""
    try:
        with open(name, "rb") as file:
            return _REPORT.match(file.read(1024).decode("utf-8-sig", errors="replace")) is not None
    except OSError:
        return False


def is_result(name: str) -> bool:
    """Whether the file is a result that this software wrote (page, workbook, list, JSON of a check), not a report."""
    suffix = os.path.splitext(name)[1].lower()
    try:
        if suffix == ".xlsx":
            with zipfile.ZipFile(name) as book, book.open("docProps/core.xml") as about:
                return f">{CREATOR}<" in about.read(4096).decode(errors="replace")
        with open(name, "rb") as file:
            start = file.read(1024).decode("utf-8-sig", errors="replace")
    except (OSError, zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError):
        return False
    if suffix == ".json":
        return _CHECKED.match(start) is not None
    return f'name="generator" content="{CREATOR}' in start if suffix == ".html" else start.startswith(",".join(COLUMNS))
