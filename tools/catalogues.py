"""Catalogues of translations: reading, writing, compiling, and whether a translation keeps what it must keep."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PLACES = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|</?\w+|[\w-]+=\"[^\"]*\"")
"""What a translation takes over letter by letter: places for values, tags."""
WIDTH = 100
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""The day in the head of every compiled catalogue, so that nothing changes where no word does."""


def read(path: Path, locale: str = "") -> Catalog:
    """A catalogue from its file; an empty one where there is none. ``locale`` from the folder's name unless given."""
    locale = locale or path.parent.parent.name
    if not path.is_file():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


def write(catalog: Catalog, path: Path) -> None:
    """The catalogue as a file, in the order of its messages, without obsolete ones."""
    catalog.header_comment = "# 译文 Translations"
    catalog.fuzzy = False
    catalog.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=WIDTH, sort_output=True, omit_header=True, include_lineno=False)
    body = path.read_bytes()
    path.write_bytes(header(catalog).encode() + b"\n" + body)


def header(catalog: Catalog) -> str:
    """What gettext must know of a catalogue, and nothing that changes from day to day."""
    return (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalog.locale}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {catalog.plural_forms}\\n"\n'
    )


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as gettext reads it; the same bytes for the same words."""
    plain = Catalog(locale=catalog.locale, creation_date=NO_DAY, revision_date=NO_DAY, fuzzy=False)
    for message in catalog:
        if message.id and all(texts(message)):
            plain.add(message.id, message.string, context=message.context)
    buffer = io.BytesIO()
    write_mo(buffer, plain)
    return buffer.getvalue()


def key_of(message: Message) -> tuple[str, str]:
    """By which gettext finds it: context and singular."""
    return message.context or "", message.id if isinstance(message.id, str) else message.id[0]


def texts(message: Message) -> list[str]:
    """The translations: one, or one for each plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def broken_places(message: Message) -> list[str]:
    """Translations whose places for values or tags are not those of the message (of a plural: of either form)."""
    forms = [message.id] if isinstance(message.id, str) else list(message.id)
    allowed = [sorted(PLACES.findall(form)) for form in forms]
    return [text for text in texts(message) if sorted(PLACES.findall(text)) not in allowed]
