"""Thousands of reports as one Parquet file: built from folders, put questions to, checked, taken out again."""

from __future__ import annotations

from gongkai.annual.corpus.building import Account, build
from gongkai.annual.corpus.checking import CorpusChecked, check
from gongkai.annual.corpus.database import CorpusError
from gongkai.annual.corpus.querying import Answer, query
from gongkai.annual.corpus.restoring import reports

__all__ = ["Account", "Answer", "CorpusChecked", "CorpusError", "build", "check", "query", "reports"]
