"""What is to be translated, as it stands in sources: Python, Django's templates and scripts."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

LAZY: dict[str, Any] = {f"{name}_lazy": places for name, places in DEFAULT_KEYWORDS.items() if "gettext" in name}
KEYWORDS: dict[str, Any] = {**DEFAULT_KEYWORDS, **LAZY, "gettext_noop": None}
"""The functions whose arguments are translated: Django's, and the same put off until shown."""

TEMPLATES = (".html", ".txt")
SCRIPTS = (".js",)
LEFT_OUT = {"tests", "test", "migrations", "node_modules", "locale"}


def messages_of(path: Path) -> Iterator[tuple[str | None, str | tuple[str, ...]]]:
    """Context and message (singular and plural as a pair) of each call in a file. Raises SyntaxError."""
    text = path.read_text(encoding="utf-8")
    method = "javascript" if path.suffix in SCRIPTS else "python"
    if path.suffix in TEMPLATES:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # comments for translators at odd places: not ours
            code = templatize(text, origin=str(path))
        # What is left of the page's indentation is none of Python's.
        text = "\n".join(line.strip() for line in code.splitlines())
    for _line, message, _comments, context in extract(method, io.BytesIO(text.encode()), KEYWORDS):
        if message and message != ("",):
            yield context, message


def files_of(folder: Path, suffixes: Iterable[str] = (".py", *TEMPLATES)) -> list[Path]:
    """The sources below a folder, without tests and migrations."""
    wanted = set(suffixes)
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in wanted and not LEFT_OUT & set(path.relative_to(folder).parts[:-1])
    )


def extracted(paths: Iterable[Path], root: Path, locale: str) -> Catalog:
    """A catalogue without translations; each message with the files, not the lines, in which it stands."""
    catalog = Catalog(locale=locale)
    for path in paths:
        for context, message in messages_of(path):
            catalog.add(message, locations=[(path.relative_to(root).as_posix(), 0)], context=context)
    return catalog
