"""The database itself refuses to change or remove an entry of a log: triggers for SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations import RunPython

MESSAGE = "append only"


def append_only(table: str) -> RunPython:
    """The migration that guards a log's table."""

    def guard(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}: {table}'; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"
            )
        else:
            for what in ("UPDATE", "DELETE"):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}: {table}'); END"
                )

    def release(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
            schema_editor.execute(f"DROP FUNCTION {table}_append_only()")
        else:
            for what in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{what}")

    return RunPython(guard, release)
