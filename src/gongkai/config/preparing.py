"""What must be done before the platform can be served: migrations applied, static files collected."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

COLLECTED = ".collected"
"""The file in the folder of static files that says from which ones it was collected."""
STATISTICS = "sqlite_stat1"
"""The table in which SQLite keeps what ANALYZE found."""


def pending_migrations() -> list[str]:
    """The migrations that the database lacks, in order. Raises OperationalError where it cannot be reached."""
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def migrate() -> None:
    """Applies the migrations. Where somebody had SQLite gather its statistics, it gathers them again: beside old ones a
    new index looks better than it is, and lists of a million requests would be read whole."""
    call_command("migrate", interactive=False, verbosity=0)
    if connection.vendor == "sqlite" and STATISTICS in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def static_is_current() -> bool:
    """Whether the static files were collected from those that are installed now."""
    try:
        return (Path(settings.STATIC_ROOT) / COLLECTED).read_text() == _static_state()
    except OSError:
        return False


def collect_static() -> None:
    """Collects the static files, compressed and named by their content."""
    call_command("collectstatic", interactive=False, verbosity=0)
    (Path(settings.STATIC_ROOT) / COLLECTED).write_text(_static_state())


def _static_state() -> str:
    """A digest of which files there are, how big and how old."""
    digest = hashlib.sha256()
    found = ((name, storage) for finder in get_finders() for name, storage in finder.list([]))
    for name, storage in sorted(found, key=lambda pair: pair[0]):
        stat = Path(storage.path(name)).stat()
        digest.update(f"{name}|{stat.st_size}|{int(stat.st_mtime)}\n".encode())
    return digest.hexdigest()
