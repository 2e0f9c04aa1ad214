"""The digest of an entry: SHA-256 or SM3 over its content and the digest before it, in one written form."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.hazmat.primitives import hashes

ALGORITHMS: Mapping[str, Callable[[], hashes.HashAlgorithm]] = {"sha256": hashes.SHA256, "sm3": hashes.SM3}
"""By the word that settings.GONGKAI_DIGEST takes and that each digest begins with."""


def digest(content: Mapping[str, Any], previous: str, algorithm: str) -> str:
    """``sha256:…`` or ``sm3:…`` of the content, which is plain JSON, chained to the digest before it, if any."""
    written = json.dumps([previous, content], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    hasher = hashes.Hash(ALGORITHMS[algorithm]())
    hasher.update(written.encode())
    return f"{algorithm}:{hasher.finalize().hex()}"


def algorithm_of(written: str) -> str:
    """The algorithm that a digest names; KeyError where it is none of ours."""
    name = written.partition(":")[0]
    if name not in ALGORITHMS:
        raise KeyError(name)
    return name
