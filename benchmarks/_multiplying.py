"""The made-up district multiplied inside the database, so that a million requests are there in minutes.

Of a copied request the log holds its main entries, on a chain number of its own; names and numbers are told apart.
One copy in three brings the open requests too: then about one in a hundred is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from django.apps import apps
from django.db import connection, transaction

ENTRIES = ("submitted", "arrived", "confirmed", "drafted", "signed", "decided", "delivered")
APART = 10_000_000
"""How far the ids of one copy lie from those of the next: more than the district has of anything."""
OPEN_EVERY = 3
NUMBERED = "%(k)s"
TABLES = (
    ("requests_applicant", ()),
    ("requests_submission", ()),
    ("requests_request", ("applicant_id", "submission_id")),
    ("requests_event", ("request_id",)),
    ("requests_decision", ("request_id",)),
    ("requests_delivery", ("request_id",)),
    ("requests_findingtext", ("request_id",)),
)
"""What is copied, and which columns point to what is copied too."""


def multiply(until: int) -> Iterator[int]:
    """Copies the district until there are so many requests; gives how many there are after each step."""
    Request = apps.get_model("requests", "Request")
    _hurry()
    there = Request.objects.count()
    first = 1 + Request.objects.order_by("-pk").values_list("pk", flat=True)[0] // APART
    for k in count(first):
        if there >= until:
            break
        with transaction.atomic(), connection.cursor() as cursor:
            _choose(cursor, until - there, with_open=k % OPEN_EVERY == 0)
            for table, pointing in TABLES:
                _copy(cursor, table, pointing, k)
            cursor.execute("SELECT count(*) FROM chosen")
            there += cursor.fetchone()[0]
            cursor.execute("DROP TABLE chosen")
        yield there
    with connection.cursor() as cursor:
        # As PostgreSQL does by itself after so many rows (autovacuum): only then does it count from indexes alone.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _hurry() -> None:
    """What is copied refers to what is copied: references need no check. Ends with the connection."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET synchronous_commit = off")
            cursor.execute("ANALYZE")
        else:
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("PRAGMA synchronous = OFF")


def _choose(cursor, most: int, *, with_open: bool) -> None:  # type: ignore[no-untyped-def]
    """The requests of the district that are copied this time."""
    which = "" if with_open else "AND NOT is_open"
    cursor.execute(
        "CREATE TEMPORARY TABLE chosen AS SELECT id, applicant_id, submission_id FROM requests_request "
        f"WHERE id < {APART} {which} ORDER BY id LIMIT {most}"
    )


def _copy(cursor, table: str, pointing: Sequence[str], k: int) -> None:  # type: ignore[no-untyped-def]
    columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    columns = [column for column in columns if column != "vector"]
    values = ", ".join(_value(table, column, pointing, k) for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    key = {"requests_applicant": "applicant_id", "requests_submission": "submission_id"}.get(table, "id")
    of = "id" if table in ("requests_applicant", "requests_submission", "requests_request") else "request_id"
    where = f"{of} IN (SELECT {key} FROM chosen)"
    if table == "requests_event":
        where += f" AND name IN ({', '.join(repr(name) for name in ENTRIES)})"
    cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {where}")


def _value(table: str, column: str, pointing: Sequence[str], k: int) -> str:
    """The expression for a column of the copy."""
    if column == "id" or column in pointing:
        return f'"{column}" + {k * APART}'
    if column == "number" and table == "requests_event":
        return f"number + {k * APART}"
    if column == "number" and table == "requests_request":
        return f"number || '-{k}'"
    if column == "title":
        return f"title || '{k}'"
    if column.endswith("_index"):
        return f"substr({column}, 1, 56) || '{k:08}'"
    if column == "key" and table == "requests_submission":
        if connection.vendor == "postgresql":
            return "gen_random_uuid()"
        return "lower(hex(randomblob(16)))"
    if column == "key" and table == "requests_event":
        return "NULL"
    return f'"{column}"'
