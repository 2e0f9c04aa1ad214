"""What a request says, as the full-text index holds it: pairs of characters, so that any Chinese words are found.

No dictionary is asked: 社会保险 is found by 社会, 会保 and 保险 standing one after the other. The index itself (FTS5 on
SQLite, a GIN index on PostgreSQL) is kept up by the database from this table; migrations/0003_finding.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from gongkai.requests.models.request import Request

RUN = re.compile(r"([0-9a-z]+)|([^\W0-9a-z_]+)")
"""A number or a Latin word; or a run of other letters, Chinese ones above all."""


def tokens(text: str) -> Iterator[list[str]]:
    """The tokens of each run of the text: a number or Latin word whole; of other letters each pair that stands side by
    side, and the last one alone."""
    for run in RUN.finditer(unicodedata.normalize("NFKC", text).lower()):
        word, letters = run.groups()
        yield [word] if word else [letters[at : at + 2] for at in range(len(letters))]


def pairs(*texts: str) -> str:
    """The texts as the index takes them."""
    return " ".join(token for text in texts for run in tokens(text) for token in run)


def token_of(agency: int) -> str:
    """The token that every request of an agency has, so that the index is asked for one agency's alone."""
    return f"agency{agency}"


class FindingText(models.Model):
    """The tokens of a request. Written when the request is; ``of`` makes rows for requests stored in bulk."""

    request = models.OneToOneField(
        "requests.Request", on_delete=models.CASCADE, primary_key=True, related_name="finding_text"
    )
    tokens = models.TextField()

    def __str__(self) -> str:
        return f"{self.request_id}"

    @staticmethod
    def of(request: Request) -> FindingText:
        """The row of a request, not stored yet."""
        words = pairs(request.title, request.document_number, request.wanted)
        return FindingText(request_id=request.pk, tokens=f"{token_of(request.agency_id)} {words}")

    @staticmethod
    def enter(requests: Iterable[Request]) -> None:
        """Stores the rows of these requests, which are stored already; a row that is there is replaced."""
        FindingText.objects.bulk_create(
            [FindingText.of(request) for request in requests],
            batch_size=1000,
            update_conflicts=True,
            unique_fields=["request"],
            update_fields=["tokens"],
        )
