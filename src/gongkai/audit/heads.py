"""The ends of all chains, to be kept where nobody who writes the log can reach: they show a log cut or written anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from gongkai.audit.models import Chain
from gongkai.audit.verifying import Broken, logs


@dataclass(frozen=True, slots=True)
class Head:
    """How long a chain was, and with which digest it ended."""

    chain: str
    length: int
    digest: str

    def to_json(self) -> dict[str, Any]:
        """As it is written to be kept."""
        return asdict(self)


def heads() -> list[Head]:
    """The ends of all chains as they are now."""
    return [Head(chain.name, chain.length, chain.digest) for chain in Chain.objects.order_by("name")]


def read_heads(data: Any) -> list[Head]:
    """The ends that were kept. Raises ValueError where the data is none of ours."""
    if not isinstance(data, Mapping) or not isinstance(data.get("chains"), list):
        raise ValueError("no chains")
    found = []
    for entry in data["chains"]:
        kinds = {"chain": str, "length": int, "digest": str}
        if not isinstance(entry, Mapping) or not all(isinstance(entry.get(key), kind) for key, kind in kinds.items()):
            raise ValueError("no chain, length and digest")
        found.append(Head(entry["chain"], entry["length"], entry["digest"]))
    return found


def compare(kept: Iterable[Head]) -> Iterator[Broken]:
    """Where the log does not go on from the ends that were kept. ``why``: gone (the chain is not there), cut (it is
    shorter), rewritten (it has another entry in that place)."""
    for head in kept:
        chain = Chain.objects.filter(name=head.chain).first()
        if chain is None:
            yield Broken(head.chain, 0, "gone", "")
            continue
        if head.length == 0:
            continue
        at = (log._default_manager.filter(chain=chain, number=head.length).first() for log in logs())
        entry = next((found for found in at if found is not None), None)
        if entry is None:
            yield Broken(head.chain, head.length, "cut", "")
        elif entry.digest != head.digest:
            yield Broken(head.chain, head.length, "rewritten", entry._meta.db_table)
