"""Telling results that this software wrote from reports, so that none is read as a report again."""

from __future__ import annotations

import os
import zipfile

from gongkai.annual.showing.csv import COLUMNS
from gongkai.annual.showing.naming import CREATOR


def is_result(name: str) -> bool:
    """Whether the file is a result that this software wrote (page, workbook or list), not a report."""
    suffix = os.path.splitext(name)[1].lower()
    try:
        if suffix == ".xlsx":
            with zipfile.ZipFile(name) as book, book.open("docProps/core.xml") as about:
                return CREATOR in about.read(4096).decode(errors="replace")
        with open(name, "rb") as file:
            start = file.read(1024).decode("utf-8-sig", errors="replace")
    except (OSError, zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError):
        return False
    return f'name="generator" content="{CREATOR}' in start if suffix == ".html" else start.startswith(",".join(COLUMNS))
