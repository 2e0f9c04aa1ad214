"""The parts of a corpus that is being built, in a folder beside it, and the whole made of them.

Every file takes its name only once it is complete, so whatever ends the building, a corpus and its parts are whole.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from weakref import WeakSet

import duckdb

from gongkai.annual.checking import agency
from gongkai.annual.corpus.columns import WHO, columns, quoted
from gongkai.annual.corpus.database import CorpusError, columns_of, is_corpus, text, was_corpus, workshop
from gongkai.annual.corpus.listing import Entry
from gongkai.annual.showing.reasons import is_full

ROWS = 512
"""Rows of a part: some seconds of work, some megabytes."""

FIRST_SECONDS, SECONDS = 2.0, 30.0
"""After so long a part is written with the rows that it has, so that slow files are not read again either: the first
soon, each later one after twice as long, up to the second figure."""

_ROW_GROUP = 8192
"""Rows that the corpus holds together: few enough to be gathered in memory, enough to be read fast."""

_STORED = {name: type for name, type in columns().items() if name not in WHO or name == "agency"}
_IN_LINES = {**_STORED, "modified": "BIGINT", "report": "VARCHAR"}


@dataclass(frozen=True, slots=True)
class Known:
    """What the corpus or its parts hold of a file."""

    bytes: int
    modified: int
    sha256: str | None
    status: str


class Parts:
    """The folder of parts of one corpus, held by one process at a time."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = out.with_name(f"{out.name}.parts")
        self.base = False
        self.whole = False
        self._lock: IO[str] | None = None

    def __enter__(self) -> Parts:
        """Raises CorpusError if another process builds this corpus, or ``out`` is something else."""
        with _writing(self.out):
            self.folder.mkdir(exist_ok=True)
            self._lock = _locked(self.folder / "lock", self.out)
        try:
            self._tidy()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._lock is not None:
            self._lock.close()
        if not self._files() and not self.whole:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _tidy(self) -> None:
        """Removes what was left unfinished, and parts of a version with other columns."""
        with workshop(self.folder) as connection:
            self.base = self.out.exists() and is_corpus(connection, self.out)
            if self.out.exists() and not self.base and not was_corpus(connection, self.out):
                raise CorpusError("corpus_out_taken", file=self.out)
            for path in self.folder.iterdir():
                if path.name != "lock" and not (path.suffix == ".parquet" and columns_of(connection, path) == _STORED):
                    shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("*.parquet"))

    def forget(self) -> None:
        """Takes nothing over from what was read before."""
        self.base = False
        for path in self._files():
            path.unlink()

    def known(self) -> dict[str, Known]:
        """What is held of each file, as it was read last."""
        sources = [text(path) for path in ([self.out] if self.base else []) + self._files()]
        found: dict[str, Known] = {}
        with workshop(self.folder) as connection:
            for source in sources:
                rows = connection.execute(
                    f"SELECT file, bytes, epoch_us(modified), sha256, status FROM read_parquet({source})"
                )
                while some := rows.fetchmany(_ROW_GROUP):
                    found.update((file, Known(*rest)) for file, *rest in some)
        return found

    def write(self, lines: Iterable[bytes]) -> None:
        """One more part of these lines. Raises CorpusError if it cannot be written; then there is none."""
        number = int(self._files()[-1].stem) + 1 if self._files() else 1
        raw, unfinished = self.folder / "lines", self.folder / "unfinished"
        with _writing(self.out):
            try:
                longest = write_lines(raw, lines)
                with workshop(self.folder) as connection:
                    source = read_json(raw, _IN_LINES, longest)
                    made = "make_timestamp(modified) AS modified, from_base64(report) AS report"
                    _copy(connection, f"SELECT * REPLACE ({made}) FROM {source}", unfinished)
                os.replace(unfinished, self.folder / f"{number:06}.parquet")
            finally:
                raw.unlink(missing_ok=True)
                unfinished.unlink(missing_ok=True)

    def finish(self, listed: Iterable[Entry], seen: Mapping[str, int]) -> None:
        """The corpus of the files listed, each as it was read last; ``seen`` has the new date of files whose content
        is as before. Takes its name when it is complete; then the parts are removed. Raises CorpusError."""
        listing, names, unfinished = (self.folder / name for name in ("listing", "names", "unfinished"))
        with _writing(self.out):
            rows = ({"file": entry.file, "seen": seen.get(entry.file)} for entry in listed)
            write_lines(listing, (json.dumps(row, ensure_ascii=False).encode() for row in rows))
            with workshop(self.folder) as connection:
                for statement in self._gathering(listing):
                    connection.execute(statement)
                known = connection.execute("SELECT DISTINCT agency FROM taken WHERE agency IS NOT NULL").fetchall()
                longest = write_lines(names, _names(sorted(row[0] for row in known)))
                connection.execute(f"CREATE TABLE names AS FROM {read_json(names, WHO, longest)}")
                whole = ", ".join(_whole(name) for name in columns())
                _copy(connection, f"SELECT {whole} FROM taken LEFT JOIN names USING (agency) ORDER BY file", unfinished)
            os.replace(unfinished, self.out)
        self.whole = True
        shutil.rmtree(self.folder, ignore_errors=True)

    def _gathering(self, listing: Path) -> Iterator[str]:
        """SQL that makes the view ``taken``: of each file listed the row that was written last."""
        stored = ", ".join(quoted(name) for name in _STORED)
        files = [(self.out, 0)] if self.base else []
        files += [(path, number) for number, path in enumerate(self._files(), 1)]
        yield f"CREATE TABLE listing AS FROM {read_json(listing, {'file': 'VARCHAR', 'seen': 'BIGINT'})}"
        reads = [f"SELECT {stored}, {number} AS part FROM read_parquet({text(path)})" for path, number in files]
        nothing = ", ".join(f"NULL::{type} AS {quoted(name)}" for name, type in _STORED.items())
        yield f"CREATE VIEW held AS {' UNION ALL '.join(reads) or f'SELECT {nothing}, 0 AS part LIMIT 0'}"
        yield (
            "CREATE TABLE newest AS SELECT file, max(part) AS part, any_value(seen) AS seen "
            "FROM held JOIN listing USING (file) GROUP BY file"
        )
        yield "CREATE VIEW taken AS SELECT held.*, newest.seen FROM held JOIN newest USING (file, part)"


def _whole(name: str) -> str:
    if name == "modified":
        return "coalesce(make_timestamp(seen), modified) AS modified"
    return quoted(name)


def _names(agencies: list[str]) -> Iterator[bytes]:
    """A line for each agency: the one name by which it goes in this corpus, its kind, and its places."""
    one_name = agency.same_agency(agencies)
    for name in agencies:
        places = agency.places(one_name[name])
        known: dict[str, Any] = {
            "agency": name,
            "agency_full": one_name[name],
            "kind": agency.kind(name),
            "area": "".join(places) or None,
            "areas": list(places),
        }
        yield json.dumps(known, ensure_ascii=False).encode()


def write_lines(path: Path, lines: Iterable[bytes]) -> int:
    """Writes the lines; the length of the longest."""
    longest = 0
    with path.open("wb") as file:
        for line in lines:
            longest = max(longest, len(line))
            file.write(line)
            file.write(b"\n")
    return longest


_BUFFER = 1 << 20


def read_json(path: Path, types: Mapping[str, str], longest: int = 0) -> str:
    wanted = ", ".join(f"{text(name)}: {text(type)}" for name, type in types.items())
    room = max(_BUFFER, 2 * longest)
    return (
        f"read_json({text(path)}, format = 'newline_delimited', columns = {{{wanted}}}, maximum_object_size = {room})"
    )


def _copy(connection: duckdb.DuckDBPyConnection, select: str, path: Path) -> None:
    """Writes what is selected as Parquet and waits until the disk has it."""
    options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP}"
    connection.execute(f"COPY ({select}) TO {text(path)} ({options})")
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _writing:
    """What fails here fails because ``out`` cannot be written: raised as CorpusError."""

    def __init__(self, out: Path) -> None:
        self.out = out

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError | duckdb.IOException | duckdb.OutOfMemoryException):
            full = is_full(error) or isinstance(error, duckdb.OutOfMemoryException)
            raise CorpusError(
                "corpus_no_room" if full else "corpus_cannot_write", file=self.out, reason=error
            ) from error


def _locked(path: Path, out: Path) -> IO[str] | None:
    """The open lock file; it is let go when the process ends, however it ends. None where there are no locks."""
    try:
        import fcntl
    except ImportError:
        return None
    file = path.open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise CorpusError("corpus_busy", file=out) from error
    _HELD.add(file)
    return file


_HELD: WeakSet[IO[str]] = WeakSet()
"""The locks of this process. A lock lasts until the last copy of its file is closed, so processes that are copied from
this one let go of it: only the one that builds holds it."""


def _let_go() -> None:
    for file in list(_HELD):
        if not file.closed:
            file.close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)
