"""What must be right before the platform serves, each with what is wrong and what to do; Django's own checks too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.utils import timezone

from gongkai.config.checks import around, keys, stored
from gongkai.config.checks.found import Check, Found
from gongkai.config.environment import Environment

CHECKS: tuple[Check, ...] = (
    keys.secret,
    keys.keys,
    keys.hosts,
    stored.database,
    stored.migrations,
    stored.data_folder,
    around.static_files,
    around.fonts,
    around.clamd,
    around.second_factor,
    around.https,
    stored.clock,
    stored.holidays,
    stored.administrators,
)
"""In the order in which they are told."""


def examine(env: Environment, now: datetime) -> Iterator[Found]:
    """Every condition, one after another."""
    for check in CHECKS:
        yield check(env, now)


@register(Tags.security, deploy=True)
def for_django(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The same as Django's checks (``django-admin check --deploy``)."""
    examined = enumerate(examine(Environment(), timezone.now()), start=1)
    return [as_message(found, number) for number, found in examined if not found.holds]


def as_message(found: Found, number: int) -> CheckMessage:
    """A condition as Django tells it."""
    kind = Error if found.required else Warning
    assert found.wrong is not None
    assert found.remedy is not None
    return kind(f"{found.name.zh}：{found.wrong.zh}", hint=found.remedy.zh, id=f"gongkai.{number:03}")
