"""Finding requests: by number, by the person exactly, by the words of what is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import connection
from django.db.models import Q, QuerySet

from gongkai.privacy.fields import blind
from gongkai.requests.models import Applicant, Request
from gongkai.requests.models.finding import FindingText, token_of, tokens

NEWEST = 2_000
"""So many of the newest that have the words, at most: more nobody reads."""
LONGEST = 100
"""So many characters of what is searched are looked at."""
NUMBER = re.compile(r"[A-Za-z0-9]+-[0-9-]*")
"""How a request's number begins: the agency's code, a hyphen."""
LAST = "\U0010ffff"
POSTGRESQL = (
    f"SELECT request_id FROM {FindingText._meta.db_table} WHERE vector @@ to_tsquery('simple', %s) "
    f"ORDER BY request_id DESC LIMIT {NEWEST}"
)
SQLITE = f"SELECT rowid FROM requests_finding WHERE requests_finding MATCH %s ORDER BY rowid DESC LIMIT {NEWEST}"
FEW = 50
"""Up to so many agencies the index is asked for theirs alone; of more the requests are sifted afterwards."""


def found(text: str, agencies: Iterable[int], handled: Iterable[int]) -> Q:
    """The condition that a request has this number or beginning of a number; or this applicant, agent's or telephone
    number exactly; or these words. ``agencies`` are those that are looked through; applicants are looked for in
    ``handled`` alone, for who oversees others must not learn who asks.

    The indexes are asked here, once, and the condition names the requests: no database makes a bad plan of that.
    """
    text = text.strip()[:LONGEST]
    if NUMBER.fullmatch(text):
        return Q(pk__in=_newest(Request.objects.filter(_begins("number", text.upper())), "-number"))
    return Q(pk__in={*_of_person(text, frozenset(handled)), *_of_words(text, frozenset(agencies))})


def _newest(requests: QuerySet[Request], order: str = "-pk") -> list[int]:
    return list(requests.order_by(order).values_list("pk", flat=True)[:NEWEST])


def _begins(field: str, text: str) -> Q:
    """Beginning with the text. SQLite uses its index for a range and not for LIKE; PostgreSQL the other way round."""
    if connection.vendor == "postgresql":
        return Q(**{f"{field}__startswith": text})
    return Q(**{f"{field}__gte": text, f"{field}__lt": text + LAST})


def _of_person(text: str, handled: frozenset[int]) -> list[int]:
    sought = blind(text)
    if not sought or not handled:
        return []
    exact = Q(name_index=sought) | Q(document_number_index=sought) | Q(phone_index=sought)
    applicants = list(Applicant.objects.filter(exact).order_by("-pk").values_list("pk", flat=True)[:NEWEST])
    own = Q(pk__in=Request.objects.filter(applicant_id__in=applicants).values("pk"), agency_id__in=handled)
    return _newest(Request.objects.filter(own)) if applicants else []


def phrases(text: str) -> list[list[str]]:
    """The words of a search: for each that stands between spaces its tokens in order. The very last letter alone is
    left out where the pair before it says it already."""
    found = []
    for word in text.split():
        runs = list(tokens(word))
        if runs and len(runs[-1]) > 1:
            runs[-1].pop()
        if runs:
            found.append([token for run in runs for token in run])
    return found


def _of_words(text: str, agencies: frozenset[int]) -> list[int]:
    """The newest requests that have these words."""
    sought = phrases(text)
    if not sought:
        return []
    if connection.vendor == "postgresql":
        statement, asked = POSTGRESQL, _tsquery(sought, agencies)
    else:
        statement, asked = SQLITE, _fts5(sought, agencies)
    with connection.cursor() as cursor:
        cursor.execute(statement, [asked])
        return [pk for (pk,) in cursor.fetchall()]


def _fts5(sought: list[list[str]], agencies: frozenset[int]) -> str:
    words = [f'"{" ".join(phrase)}"{"*" if _is_begun(phrase) else ""}' for phrase in sought]
    return " AND ".join([*_only(agencies, " OR "), *words])


def _tsquery(sought: list[list[str]], agencies: frozenset[int]) -> str:
    words = []
    for phrase in sought:
        quoted = [f"'{token}'" for token in phrase]
        words.append(" <-> ".join(quoted) + (":*" if _is_begun(phrase) else ""))
    return " & ".join([*_only(agencies, " | "), *(f"({word})" for word in words)])


def _only(agencies: frozenset[int], either: str) -> list[str]:
    if len(agencies) > FEW:
        return []
    return ["(" + either.join(token_of(agency) for agency in sorted(agencies)) + ")"]


def _is_begun(phrase: list[str]) -> bool:
    """Whether the last token may be the beginning of one: a single letter, a number or a Latin word."""
    return len(phrase[-1]) == 1 or phrase[-1].isascii()
