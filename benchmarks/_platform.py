"""Databases for the platform's benchmarks: made for a run, removed after it; each measured in a process of its own."""

from __future__ import annotations

import base64
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from benchmarks import Row

SERVER = "GONGKAI_BENCH_POSTGRES"
"""The variable that names a PostgreSQL database on whose server databases may be made: postgresql://user@host/name."""


@dataclass(frozen=True, slots=True)
class Place:
    """A database of its own, and the folder beside it."""

    name: str
    url: str
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """The settings with which the platform runs there."""
        key = base64.urlsafe_b64encode(b"for benchmarks alone, 32 bytes.!").decode()
        given = {
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
            "GONGKAI_SECRET": "for benchmarks alone, and of no use anywhere else",
            "GONGKAI_KEYS": key,
            "GONGKAI_DATA": str(self.folder),
            "GONGKAI_HOSTS": "testserver",
            "GONGKAI_SECOND_FACTOR": "offered",
        }
        return {**os.environ, **given}


@contextmanager
def place(name: str) -> Iterator[Place]:
    """An empty database with all tables, ``SQLite`` or ``PostgreSQL``; nothing of it is left afterwards."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # told to end: what was made is removed then too
    folder = Path(tempfile.mkdtemp(prefix="gongkai-bench-"))
    try:
        if name == "SQLite":
            made = Place(name, f"sqlite://{folder}/gongkai.sqlite3", folder)
            _migrate(made)
            yield made
        else:
            with _on_server() as url:
                made = Place(name, url, folder)
                _migrate(made)
                yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        signal.signal(signal.SIGTERM, before)


def databases() -> list[str]:
    """SQLite, and PostgreSQL where the variable names a server."""
    return ["SQLite", *(["PostgreSQL"] if os.environ.get(SERVER) else [])]


def measured(module: str, where: Place, *words: str) -> list[Row]:
    """The rows that a module of this package prints as JSON, run on that database."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *words]
    done = subprocess.run(command, env=where.environment, stdout=subprocess.PIPE, text=True, check=True)
    return [Row(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def number(variable: str, otherwise: int) -> int:
    """A size that the environment may set, for a shorter run."""
    return int(os.environ.get(variable) or otherwise)


@contextmanager
def _on_server() -> Iterator[str]:
    import psycopg
    from psycopg import sql

    server = os.environ[SERVER]
    name = f"gongkai_bench_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as link:
        link.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            with suppress(psycopg.Error):
                link.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _migrate(where: Place) -> None:
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=where.environment, check=True)
