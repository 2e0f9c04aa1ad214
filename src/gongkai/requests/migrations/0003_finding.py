"""The full-text index over what requests say: FTS5 on SQLite, a GIN index on PostgreSQL, kept up by the database."""

from typing import Any

from django.db import migrations

TABLE = "requests_findingtext"
SQLITE = (
    f"CREATE VIRTUAL TABLE requests_finding USING fts5(tokens, content='{TABLE}', content_rowid='request_id', "
    "tokenize='unicode61 remove_diacritics 0')",
    f"CREATE TRIGGER {TABLE}_enters AFTER INSERT ON {TABLE} BEGIN "
    "INSERT INTO requests_finding(rowid, tokens) VALUES (new.request_id, new.tokens); END",
    f"CREATE TRIGGER {TABLE}_leaves AFTER DELETE ON {TABLE} BEGIN "
    "INSERT INTO requests_finding(requests_finding, rowid, tokens) VALUES ('delete', old.request_id, old.tokens); END",
    f"CREATE TRIGGER {TABLE}_changes AFTER UPDATE ON {TABLE} BEGIN "
    "INSERT INTO requests_finding(requests_finding, rowid, tokens) VALUES ('delete', old.request_id, old.tokens); "
    "INSERT INTO requests_finding(rowid, tokens) VALUES (new.request_id, new.tokens); END",
)
SQLITE_BACK = (
    *(f"DROP TRIGGER {TABLE}_{name}" for name in ("enters", "leaves", "changes")),
    "DROP TABLE requests_finding",
)
POSTGRESQL = (
    f"ALTER TABLE {TABLE} ADD COLUMN vector tsvector GENERATED ALWAYS AS (to_tsvector('simple', tokens)) STORED",
    f"CREATE INDEX requests_finding ON {TABLE} USING gin (vector)",
)
POSTGRESQL_BACK = (f"ALTER TABLE {TABLE} DROP COLUMN vector",)


def make(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unmake(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("requests", "0002_append_only")]
    operations = [migrations.RunPython(make, unmake)]
