"""Which installed typefaces a PDF is set in: those of GB/T 9704 where they are there, else those that stand in."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from gongkai.annual.writing import NotWritten

FONTS = "fonts.toml"
REGULAR = 400
"""The weight of a typeface for running text (CSS, OpenType OS/2)."""


class NoFont(NotWritten):
    """A PDF that cannot be set for want of a typeface; the message says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface by its family's name, and the weight to take of it."""

    family: str
    weight: int = REGULAR


def faces(installed: Collection[str]) -> Mapping[str, Face]:
    """For each use (title, body, …) the first family of the list that is installed.

    ``installed`` are the names of the families at hand. Raises NoFont if there is none for some use.
    """
    known = {name.casefold(): name for name in installed}
    found: dict[str, Face] = {}
    for use, choices in _choices().items():
        offered = [Face(family, each.get("weight", REGULAR)) for each in choices for family in each["families"]]
        face = next((face for face in offered if face.family.casefold() in known), None)
        if face is None:
            raise _none_installed()
        found[use] = Face(known[face.family.casefold()], face.weight)
    return found


def unshown(characters: str) -> NoFont:
    """What is raised for characters that no installed typeface has."""
    named = "、".join(f"“{one}”（U+{ord(one):04X}）" for one in characters)
    named_en = ", ".join(f"“{one}” (U+{ord(one):04X})" for one in characters)
    return NoFont(
        f"没有字体能显示这些字符：{named}；请改写，或安装有这些字的字体，或改用 docx 格式",
        f"no typeface has these characters: {named_en}; replace them, install a typeface that has them, or write docx",
    )


def _none_installed() -> NoFont:
    package = _listed()["package"]
    return NoFont(
        f"没有可用的中文字体，不能排 PDF；请安装：sudo apt-get install {package}（或装上仿宋、黑体、楷体、小标宋）",
        f"no Chinese typeface is installed, so that no PDF can be set; install one: sudo apt-get install {package}",
    )


def _choices() -> Mapping[str, list[Mapping[str, Any]]]:
    return {use: choices for use, choices in _listed().items() if isinstance(choices, list)}


@cache
def _listed() -> Mapping[str, Any]:
    return tomllib.loads((resources.files(__package__) / FONTS).read_text(encoding="utf-8"))
