"""The log of a request from a YAML file, and where in the file it is wrong."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from gongkai.annual.showing.words import LANGUAGES, say
from gongkai.cli.files import STANDARD_INPUT
from gongkai.law.errors import Malformed
from gongkai.law.events import Log, read

KILOBYTES = 256
"""More is no log of one request; it is not read to the end."""


class BadLog(Exception):
    """A file that is no log. ``lines`` says in each language what is wrong, and where."""

    def __init__(self, lines: dict[str, str]) -> None:
        super().__init__(lines["zh"])
        self.lines = lines


def open_log(name: str) -> Log:
    """The log in that file; ``-`` is standard input. Raises BadLog, OSError."""
    size = KILOBYTES * 1024 + 1
    if name == STANDARD_INPUT:
        data = sys.stdin.buffer.read(size)
    else:
        if Path(name).is_dir():
            raise _bad(name, None, "law_folder")
        with open(name, "rb") as file:
            data = file.read(size)
    if len(data) == size:
        raise _bad(name, None, "law_too_long", n=KILOBYTES)
    try:
        return load(data.decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        raise _bad(name, None, "law_not_utf8") from error


def load(text: str, name: str) -> Log:
    """The log in that text; ``name`` is used in messages. Raises BadLog."""
    try:
        tree = yaml.compose(text, Loader=_Plain)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _bad(name, line, "law_bad_character") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = (mark.line + 1, mark.column + 1) if mark else (None, None)
        raise _bad(name, at[0], "law_bad_yaml", column=at[1]) from error
    except RecursionError as error:
        raise _bad(name, None, "law_too_deep") from error
    if tree is None:
        raise _bad(name, None, "law_empty")
    try:
        return read(_value(tree, name))
    except Malformed as error:
        line = _line(tree, error.place)
        raise BadLog({lang: _at(lang, name, line, error.words(lang)) for lang in LANGUAGES}) from error
    except RecursionError as error:
        raise _bad(name, None, "law_too_deep") from error


class _Plain(yaml.SafeLoader):
    """YAML whose days stay words: a day that is none is then told with its line, as any other mistake."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _value(node: yaml.Node, name: str) -> Any:
    """The node as plain data. A key given twice is a mistake, not the last one. Raises BadLog, RecursionError."""
    if isinstance(node, yaml.MappingNode):
        found = {}
        for key, value in node.value:
            word = str(key.value)
            if word in found:
                raise _bad(name, key.start_mark.line + 1, "law_twice", word=word)
            found[word] = _value(value, name)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_value(value, name) for value in node.value]
    constructor = yaml.constructor.SafeConstructor()
    try:
        return constructor.construct_object(node)
    except (yaml.YAMLError, ValueError) as error:
        raise _bad(name, node.start_mark.line + 1, "law_bad_value") from error


def _line(node: yaml.Node, place: Sequence[str | int]) -> int:
    """The line of that place: of the last key on the way that is there."""
    line: int = node.start_mark.line + 1
    for step in place:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line + 1
        elif isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == step), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
    return line


def _bad(name: str, line: int | None, key: str, *, column: int | None = None, **values: object) -> BadLog:
    return BadLog({lang: _at(lang, name, line, say(key, lang, **values), column) for lang in LANGUAGES})


def _at(lang: str, name: str, line: int | None, message: str, column: int | None = None) -> str:
    file = say("standard_input", lang) if name == STANDARD_INPUT else name
    if line is None:
        return say("about_file", lang, file=file, message=message)
    if column is None:
        return say("law_line", lang, file=file, line=line, message=message)
    return say("law_line_column", lang, file=file, line=line, column=column, message=message)
