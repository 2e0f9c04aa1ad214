"""Thousands of reports as one Parquet file: built from folders, put questions to, checked, taken out again."""

from __future__ import annotations

from gongkai.annual.corpus.building import Account, build

__all__ = ["Account", "build"]
