"""DuckDB as the corpus uses it: bounded memory, and a corpus opened so that only that file can be reached."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from gongkai.annual.corpus.columns import columns
from gongkai.annual.showing.reasons import reason_of
from gongkai.annual.showing.words import LANGUAGES, say

MEMORY = "1GB"
"""What DuckDB may take while a corpus is put together; more goes to files beside it."""


class CorpusError(Exception):
    """Something the caller can mend: one line that says what is wrong and what to do, in both languages. A value that
    is an error is put into words."""

    def __init__(self, key: str, **values: object) -> None:
        self.message, self.message_en = (say(key, lang, **_worded(values, lang)) for lang in LANGUAGES)
        super().__init__(self.message)

    def words(self, lang: str = "zh") -> str:
        """What is wrong and what to do."""
        return self.message if lang == "zh" else self.message_en


def _worded(values: Mapping[str, object], lang: str) -> dict[str, object]:
    return {
        name: reason_of(value, lang) if isinstance(value, BaseException) else value for name, value in values.items()
    }


def text(value: str | Path) -> str:
    """A text as SQL writes it."""
    return "'" + str(value).replace("'", "''") + "'"


@contextmanager
def workshop(spill: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory to put a corpus together with; what does not fit goes to the folder ``spill``."""
    settings = {"memory_limit": MEMORY, "temp_directory": str(spill), "python_enable_replacements": "false"}
    # One thread: this process starts others by fork, and a thread's locks do not survive that.
    with duckdb.connect(config={**settings, "threads": "1"}) as connection:
        yield connection


@contextmanager
def opened(path: str | Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The corpus as the view ``files``, read only, with no way to any other file, to the network or to the settings.

    Raises CorpusError if there is no such file or it is no corpus.
    """
    where = os.path.abspath(path)
    if not os.path.isfile(where):
        raise CorpusError("corpus_missing", file=path)
    with duckdb.connect(config={"python_enable_replacements": "false", "temp_directory": ""}) as connection:
        connection.execute(f"SET allowed_paths = [{text(where)}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        if not is_corpus(connection, where):
            raise CorpusError("corpus_not_one", file=path)
        connection.execute(f"CREATE VIEW files AS SELECT * FROM read_parquet({text(where)})")
        yield connection


def is_corpus(connection: duckdb.DuckDBPyConnection, path: str | Path) -> bool:
    """Whether the file is a Parquet file, whole, with exactly the columns of a corpus of this version."""
    return columns_of(connection, path) == dict(columns())


def was_corpus(connection: duckdb.DuckDBPyConnection, path: str | Path) -> bool:
    """Whether the file is a corpus, of this version or one with other columns."""
    return {"file", "sha256", "status", "report", "software"} <= columns_of(connection, path).keys()


def columns_of(connection: duckdb.DuckDBPyConnection, path: str | Path) -> dict[str, str]:
    """The columns of a Parquet file with their types; none if it is no Parquet file or not whole."""
    try:
        held = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({text(path)})").fetchall()
    except duckdb.Error:
        return {}
    return {row[0]: row[1].replace('"', "") for row in held}
