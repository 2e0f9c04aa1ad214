"""What every page has in common: templates that escape all they are given, a stylesheet, a policy that allows no more.

A page is one file that loads nothing from elsewhere and needs no script. What comes from a report is untrusted.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

import gongkai
from gongkai.annual.showing.cleaning import clean


def render(
    template: str, title: str, lang: str, *, sheets: tuple[str, ...] = (), more_style: str = "", **context: object
) -> str:
    """The page of that template with its stylesheet: page.css, the other ``sheets``, then ``more_style``."""
    style = "".join(map(_sheet, ("page.css", *sheets))) + more_style
    return (
        _templates()
        .get_template(template)
        .render(
            title=title,
            lang=lang,
            version=gongkai.__version__,
            style=_Trusted(style),
            style_hash=_Trusted(_hash(style)),
            **context,
        )
    )


class _Trusted(str):
    """Text of our own that goes into the page as it is: the stylesheet and its hash."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@cache
def _templates() -> Environment:
    folder = resources.files("gongkai.annual.showing") / "page"
    return Environment(
        loader=FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        finalize=lambda value: clean(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _sheet(name: str) -> str:
    """A stylesheet without its comments."""
    text = (resources.files("gongkai.annual.showing") / "page" / name).read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/\s*", "", text, flags=re.DOTALL)


def _hash(style: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def pieces(sentence: str) -> list[str]:
    """A sentence in the pieces that its marks divide it into: a line should end between them, not within."""
    return [piece.strip() for piece in re.split(r"(?<=[，：；、])|(?<=[,:;] )", sentence)]
