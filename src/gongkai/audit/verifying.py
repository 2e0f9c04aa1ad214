"""Proving a log: every entry in its place, with the digest it must have, up to the end that the chain knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Max

from gongkai.audit.digest import algorithm_of, digest
from gongkai.audit.models import Chain, Link


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry of a chain that is not as it was written. ``why``: changed, missing, cut, not_chained."""

    chain: str
    number: int
    why: str
    table: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the proof of one chain came to: how many entries hold, the last digest, and the first that does not."""

    chain: str
    entries: int
    digest: str
    broken: Broken | None = None


def logs() -> list[type[Link]]:
    """Every log that is kept, as a model."""
    return [model for model in apps.get_models() if issubclass(model, Link)]


def verify(batch: int = 5000) -> Iterator[Verdict]:
    """Goes through every chain from its first entry on; memory does not grow with it."""
    for chain in Chain.objects.order_by("name"):
        yield _verify_chain(chain, batch)


def _verify_chain(chain: Chain, batch: int) -> Verdict:
    table = next((log for log in logs() if log._default_manager.filter(chain=chain).exists()), None)
    newest = _newest(table, chain)
    chain.refresh_from_db()  # after the newest entry was seen: people go on writing while it is proved
    name = table._meta.db_table if table else ""
    previous, number = "", 0
    if table is not None:
        entries = table._default_manager.filter(chain=chain, number__lte=chain.length).order_by("number")
        for entry in entries.iterator(chunk_size=batch):
            entry.chain = chain
            why = _wrong(entry, number, previous)
            if why:
                return Verdict(chain.name, number, previous, Broken(chain.name, number + 1, why, name))
            number, previous = entry.number, entry.digest
    if (number, previous) != (chain.length, chain.digest):
        return Verdict(chain.name, number, previous, Broken(chain.name, number + 1, "cut", name))
    if newest > chain.length:
        return Verdict(chain.name, number, previous, Broken(chain.name, newest, "not_chained", name))
    return Verdict(chain.name, number, previous)


def _newest(table: type[Link] | None, chain: Chain) -> int:
    """The number of the last entry that lies in the chain; 0 where none does."""
    if table is None:
        return 0
    return int(table._default_manager.filter(chain=chain).aggregate(newest=Max("number"))["newest"] or 0)


def _wrong(entry: Link, before: int, previous: str) -> str:
    if entry.number != before + 1:
        return "missing"
    if entry.previous != previous:
        return "not_chained"
    try:
        algorithm = algorithm_of(entry.digest)
    except KeyError:
        return "changed"
    return "" if digest(entry.content(), previous, algorithm) == entry.digest else "changed"
