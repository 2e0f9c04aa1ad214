"""The commands of the platform: Django started with the settings that are asked for, its errors said in one line."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from gongkai.cli import streams
from gongkai.cli.target import refuse
from gongkai.cli.usage import WRONG_USAGE

DemoFolder = Annotated[
    Path | None,
    typer.Option(
        "--demo",
        metavar="FOLDER",
        help="用示范区的数据（gongkai demo 的存放处），不用环境变量所定的\n"
        "Of the made-up district kept there (gongkai demo), not of what the environment names",
        show_default=False,
    ),
]


def begin(lang: str, variables: Mapping[str, str] | None = None, demo: Path | None = None) -> None:
    """Starts Django with the environment's settings, with these variables in front of it where some are given, or
    those of a demonstration. Ends the command with exit code 2 where a setting is wrong or missing."""
    from gongkai.config.environment import BadSetting, Environment

    if demo is not None:
        from gongkai.demo.district import place

        if not place.is_there(demo):
            refuse("no_demo_there", lang, file=demo)
        variables = place.environment(demo)
    os.environ.update(variables or {})
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    try:
        if not Environment().text("GONGKAI_SECRET"):
            refuse("no_secret", lang)
        import django

        django.setup()
    except BadSetting as error:
        streams.tell(str(error))
        raise typer.Exit(WRONG_USAGE) from error
    from django.utils.translation import activate

    activate("en" if lang == "en" else "zh-hans")


@contextmanager
def with_database(lang: str) -> Iterator[None]:
    """Ends the command with exit code 2 and one line where the database cannot be reached, or lacks its tables."""
    from django.db import DatabaseError

    try:
        yield
    except DatabaseError as error:
        refuse("no_database", lang, reason=str(error).splitlines()[0])
