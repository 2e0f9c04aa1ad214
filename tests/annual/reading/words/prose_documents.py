"""Documents of lines, for the tests of what is read from running text."""

from __future__ import annotations

from gongkai.annual.finding import Where
from gongkai.annual.reading.document import Document, Line


def document(*lines: str, kind: str = "text", title: str = "", published: str | None = None) -> Document:
    """A document of these lines, numbered from 1."""
    return Document(
        kind,
        tuple(Line(text, Where(line=number)) for number, text in enumerate(lines, 1)),
        title=title,
        published=published,
    )
