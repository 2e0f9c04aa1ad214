"""The district's own files of data: agencies, people, wishes, replies, the figures of two reports."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from gongkai.loading import Loader


@cache
def read(name: str) -> Mapping[str, Any]:
    """The data of a file of this folder. Raises BrokenFile."""
    text = (resources.files(__package__) / name).read_text(encoding="utf-8")
    return Loader(name).data(text)


@cache
def figure_files() -> tuple[str, ...]:
    """The files of figures, by name."""
    found = (entry.name for entry in (resources.files(__package__) / "figures").iterdir())
    return tuple(sorted(f"figures/{name}" for name in found if name.endswith(".toml")))
