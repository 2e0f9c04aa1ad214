"""The commands of the platform: Django started with the settings that are asked for, its errors said in one line."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping

import typer

from gongkai.cli import streams
from gongkai.cli.usage import WRONG_USAGE


def begin(lang: str, variables: Mapping[str, str] | None = None) -> None:
    """Starts Django with the environment's settings, with these variables in front of it where some are given. Ends
    the command with exit code 2 where a setting is wrong."""
    os.environ.update(variables or {})
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    from gongkai.config.environment import BadSetting

    try:
        import django
        from django.conf import settings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if not settings.SECRET_KEY:
                refuse("no_secret", lang)
            django.setup()
    except BadSetting as error:
        streams.tell(str(error))
        raise typer.Exit(WRONG_USAGE) from error
    from django.utils.translation import activate

    activate("en" if lang == "en" else "zh-hans")


def refuse(key: str, lang: str, **values: object) -> None:
    """Ends the command with exit code 2 and one line that says why."""
    streams.complain(key, lang, **values)
    raise typer.Exit(WRONG_USAGE)
