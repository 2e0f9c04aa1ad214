"""Title and day of publication from what pages say about themselves (meta tags, lines such as 发布时间：…)."""

from __future__ import annotations

import re
from collections.abc import Iterable

TITLE_TAGS = ("articletitle", "og:title", "dc.title", "dcterms.title", "title")
PUBLISHED_TAGS = (
    "pubdate",
    "publishdate",
    "publishtime",
    "publish_time",
    "article:published_time",
    "og:release_date",
    "dc.date.issued",
    "dcterms.issued",
    "firstpublishedtime",
)
"""Names of meta tags, lower case, best first; ArticleTitle and PubDate are those of the rules for government sites."""

_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*(?:[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?!\d)|年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日)"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6})?(?!\d)")
_PUBLISHED = re.compile(
    r"(?:发\s*布|發\s*布|公\s*开|公\s*開|信息公开)\s*(?:时\s*间|時\s*間|日\s*期)\s*[】\]]?\s*[:：]?\s*(.{0,40})",
    re.DOTALL,
)
_TITLE = re.compile(r"^\s*(?:标\s*题|標\s*題|title)\s*[:：]\s*(\S.*)$", re.IGNORECASE)


def day(text: str) -> str | None:
    """The first date in a text as ISO (``2024-01-17``), or None. Impossible dates are not dates."""
    for match in _DATE.finditer(text):
        year, month, date = match[1], match[2] or match[4], match[3] or match[5]
        if 1 <= int(month) <= 12 and 1 <= int(date) <= 31:
            return f"{year}-{int(month):02d}-{int(date):02d}"
    return None


def tag_day(text: str) -> str | None:
    """The date of a meta tag, also written without separators: ``20240117`` or ``20240117093000``."""
    found = day(text)
    if found is None and (match := _COMPACT.search(text)) and 1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31:
        found = f"{match[1]}-{match[2]}-{match[3]}"
    return found


def published_in(texts: Iterable[str]) -> str | None:
    """The day that the first text naming one (发布时间, 发布日期, 公开日期) gives."""
    for text in texts:
        for match in _PUBLISHED.finditer(text):
            if found := day(match[1]):
                return found
    return None


def title_in(lines: Iterable[str]) -> str:
    """The title that a head line gives (标题：…), or nothing."""
    return next((match[1].strip() for line in lines if (match := _TITLE.match(line))), "")
